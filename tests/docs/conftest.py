"""A folder to run the examples of pages and docstrings in: the bundled study in data/, its tables in results/."""

from functools import wraps

import pytest

import analysis
from tests.conftest import DATA


@pytest.fixture
def workplace(bundled, bundled_results, tmp_path, monkeypatch):
    """Enter a folder of its own; the bundled articles are not measured, nor their tables read, once more."""
    (tmp_path / "data").symlink_to(DATA)
    (tmp_path / "results").mkdir()
    for path in bundled_results.iterdir():
        (tmp_path / "results" / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)
    annotate, load_tables = analysis.annotate, analysis.load_tables
    known = set(bundled.articles["article_id"])

    @wraps(annotate)
    def annotate_once(articles, study, **options):
        same = set(articles["article_id"]) == known and study.fingerprint() == bundled.study.fingerprint()
        return bundled if same else annotate(articles, study, **{"progress": False, **options})

    def load_once(folder):
        return bundled if str(folder) == "results" else load_tables(folder)

    monkeypatch.setattr(analysis, "annotate", annotate_once)
    monkeypatch.setattr(analysis, "load_tables", load_once)
    monkeypatch.setattr("analysis.annotators.annotate.annotate", annotate_once)
    monkeypatch.setattr("analysis.tables.load_tables", load_once)
    return tmp_path
