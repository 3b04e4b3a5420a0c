"""Quotation marks of every shape, apostrophes that are none, and texts that are nothing but marks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.parsing.document import Document, Span
from analysis.annotators.parsing.quotation_marks import Quotations, quotations, quoted_regions


def inner(text):
    """The words of each region, paragraph by paragraph."""
    return [[text[start:end] for start, end in region.spans] for region in quoted_regions(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ('He said "we go now" and left.', ["we go now"]),
        ("He said “we go now” and left.", ["we go now"]),
        ("‘We won’t go’, he said. ‘It’s the town’s choice.’", ["We won’t go", "It’s the town’s choice."]),
        ("'We won't go,' he said.", ["We won't go,"]),
        ("Er sagte: „Wir gehen jetzt“ und ging.", ["Wir gehen jetzt"]),
        ("Er sagte: »Wir gehen« und ›blieb‹.", ["Wir gehen", "blieb"]),
        ("« Nous partons », dit-il, «et vite».", ["Nous partons", "et vite"]),
        ("``We go now,'' he said.", ["We go now,"]),
        ("`We go now,' he said.", ["We go now,"]),
        ('""Doubled marks"" of a bad export', ["Doubled marks"]),
        ("“We will not go,“ he typed, ”never”.", ["We will not go,", "never"]),
        ('“Mixed kinds," he said.', ["Mixed kinds,"]),
        ('(“in brackets”) and—"after a dash"—', ["in brackets", "after a dash"]),
        ('"hi," he said."We go" then', ["hi,", "We go"]),
        ('" spaced out " all the same', ["spaced out"]),
        ("wrapped “words that\ngo on” here", ["words that\ngo on"]),
        ("“Fine 😀 words 👩‍👩‍👧” here", ["Fine 😀 words 👩‍👩‍👧"]),
        ("\u200f“שלום עולם”\u200f said", ["שלום עולם"]),
        ('\u202b"سلام دنیا"\u202c said', ["سلام دنیا"]),
    ],
)
def test_marks_of_every_shape(text, expected):
    assert inner(text) == [[words] for words in expected]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "No marks at all.",
        "It's the dogs' bowl and the '90s weren't theirs.",
        "Rock 'n' roll in Sana'a, 'twas the ministers' idea.",
        'He is 6\'2" tall and the pipe is 5" wide.',
        "the villagers’ wells and the towns’ roads",
        '""',
        "“ ”",
        "Run `make all the things` now.",
    ],
)
def test_apostrophes_and_empty_marks_are_no_quotations(text):
    assert quoted_regions(text) == []


def test_a_plural_possessive_does_not_close_a_quotation():
    assert inner("'The leaders' meeting went well,' she said.") == [["The leaders' meeting went well,"]]
    assert inner("the so-called 'fighters' of the 'cause' left") == [["fighters"], ["cause"]]


def test_nesting():
    text = "“He told us ‘never say “no” again’ and left,” she said."
    regions = quoted_regions(text)
    assert [(text[r.start : r.end], r.depth) for r in regions] == [
        ("He told us ‘never say “no” again’ and left,", 0),
        ("never say “no” again", 1),
        ("no", 2),
    ]
    assert text[slice(*regions[1].outer)] == "‘never say “no” again’"
    assert inner("\"'No,' he told me,\" she said.") == [["'No,' he told me,"], ["No,"]]


def test_a_quotation_over_several_paragraphs_is_one_region():
    text = "“First this.\n\n“Then that.\n\n“And so on,” he said. It “is” so."
    first, second = quoted_regions(text)
    assert [text[slice(*span)] for span in first.spans] == ["First this.", "Then that.", "And so on,"]
    assert text[slice(*first.outer)] == text[: text.index(" he said")]
    assert (text[second.start : second.end], second.depth) == ("is", 0)


def test_straight_marks_over_several_paragraphs():
    text = '"First this.\n"Then that," he said.'
    assert inner(text) == [["First this.", "Then that,"]]


def test_the_opening_mark_need_not_be_repeated():
    assert inner("He said: “First this.\n\nThen that.” He left.") == [["First this.", "Then that."]]


def test_a_sentence_on_each_line():
    assert inner("“ One.\nTwo it's ‘three’.\nFour. ” He left.") == [
        ["One.", "Two it's ‘three’.", "Four."],
        ["three"],
    ]
    assert inner('"Mo is home.\nHe stays, " the trainer said.\nIt "is" so.') == [
        ["Mo is home.", "He stays,"],
        ["is"],
    ]
    assert inner("“One.\nTwo.\nAnd a “new one” here.") == [["One."], ["new one"]]


def test_a_stray_mark_costs_at_most_its_paragraph():
    text = 'A good "quote here" first.\n\nThen a stray " mark.\n\nAnd “another quote” after it.'
    found = inner(text)
    assert ["quote here"] in found and ["another quote"] in found
    for region in quoted_regions(text):
        assert "\n" not in text[region.start : region.end]


def test_an_unclosed_quotation_ends_with_its_paragraph():
    text = "He said: “We never\n\nThe next paragraph is free."
    (region,) = quoted_regions(text)
    assert text[region.start : region.end] == "We never" and not region.closed


def test_an_opening_mark_with_closed_quotations_after_it_is_a_stray():
    assert inner("“A stray, then “good words” and “more words” here.") == [["good words"], ["more words"]]


PARAGRAPHS = "“One two.\n\n“Three four,” he said.\n\n'Five' is \"six\nseven\" here."


def test_crlf_gives_the_same_regions():
    windows = PARAGRAPHS.replace("\n", "\r\n")
    assert [[part.replace("\r", "") for part in parts] for parts in inner(windows)] == inner(PARAGRAPHS)
    assert len(inner(PARAGRAPHS)) == 3


marks = st.text(alphabet="ab s.,\n\r\"“”„'‘’«»‹›`\u200f—(", max_size=60)


@given(marks)
def test_regions_nest_and_stay_in_the_text(text):
    regions = quoted_regions(text)
    assert regions == sorted(regions, key=lambda r: (r.outer.start, -r.outer.end))
    around = []
    for region in regions:
        assert 0 <= region.outer.start < region.start < region.end <= region.outer.end <= len(text)
        assert region.spans[0].start == region.start and region.spans[-1].end == region.end
        for start, end in region.spans:
            assert text[start:end] == text[start:end].strip() != ""
        around = [other for other in around if other.outer.end > region.outer.start]
        assert all(region.outer.end <= other.outer.end for other in around)
        assert region.depth == len(around)
        around.append(region)


@given(marks)
def test_crlf_never_matters(text):
    text = text.replace("\r", "")
    windows = text.replace("\n", "\r\n")
    assert [[p.replace("\r", "") for p in parts] for parts in inner(windows)] == inner(text)


@pytest.mark.parametrize(
    "text",
    [
        '"' * 10_000,
        "“ " * 10_000,
        "“‘" * 10_000,
        "”\n" * 10_000,
        "‘a b s’ c " * 10_000,
        '"a\n' * 10_000,
        "“a " * 10_000 + "» " * 10_000,
        "\u200f" * 50_000 + '"' + "\u200f" * 50_000,
        'she said "so it is" ' * 10_000,  # 50,000 words
    ],
    ids=lambda text: repr(text[:8]),
)
def test_time_is_linear(text):
    started = time.process_time()
    quoted_regions(text)
    assert time.process_time() - started < 2


def test_only_marks_hold_no_words():
    assert not [r for r in quoted_regions('"' * 10_000) if r.start < r.end]


def test_quotations_are_looked_up_by_offset():
    text = "Ann said: “He told me ‘no’ twice.” Then she left."
    quoted = Quotations(text)
    outer = Span(text.index("“"), text.index("”") + 1)
    assert quoted.at(0) is None
    assert quoted.at(outer.start) == quoted.at(text.index("no")) == quoted.at(outer.end - 1) == outer
    assert quoted.at(outer.end) is None


def test_the_quotations_of_a_document_are_found_once():
    document = Document("“We go now,” she said.", ())
    assert quotations(document) is quotations(document)
