"""Which articles are refused, and that none is lost."""

import pandas as pd
import pytest

import analysis
from analysis.corpus import MAX_CHARACTERS, ReadResult, screen
from analysis.schemas import TABLES
from tests.corpus.made_up import articles

ENGLISH = "The envoys met in the port and spoke about the railway."


def test_each_reason_is_named_and_the_rest_kept():
    table = articles(
        {"text": ENGLISH},
        {"text": " \n\t— …"},
        {"text": "word " * 600_000},
        {"text": ENGLISH, "language": "ru"},
    )
    reading = screen(table)
    assert reading.articles["article_id"].tolist() == ["a0"]
    assert reading.rejects["article_id"].tolist() == ["a1", "a2", "a3"]
    assert reading.rejects["reason"].tolist() == ["empty", "too_long", "language"]
    assert "3,000,000 characters" in reading.rejects["detail"][1]
    assert "'ru'" in reading.rejects["detail"][2]
    TABLES["articles"].check(reading.articles)
    TABLES["rejects"].check(reading.rejects)


@pytest.mark.parametrize("measure", [analysis.quotes, lambda text: analysis.tone(text, targets=["Иран"])])
def test_functions_of_one_text_warn_of_its_language(measure):
    with pytest.warns(UserWarning, match="the text is in 'ru'; only 'en' is supported"):
        measure("«Мы хотим торговли», — сказал посол, а Иран поддержал строительство порта.")


def test_limits_can_be_set():
    table = articles({"text": "one two three"}, {"text": "one two"})
    assert screen(table, max_words=2).rejects["detail"].tolist()[0].startswith("3 words; the maximum is 2")
    assert screen(table, max_characters=7).articles["article_id"].tolist() == ["a1"]
    assert len(screen(table, languages=("fr",)).rejects) == 2


def test_a_text_of_the_longest_length_is_kept():
    reading = screen(articles({"text": ("a" * 19 + " ") * (MAX_CHARACTERS // 20)}))
    assert reading.rejects.empty


def test_a_reading_keeps_its_rejects_and_notes():
    before = screen(articles({"text": ""}))
    both = ReadResult(articles({"text": ""}, {"text": ENGLISH}), before.rejects, ("a note",))
    after = screen(both)
    assert after.rejects["reason"].tolist() == ["empty", "empty"]
    assert after.articles["text"].tolist() == [ENGLISH]
    assert after.notes == ("a note",)
    assert len(screen(after).rejects) == 2


@pytest.mark.parametrize("table", [TABLES["articles"].empty(), articles({"text": ENGLISH})])
def test_nothing_to_refuse(table):
    reading = screen(table)
    pd.testing.assert_frame_equal(reading.articles, table)
    assert reading.rejects.empty
