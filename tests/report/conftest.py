"""The page of the bundled study, made once."""

import pytest

from analysis.report import write_report


@pytest.fixture(scope="session")
def page(bundled, printed, tmp_path_factory):
    drawn = [figure for figure in printed if not figure.entry.on_request]
    return write_report(bundled, tmp_path_factory.mktemp("report"), drawn=drawn)
