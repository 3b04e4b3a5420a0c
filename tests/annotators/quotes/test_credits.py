"""Who is named after a quotation is its source; headings and sentences there are not."""

import pytest

from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.credits import with_credits
from tests.annotators.quotes.attributed import attribution

QUOTED = "The bridge is a folly that nobody asked for."


def source(after, **given):
    text = f"“{QUOTED}”{after}"
    (found,) = with_credits(parse(text), [attribution(text, QUOTED, **given)])
    return " ".join(text[span.start : span.end] for span in found.source)


@pytest.mark.parametrize(
    ("after", "name"),
    [
        (" Anna Weber, Daily Ledger", "Anna Weber, Daily Ledger"),
        ("\n\nAnna Weber, The Daily Ledger\n\n“And so on.”", "Anna Weber, The Daily Ledger"),
        ("\n\nAnna Weber and Carl Brandt, Daily Ledger", "Anna Weber and Carl Brandt, Daily Ledger"),
        ("\n\nBy Anna Weber, a member of the town council.", "Anna Weber, a member of the town council"),
        (" Springfield Wire\n", "Springfield Wire"),
        ("\n\nOpinions Below", ""),
        ("\n\nWhat the mayor says", ""),
        (" Anna Weber laughed.", ""),
        ("", ""),
    ],
)
def test_the_source_is_named_after_the_quotation(after, name):
    assert source(after) == name


def test_a_source_that_is_known_stays():
    text = f"Carl said: “{QUOTED}” Anna Weber, Daily Ledger"
    given = attribution(text, QUOTED, source="Carl", cue="said")
    assert with_credits(parse(text), [given]) == [given]


def test_words_that_are_in_no_quotation_have_no_credit():
    text = f"{QUOTED} Anna Weber, Daily Ledger"
    (found,) = with_credits(parse(text), [attribution(text, QUOTED)])
    assert not found.source
