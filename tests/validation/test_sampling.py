"""Samples to be coded."""

import dataclasses

import pandas as pd
import pytest

from analysis.errors import FramingError
from analysis.validation.sampling import LONGEST_CELL, build_sample, draw_sample, in_context
from analysis.validation.tasks import coding_task
from tests.validation.coded_study import THEMES, coverage


@pytest.fixture(scope="module")
def corpus(study):
    return coverage(study, per_outlet=30)


def test_a_stratified_sample_with_its_probabilities(corpus):
    sample = draw_sample(corpus, "themes", n=20, themes=THEMES)
    outlets = sample.key["article_id"].map(corpus.articles.set_index("article_id")["outlet"])
    assert outlets.value_counts().to_dict() == {"Outlet 0": 10, "Outlet 1": 10}
    assert sample.key["sampling_probability"].eq(1 / 3).all()
    assert sample.key["row"].tolist() == list(range(1, 21))
    assert sample.key["unit"].is_unique


def test_the_sheet_shows_what_to_code_and_nothing_that_sways(corpus):
    sample = draw_sample(corpus, "themes", n=20, themes=THEMES)
    assert list(sample.sheet.columns) == ["row", "code", "title", "text", "question", "allowed", *THEMES]
    assert sample.sheet[THEMES].eq("").all(axis=None)
    assert not sample.sheet.astype("str").apply(lambda column: column.str.contains("Outlet")).any(axis=None)
    assert not set(sample.sheet["code"]) & set(sample.key["unit"])
    assert sample.key["unit"].tolist() != sorted(sample.key["unit"])
    assert sample.question_table()["column"].tolist() == THEMES


def test_same_seed_same_sample_and_another_differs(corpus):
    first, again, other = (draw_sample(corpus, "voice", n=20, seed=s) for s in (1, 1, 2))
    pd.testing.assert_frame_equal(first.sheet, again.sheet)
    assert set(first.key["unit"]) != set(other.key["unit"])


def test_a_stretch_stands_in_its_context(corpus):
    sample = draw_sample(corpus, "voice", n=60, by=[])
    texts = set(sample.sheet["text"])
    assert texts == {
        "[[ The ferry link opened in spring. ]] “Tolls will fall,” the envoy said.",
        "The ferry link opened in spring. [[ “Tolls will fall,” the envoy said. ]] Traders welcomed the plan.",
        "“Tolls will fall,” the envoy said. [[ Traders welcomed the plan. ]]",
    }
    assert in_context("abc", [(1, 2)], []) == "[[ b ]]"


def test_the_key_gives_the_sheet_back(corpus):
    sample = draw_sample(corpus, "tone", n=15)
    again = build_sample(corpus, coding_task(corpus, "tone"), sample.key)
    pd.testing.assert_frame_equal(sample.sheet, again.sheet)
    fewer = corpus.select(corpus.articles["article_id"].iloc[:3])
    with pytest.raises(FramingError, match="results folder that the sample was drawn from"):
        build_sample(fewer, coding_task(fewer, "tone"), sample.key)


def test_a_text_too_long_for_a_cell_says_that_it_is_cut(corpus):
    articles = corpus.articles.assign(text="x" * (LONGEST_CELL + 7))
    sample = draw_sample(dataclasses.replace(corpus, articles=articles), "themes", n=2, themes=THEMES)
    assert (
        sample.sheet["text"]
        .str.endswith("[... 7 more characters are not shown; code only the text above]")
        .all()
    )
    assert sample.sheet["text"].str.len().max() < 32_767


def test_impossible_samples(corpus):
    with pytest.raises(FramingError, match="at least 1, got 0"):
        draw_sample(corpus, n=0)
    with pytest.raises(FramingError, match="'colour'"):
        draw_sample(corpus, by="colour")
    with pytest.raises(FramingError, match="cannot cover 2 strata"):
        draw_sample(corpus, n=1)


def test_a_quote_is_marked_without_its_source_and_the_article_is_at_hand(corpus):
    spans = corpus.quote_spans.iloc[[0]]
    start = int(spans["start"].iloc[0])
    parts = pd.concat([spans.assign(end=start + 6), spans.assign(start=start + 7, end=start + 17)])
    split = dataclasses.replace(corpus, quote_spans=pd.concat([parts, corpus.quote_spans.iloc[1:]]))
    sample = draw_sample(split, "sides", n=len(corpus.quotes))
    own = sample.key["unit"] == corpus.quotes["quote_id"].iloc[0]
    assert "[[ “Tolls ]] [[ will fall, ]]” the envoy said." in sample.sheet["text"][own].iloc[0]
    assert sample.sheet["article"].str.startswith("Published 2022-06-29.\n\nThe ferry link").all()
    assert list(sample.sheet.columns[-3:]) == ["quote", "speaker", "side"]
    shown = sample.sheet.drop(columns=["allowed", "question"]).astype("str")
    assert not shown.apply(lambda column: column.str.contains("iran|Outlet")).any(axis=None)
    assert "speaker: a name or description" in sample.sheet["allowed"].iloc[0]
