"""A paragraph after a reporting clause and a colon is a block quote; a list is not."""

import pytest

from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.block_quotes import block_quotes

WORDS = "We have looked at every ship in the port and found that none of them is ready to leave."


def blocks(text):
    return [
        (
            text[slice(*found.source[0])],
            text[slice(*found.cue[0])],
            [text[slice(*span)] for span in found.content],
        )
        for found in block_quotes(parse(text))
    ]


def test_the_next_paragraph_is_the_quote():
    text = f"It rained.\n\nThe report of the port continues:\n\n{WORDS}\n\nNobody was surprised by this news in town."
    assert blocks(text) == [("The report of the port", "continues", [WORDS])]


def test_all_marked_paragraphs_are_the_quote():
    text = f"The mayor wrote in 2018:\n\n> {WORDS}\n>\n> Two more came.\n\nIt rained."
    assert blocks(text) == [("The mayor", "wrote", [WORDS, "Two more came."])]


@pytest.mark.parametrize(
    "text",
    [
        f"The mayor said this:\n\n- {WORDS}",
        f"The mayor said this:\n\n“{WORDS}”",
        f"The mayor repaired the following:\n\n{WORDS}",
        "The mayor said this:\n\nToo few words.",
        f"The mayor said this: nothing.\n\n{WORDS}",
        f"The mayor said this.\n\n{WORDS}",
        "The mayor said this:\n",
    ],
)
def test_no_block_quote(text):
    assert blocks(text) == []
