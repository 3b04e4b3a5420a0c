import pytest

from tests.collect.server import serving


@pytest.fixture
def site():
    with serving() as made:
        yield made
