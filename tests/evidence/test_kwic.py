"""Keyword in context: hits with their context, voice and speaker."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.compare.measures import rates
from analysis.errors import FramingError
from analysis.evidence.kwic import context


def test_of_a_theme(made_up):
    found = analysis.kwic(made_up, theme="sanctions", width=16)
    assert list(found.columns[:7]) == ["left", "hit", "right", "outlet", "published", "voice", "speaker"]
    assert found["left"].tolist() == ["port. “No more ", "the envoy said. "]
    assert found["hit"].tolist() == ["sanctions", "Sanctions"]
    assert found["right"].tolist() == [" on wheat,” the", " bite,"]
    assert found["voice"].tolist() == ["iran", "outlet"]
    assert found["speaker"].fillna("").tolist() == ["An envoy", ""]
    assert found["sentence_text"].tolist()[1] == "Sanctions bite, <b>they</b> say."
    assert found["negated"].tolist() == [True, False]


def test_of_a_pattern_with_voice_and_speaker_from_the_tables(made_up):
    found = analysis.kwic(made_up, pattern="wheat")
    assert found["outlet"].tolist() == ["@Gazette", "Harbour News", "Harbour News"]
    assert found["voice"].tolist() == ["outlet", "outlet", "iran"]
    assert found["speaker"].fillna("").tolist() == ["", "", "An envoy"]
    assert found["sentence"].tolist() == [0, 0, 1]
    assert analysis.kwic(made_up, pattern=["wheat", "=Wheat"])["pattern"].tolist().count("=Wheat") <= 1


def test_a_pattern_of_the_codebook_finds_what_the_run_found(bundled):
    own = bundled.themes.query("pattern == 'embargo*'")
    found = analysis.kwic(bundled, pattern="embargo*")
    keys = ["article_id", "start", "end", "voice", "sentence", "negated"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(found[keys]).sort_values(keys, ignore_index=True),
        own[keys].sort_values(keys, ignore_index=True),
    )


@pytest.mark.parametrize(
    "what", [{"theme": "sanctions", "sort": "left"}, {"pattern": "trade*", "voice": "iran"}]
)
def test_hits_do_not_depend_on_the_number_of_shards(bundled, in_shards, what):
    one, other = (pd.DataFrame(analysis.kwic(tables, **what)) for tables in (bundled, in_shards))
    assert len(one) > 5
    pd.testing.assert_frame_equal(one, other)


def test_a_theme_brings_those_below_it(bundled):
    found = analysis.kwic(bundled, theme="transport_transit")
    assert set(found["theme"]) == {"transport_transit", "north_south_corridor"}


def test_as_many_rows_as_the_number_of_the_bar(bundled):
    for bar in rates.theme_rates(bundled, by=["outlet"]).query("numerator > 12").itertuples():
        assert len(analysis.kwic(bundled, theme=bar.theme, outlet=bar.outlet)) == bar.numerator


def test_filters(made_up, bundled):
    assert analysis.kwic(made_up, theme="sanctions", voice="quoted")["hit"].tolist() == ["sanctions"]
    assert analysis.kwic(made_up, theme="sanctions", voice="outlet")["hit"].tolist() == ["Sanctions"]
    assert len(analysis.kwic(made_up, pattern="wheat", outlet="@Gazette")) == 1
    assert len(analysis.kwic(bundled, pattern="zzz")) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "either theme or pattern"),
        ({"theme": "sanctions", "pattern": "x"}, "either theme or pattern"),
        ({"theme": "sanktions"}, r"unknown theme 'sanktions'.*choose from: sanctions"),
        ({"theme": "sanctions", "voice": "mars"}, r"unknown voice 'mars'.*outlet, quoted, iran"),
        ({"theme": "sanctions", "outlet": "Nobody"}, r"unknown outlet 'Nobody'"),
        ({"theme": "sanctions", "sort": "colour"}, r"unknown order 'colour'"),
        ({"theme": "sanctions", "width": -1}, "at least 0, got -1"),
        ({"pattern": "(a"}, "cannot read the pattern"),
        ({"pattern": "*"}, "cannot read the pattern"),
    ],
)
def test_wrong_questions(made_up, options, message):
    with pytest.raises(FramingError, match=message):
        analysis.kwic(made_up, **options)


@given(st.text(alphabet="ab c\n", max_size=40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 12))
def test_context_is_made_of_whole_words_of_the_text(text, one, two, width):
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    left, _, right = context(text, start, end, width=width)
    assert len(left) <= width and len(right) <= width
    assert " ".join(text[:start].split()).endswith(left.strip())
    assert " ".join(text[end:].split()).startswith(right.strip())
    words = [word for word in text[:start].split() if word]
    if left.strip() and not text[start - 1].isspace():
        assert not left[-1].isspace()
    for word in left.split()[:1]:  # the width never cuts a word, only the hit does
        assert word in words
    for word in right.split()[-1:]:
        assert word in text[end:].split()


def test_without_texts_the_rows_lead_to_the_articles(made_up):
    articles = made_up.articles.assign(url="https://example.org/a?b=1&c=<2>")
    bare = replace(made_up, articles=articles).without_text()
    hits = analysis.kwic(bare, theme="sanctions")
    assert len(hits) == len(analysis.kwic(made_up, theme="sanctions"))
    assert set(hits["hit"]) == set(hits["sentence_text"]) == set(hits["title"]) == {""}
    assert "https://example.org/a?b=1&c=<2>" in repr(hits) and "not in these tables" in repr(hits)
    assert "<a href=" in hits._repr_html_() and "<2>" not in hits._repr_html_()
