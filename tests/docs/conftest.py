"""A folder to run the examples of pages and docstrings in: the bundled study in data/, its tables in results/."""

import importlib
from functools import wraps

import pytest

import analysis
from tests.conftest import DATA


@pytest.fixture(scope="session")
def bundled_results(bundled, tmp_path_factory):
    """A results folder of the bundled corpus, written once per test process."""
    return bundled.save(tmp_path_factory.mktemp("bundled") / "results")


@pytest.fixture
def workplace(bundled, bundled_results, tmp_path, monkeypatch):
    """Enter a folder of its own; the bundled articles are not measured, nor their tables read, once more."""
    (tmp_path / "data").symlink_to(DATA)
    (tmp_path / "results").mkdir()
    for path in bundled_results.iterdir():
        (tmp_path / "results" / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)
    measured, loaded = (
        importlib.import_module("analysis.annotate"),
        importlib.import_module("analysis.tables"),
    )
    annotate, load_tables = measured.annotate, loaded.load_tables
    known = set(bundled.articles["article_id"])

    @wraps(annotate)
    def annotate_once(articles, study, **options):
        same = set(articles["article_id"]) == known and study.fingerprint() == bundled.study.fingerprint()
        return bundled if same else annotate(articles, study, **{"progress": False, **options})

    def load_once(folder):
        return bundled if str(folder) == "results" else load_tables(folder)

    monkeypatch.setattr(measured, "annotate", annotate_once)
    monkeypatch.setattr(loaded, "load_tables", load_once)
    monkeypatch.setitem(vars(analysis), "load_tables", load_once)
    return tmp_path
