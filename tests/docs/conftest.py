"""A folder to run the examples of pages and docstrings in: the bundled study in data/, its tables in results/."""

import shutil
from functools import wraps

import pytest

import analysis
from tests.conftest import DATA


@pytest.fixture
def study_folder(bundled, tmp_path, monkeypatch):
    """Enter a folder with the bundled study in data/; its articles are not measured once more."""
    (tmp_path / "data").symlink_to(DATA)
    monkeypatch.chdir(tmp_path)
    annotate = analysis.annotate
    known = set(bundled.articles["article_id"])

    @wraps(annotate)
    def annotate_once(articles, study, **options):
        same = set(articles["article_id"]) == known and study.fingerprint() == bundled.study.fingerprint()
        return bundled if same else annotate(articles, study, **{"progress": False, **options})

    monkeypatch.setattr(analysis, "annotate", annotate_once)
    monkeypatch.setattr("analysis.annotators.annotate.annotate", annotate_once)
    return tmp_path


@pytest.fixture
def workplace(bundled_results, study_folder):
    """The folder with a copy of the tables of the study in results/, which a page may change."""
    shutil.copytree(bundled_results, study_folder / "results")
    return study_folder
