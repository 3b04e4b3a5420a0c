"""Ids and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import WORD, article_id, count_words, is_unknown_outlet

TEXTS = st.text(max_size=20)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_an_id_is_16_hex_digits_and_depends_on_nothing_else(outlet, day, title, text):
    made = article_id(outlet, day, title, text)
    assert made == article_id(outlet, day, title, text)
    assert len(made) == 16
    assert set(made) <= set("0123456789abcdef")


@given(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), st.tuples(TEXTS, TEXTS, TEXTS, TEXTS))
def test_other_content_gives_another_id(one, other):
    assert (article_id(*one) == article_id(*other)) == (one == other)


def test_parts_do_not_run_into_one_another():
    assert article_id("Gazette", "2022", "", "text") != article_id("Gazette", "", "2022", "text")
    assert article_id("ab", "c", "", "") != article_id("a", "bc", "", "")


def test_ids_stay_the_same_over_versions():
    """Results folders, coded sheets and checkpoints hold these ids."""
    assert article_id("Gazette", "2022-06-29T00:00:00+00:00", "Title", "Text.") == "0e0c5002b99abac5"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("— … !", 0),
        ("It isn't; it isn’t.", 4),
        ("29 June 2022", 3),
        ("Amir-Abdollahian", 2),
        ("Übergröße naïve", 2),
    ],
)
def test_words(text, expected):
    assert count_words(text) == expected


@given(st.text(alphabet=st.sampled_from("ab1_'’. -“é²\n\ud800"), max_size=30))
def test_words_are_those_of_the_pattern(text):
    assert count_words(text) == len(WORD.findall(text))


def test_names_that_stand_for_unknown_outlets():
    assert is_unknown_outlet("unknown") and is_unknown_outlet("Unknown (GDELT)")
    assert not is_unknown_outlet("Unknowns Weekly") and not is_unknown_outlet("The Unknown")
