"""Words per article and voice."""

import dataclasses

import pytest

from analysis.compare.words.keyness import keyness
from analysis.compare.words.log_odds import log_odds
from analysis.compare.words.word_counts import word_counts
from analysis.errors import FramingError
from tests.validation.coded_study import TEXT, coverage


@pytest.fixture(scope="module")
def corpus(study):
    return coverage(study, per_outlet=4)


def test_all_words_and_those_of_a_voice(corpus):
    counts, words = word_counts(corpus)
    first = counts[counts["article_id"] == "a000"].set_index("item")["count"]
    assert first["the"] == 3 and first["tolls"] == 1
    assert words["a000"] == first.sum() == 16
    quoted, n_quoted = word_counts(corpus, voice="quoted")
    assert set(quoted["item"]) == {"tolls", "will", "fall"}
    assert (n_quoted == 3).all()
    own, n_own = word_counts(corpus, voice="outlet")
    assert "tolls" not in set(own["item"]) and (n_own + n_quoted).equals(words)
    assert word_counts(corpus, voice="iran")[1].equals(n_quoted)


def test_a_word_belongs_to_the_voice_it_begins_in(corpus):
    start = TEXT.index("Traders")
    spans = corpus.quote_spans.assign(start=start, end=start + len("Traders welco"))
    quoted, words = word_counts(dataclasses.replace(corpus, quote_spans=spans), voice="quoted")
    assert set(quoted["item"]) == {"traders", "welcomed"} and (words == 2).all()


def test_lines_of_the_web_page_have_no_words(corpus):
    footer = "\n\n© Harbour News. All rights reserved."
    articles = corpus.articles.assign(text=corpus.articles["text"] + footer)
    counts, words = word_counts(dataclasses.replace(corpus, articles=articles))
    assert "reserved" not in set(counts["item"]) and words["a000"] == 16


def test_case_and_words_left_out(corpus):
    counts, words = word_counts(corpus, lower=False, leave_out={"ferry"})
    assert {"The", "the"} <= set(counts["item"]) and "ferry" not in set(counts["item"])
    assert (words == 16).all()


def test_an_abbreviation_of_single_letters_is_one_item(corpus):
    texts = corpus.articles["text"] + " U.S. ports."
    counts, words = word_counts(dataclasses.replace(corpus, articles=corpus.articles.assign(text=texts)))
    assert {"u.s.", "ports"} <= set(counts["item"]) and not {"u", "s"} & set(counts["item"])
    assert (words == 19).all()


def test_feeds_keyness_and_log_odds(corpus):
    counts, words = word_counts(corpus)
    target = corpus.articles["article_id"][:4]
    assert len(keyness(counts, words, target)) == counts["item"].nunique()
    inside = counts["article_id"].isin(target)
    totals = [counts[part].groupby("item")["count"].sum() for part in (inside, ~inside)]
    assert log_odds(*totals)["z"].abs().max() < 1e-9


def test_a_voice_nobody_has(corpus):
    with pytest.raises(FramingError, match="'martian'"):
        word_counts(corpus, voice="martian")
