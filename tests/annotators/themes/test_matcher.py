"""The automaton finds the same matches as trying every pattern at every offset."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.annotators.themes.matcher import matches, may_match
from analysis.annotators.themes.normalisation import fold
from analysis.study.codebook import Codebook
from analysis.study.stems import stem_of

PATTERNS = [
    "ab",
    "ab*",
    "=Ab",
    "(=Ab|ba) =A",
    "a {0,1} =Ab",
    "*ba",
    "a?b",
    "?a",
    "a-b",
    "ab-a-*",
    "a b",
    "a-b b*",
    "(a|ab|b a) b",
    "(a|*b)",
    "a {0,2} b",
    "a {1,2} (b|ba)",
    "a NEAR/2 b",
    "a b NEAR/1 (ba|a)",
    "~ab",
    "~abs {0,1} b",
    "a's",
    "#a",
    "éa",
    "кaк*",
    "a.b.",
    "no {0,2} b",
    "(no|ab) {0,1} (b|ba)",
    "ab {0,2} (of|no)",
    "no {0,1} of",
    "a {0,1} of {0,1} (b|ba)",
    "of NEAR/2 ab",
    "of {0,2} a* of {0,1} =Ab",
    "a-* ba-* {0,1} (b|no)",
    "(ab|#a|*b) {0,1} b* ~ab",
    "a {0,3} a {0,3} a",
    "a NEAR/1 #a",
]
TEXTS = st.text(alphabet="abAB sé́İıſKкКК-–'’#.,\n\u00ad😀𝐚", max_size=40)


@pytest.fixture(scope="module", autouse=True)
def letters():
    """Build the tables before hypothesis measures the time."""
    fold("")
    stem_of("warm")


def book(*patterns):
    theme = {"id": "x", "label": "x", "definition": "x", "patterns": list(patterns)}
    return Codebook.from_data({"title": "x", "themes": [theme]})


def tried_everywhere(text, codebook):
    return sorted(
        (start, end, number)
        for start in range(len(text))
        for number, rule in enumerate(codebook.compiled)
        if (end := rule.pattern.end_of_match(text, start)) is not None
    )


@given(TEXTS, st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=4, unique=True))
@example("a. ba", ["a NEAR/2 b"])
@example("K", ["k", "ab"])
@example("-a", ["a"])
def test_every_match_is_found_and_nothing_else(text, patterns):
    codebook = book(*patterns)
    found = matches(text, codebook)
    assert [tuple(match) for match in found] == tried_everywhere(text, codebook)


@given(
    st.lists(
        st.sampled_from(["ab", "b", "a", "-", "ba", "#a", "A.b.", "’", "\n\n", ",", "no", "of", "No"]),
        max_size=12,
    )
)
def test_in_texts_of_words(words):
    codebook = book(*PATTERNS)
    text = " ".join(words)
    assert [tuple(match) for match in matches(text, codebook)] == tried_everywhere(text, codebook)


@given(
    st.lists(st.tuples(st.sampled_from(["ab", "b", "a", "ba", "#a", "A.b.", "no", "of"]), st.booleans())),
    st.sampled_from(PATTERNS),
)
@example([("a", True), ("of", False), ("b", True)], "a b")
def test_a_text_that_may_not_match_has_no_match_without_some_of_its_words(words, pattern):
    whole = " ".join(word for word, _ in words)
    left = " ".join(word if kept else " " * len(word) for word, kept in words)
    assert may_match(whole, book(pattern)) or not matches(left, book(pattern))


@pytest.mark.parametrize("text", ["ab " * 50_000, "a" * 200_000, "- " * 100_000, "a-" * 50_000])
def test_long_monotonous_texts_take_no_quadratic_time(text):
    assert len(matches(text, book("ab", "a {0,3} b", "a NEAR/5 b", "*b", "a-a-a-a-a"))) >= 0


@pytest.mark.parametrize("pattern", ["{} b", "{} {{0,2}} b", "{} NEAR/2 b", "b* {} c", "{} {}"])
def test_more_alternatives_than_literals_per_pattern(pattern):
    many = f"({'|'.join(f'a{number}' for number in range(450))})"
    codebook = book(pattern.format(many, many))
    text = "a7 b a449 c bb a448 c a3 a4"
    found = matches(text, codebook)
    assert found
    assert found == tried_everywhere(text, codebook)
