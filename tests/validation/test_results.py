"""Validations in a results folder: found again for the same tables only."""

import dataclasses

import pytest

from analysis import validation
from analysis.errors import ReadError
from analysis.validation.tasks import coding_task
from tests.validation.coded_study import coverage, fill


@pytest.fixture(scope="module")
def corpus(study):
    return coverage(study, per_outlet=12)


@pytest.fixture(scope="module")
def validated(corpus):
    sample = validation.draw_sample(corpus, "themes", n=20, themes=["sanctions"])
    work = coding_task(corpus, "themes", themes=["sanctions"])
    answers = fill(sample, lambda unit, question, rng: "yes" if rng.random() < 0.4 else "no")
    coded = answers.set_axis(sample.key["unit"])[["sanctions"]]
    return validation.validate(corpus, work, sample, {"ana": coded})


def test_saved_tables_are_loaded_for_the_same_run(validated, corpus, tmp_path):
    paths = validation.save_validation(validated, corpus, tmp_path)
    assert all(path.is_file() for path in paths)
    found = validation.load_summaries(tmp_path, corpus)
    assert set(found) == {"themes"} and len(found["themes"]["means"]) == len(validated.means)


def test_a_validation_of_another_run_is_ignored(validated, corpus, tmp_path):
    validation.save_validation(validated, corpus, tmp_path)
    assert validation.load_summaries(tmp_path, dataclasses.replace(corpus, run={"toolkit": "other"})) == {}


def test_a_missing_table_is_named(validated, corpus, tmp_path):
    validation.save_validation(validated, corpus, tmp_path)
    (tmp_path / "validation" / "validation_themes_means.csv").unlink()
    with pytest.raises(ReadError, match=r"validation_themes_means\.csv.*run framing validate again"):
        validation.load_summaries(tmp_path, corpus)


def test_no_validation_at_all(corpus, tmp_path):
    assert validation.load_summaries(tmp_path, corpus) == {}
