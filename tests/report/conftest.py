"""The page of the bundled study, made once."""

import pytest

from analysis.report import write_report


@pytest.fixture(scope="session")
def on_page(printed):
    """The figures of the page."""
    return [figure for figure in printed if figure.entry.on_page]


@pytest.fixture(scope="session")
def page(bundled, on_page, tmp_path_factory):
    return write_report(bundled, tmp_path_factory.mktemp("report"), drawn=on_page)
