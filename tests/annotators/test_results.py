"""Measuring into a folder: what is finished is kept, what has changed is measured again, and nothing else."""

import shutil

import pytest

from analysis.annotators import pipeline
from analysis.annotators.results import measure_into
from analysis.dataset import open_dataset
from analysis.errors import FramingError
from tests.annotators.made_up import articles, contents
from tests.conftest import TEXT


def test_the_folder_does_not_depend_on_the_order_of_the_articles(tmp_path, study, measured):
    assert measure_into(tmp_path / "one", articles(10), study)
    assert sorted(measured) == articles(10)["article_id"].tolist()
    measure_into(tmp_path / "two", articles(10).iloc[::-1], study)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(list((tmp_path / "one" / "shards").iterdir())) == 2


def test_a_folder_that_is_complete_is_not_measured_again_in_any_order(tmp_path, study, measured):
    measure_into(tmp_path, articles(10), study)
    before = contents(tmp_path)
    measured.clear()
    measure_into(tmp_path, articles(10).sample(frac=1, random_state=1), study)
    assert measured == []
    assert contents(tmp_path) == before


def test_only_articles_that_are_new_or_changed_are_measured(tmp_path, study, measured):
    measure_into(tmp_path / "results", articles(10), study)
    measured.clear()
    changed = articles(12, a07="Changed words of an article in English about the trade of the two countries.")
    measure_into(tmp_path / "results", changed, study)
    assert sorted(measured) == ["a07", "a10", "a11"]
    measure_into(tmp_path / "afresh", changed, study)
    assert contents(tmp_path / "results") == contents(tmp_path / "afresh")


def test_fewer_articles_need_no_measuring(tmp_path, study, measured):
    measure_into(tmp_path / "results", articles(10), study)
    measured.clear()
    measure_into(tmp_path / "results", articles(4), study)
    assert measured == []
    measure_into(tmp_path / "afresh", articles(4), study)
    assert contents(tmp_path / "results") == contents(tmp_path / "afresh")


def test_a_damaged_part_is_measured_again(tmp_path, study, measured):
    measure_into(tmp_path, articles(10), study)
    before = contents(tmp_path)
    damaged = next((tmp_path / "themes").iterdir())
    damaged.write_bytes(damaged.read_bytes()[:-1])
    measured.clear()
    measure_into(tmp_path, articles(10), study)
    assert 0 < len(measured) < 10
    assert contents(tmp_path) == before


def test_a_stopped_run_goes_on_where_it_was_and_keeps_the_old_results(tmp_path, study, measured, monkeypatch):
    folder = tmp_path / "results"
    measure_into(folder, articles(6), study)
    old = open_dataset(folder).read("themes")
    measured.clear()
    batch = pipeline.annotate_batch

    def stopped(chunk, study):
        if len(measured) > 4:
            raise KeyboardInterrupt
        return batch(chunk, study)

    longer = articles(10, **{f"a{number:02d}": f"{number} {TEXT}" for number in range(10)})
    monkeypatch.setattr(pipeline, "annotate_batch", stopped)
    with pytest.raises(KeyboardInterrupt):
        measure_into(folder, longer, study)
    assert open_dataset(folder).read("themes").equals(old)
    monkeypatch.setattr(pipeline, "annotate_batch", batch)
    measure_into(folder, longer, study)
    assert sorted(measured) == longer["article_id"].tolist()
    measure_into(tmp_path / "afresh", longer, study)
    assert contents(folder) == contents(tmp_path / "afresh")


def test_shares_of_the_shards_make_the_same_results(tmp_path, study, measured):
    whole = tmp_path / "whole"
    measure_into(whole, articles(10), study)
    measured.clear()
    for number in (2, 1, 3):
        assert not measure_into(tmp_path / "shares", articles(10), study, share=(number, 3))
    assert sorted(measured) == articles(10)["article_id"].tolist()
    measured.clear()
    assert measure_into(tmp_path / "shares", articles(10), study)
    assert measured == []
    assert contents(tmp_path / "shares") == contents(whole)


def test_another_study_measures_all_again(tmp_path, study, measured):
    measure_into(tmp_path / "results", articles(6), study)
    measured.clear()
    shutil.copytree(tmp_path / "results" / "study", tmp_path / "study")
    with (tmp_path / "study" / "codebook.yml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    from analysis.study import load_study

    measure_into(tmp_path / "results", articles(6), load_study(tmp_path / "study"))
    assert len(measured) == 6


def test_a_second_run_into_the_folder_is_refused(tmp_path, study, measured, monkeypatch):
    batch = pipeline.annotate_batch

    def and_a_second_run(chunk, study):
        with pytest.raises(FramingError, match="another run is writing into this folder"):
            measure_into(tmp_path, articles(2), study)
        return batch(chunk, study)

    monkeypatch.setattr(pipeline, "annotate_batch", and_a_second_run)
    measure_into(tmp_path, articles(2), study)
    assert not list(tmp_path.glob(".*"))
