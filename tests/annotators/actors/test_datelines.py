"""The state from which an article is reported."""

import pytest

from analysis.annotators.actors.datelines import home_state, is_dateline
from analysis.annotators.parsing.document import Document, Span

REST = "It was a cold day in the whole of the old city again."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"LYON – {REST}", "france"),
        (f"MADRID, June 29 (TW) - {REST}", "spain"),
        (f"A headline\n\nSEVILLE: {REST}", "spain"),
        (f"LYON / SEVILLE – {REST}", None),
        (f"OSLO – {REST}", None),
        (f"Lyon – {REST}", None),
        ("LYON – It rained.", None),  # a heading rather than a report
        (f"{'It rained. ' * 200}\nLYON – {REST}", None),
    ],
)
def test_home_state(text, expected, two_states):
    found = home_state(Document(text, (Span(0, len(text)),)), two_states)
    assert (found and found.id) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("MADRID, June 29 (TW) - It rained.", True),
        ("MADRID – It rained.", True),
        ("Madrid (TW) - It rained.", True),
        ("Madrid, June 29 - It rained.", False),  # neither in capitals nor with an agency
        ("Madrid said - again - that it rained.", False),
        ("In MADRID it rained.", False),
    ],
)
def test_is_dateline(paragraph, expected):
    text = f"A headline\n\n{paragraph}"
    start = text.upper().index("MADRID")
    assert is_dateline(text, start, start + 6) is expected
