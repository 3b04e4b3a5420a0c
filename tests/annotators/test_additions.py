"""Articles are added to results: what is known stays, what is new is measured."""

import pytest

from analysis.annotators.additions import add_articles
from analysis.annotators.results import measure_into
from analysis.corpus import ArticleStore, families
from analysis.dataset import open_dataset, rejects
from analysis.errors import FramingError
from tests.annotators.made_up import articles, contents
from tests.conftest import TEXT


def test_added_articles_give_the_folder_that_measuring_all_at_once_gives(tmp_path, study, measured):
    few, all_of_them = articles(4), articles(7, a05=f"{TEXT} a00")  # a05 is wire copy of a00
    measure_into(tmp_path / "grown", few, study)
    measured.clear()
    assert add_articles(tmp_path / "grown", ArticleStore.of([all_of_them])) == (3, 4)
    assert sorted(measured) == ["a04", "a05", "a06"]
    measure_into(tmp_path / "at_once", families(all_of_them), study)
    assert contents(tmp_path / "grown") == contents(tmp_path / "at_once")
    families_of = open_dataset(tmp_path / "grown").read("families").to_pandas().set_index("article_id")
    assert families_of.loc["a05", "family_id"] == "a00"


def test_another_article_with_a_known_id_is_refused_and_the_known_one_stays(tmp_path, study, measured):
    measure_into(tmp_path, articles(2), study)
    measured.clear()
    assert add_articles(tmp_path, ArticleStore.of([articles(2, a01=f"Other words. {TEXT}")])) == (0, 1)
    assert measured == []
    refused = rejects.from_csv(open_dataset(tmp_path).rejects)
    assert refused[["article_id", "reason"]].to_numpy().tolist() == [["a01", "duplicate_id"]]


def test_results_of_another_version_are_not_extended(tmp_path, study, measured, monkeypatch):
    measure_into(tmp_path, articles(1), study)
    monkeypatch.setattr("analysis.provenance.code_fingerprint", lambda: "another version")
    with pytest.raises(FramingError, match=r"another version of the toolkit.*--overwrite"):
        add_articles(tmp_path, ArticleStore.of([articles(2)]))


def test_results_with_corrections_are_not_extended(tmp_path, study, measured, monkeypatch):
    measure_into(tmp_path, articles(1), study)
    monkeypatch.setattr("analysis.provenance.n_corrections", lambda run: 1)
    with pytest.raises(FramingError, match="corrections by hand"):
        add_articles(tmp_path, ArticleStore.of([articles(2)]))
