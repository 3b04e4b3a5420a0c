"""Samples for coding are those of the coding sheets, with whole texts."""

from dataclasses import replace

import pytest

from analysis.coding.draw import draw_coding
from analysis.errors import FramingError
from analysis.validation import draw_sample


def test_the_sample_is_that_of_the_sheets_with_its_probabilities(bundled, tmp_path):
    file = draw_coding(bundled, tmp_path / "a.sqlite", task="themes", n=16, themes=["sanctions"])
    drawn = draw_sample(bundled, "themes", n=16, themes=["sanctions"])
    assert file.key().to_dict("records") == drawn.key.to_dict("records")
    assert [question.name for question in file.questions] == ["sanctions"]
    assert "Sergey Lavrov" in file.actor_names and "iran" in file.sides


def test_texts_are_never_cut(bundled, tmp_path):
    long = bundled.articles["text"] + " More." * 10_000
    tables = replace(bundled, articles=bundled.articles.assign(text=long))
    file = draw_coding(tables, tmp_path / "a.sqlite", task="themes", n=8, themes=["sanctions"])
    assert min(len(text) for _, text in file.texts().values()) > 60_000


def test_quotes_are_coded_in_whole_articles(bundled, tmp_path):
    file = draw_coding(bundled, tmp_path / "a.sqlite", task="quotes", n=8, by="outlet")
    texts = bundled.articles.set_index("article_id")["text"]
    key = file.key()
    assert key["stratum"].nunique() == 8 and key["sampling_probability"].between(0, 1).all()
    assert all(file.text(row["code"]) == texts[row["unit"]] for row in key.to_dict("records"))


def test_an_unknown_task_is_refused(bundled, tmp_path):
    with pytest.raises(FramingError, match=r"unknown coding task 'mood'.*quotes"):
        draw_coding(bundled, tmp_path / "a.sqlite", task="mood")
