"""Embedded posts are attributed to their account, one by one and without their links."""

import pytest

from analysis.annotators.quotes.embedded_posts import embedded_posts
from tests.annotators.quotes.attributed import attribution, records_from


def posts(text):
    return [(text[slice(*post.source[0])], text[slice(*post.content[0])]) for post in embedded_posts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The port is open.\n\nWe open! https://t.co/a1 pic.twitter.com/b2 — Port of Rasht (@port) May 3, 2018",
            [("Port of Rasht", "We open!")],
        ),
        (
            "One ship left. — Anna Weber (@weber) May 3, 2018 Two came. — Leyla A. (@leyla) 3 May 2018",
            [("Anna Weber", "One ship left."), ("Leyla A.", "Two came.")],
        ),
        ("One ship left.\n\n— Anna Weber (@weber) May 3, 2018", [("Anna Weber", "One ship left.")]),
        ("— Anna Weber (@weber) May 3, 2018", []),
        ("The ship left — Anna Weber saw it (@weber).", []),
        ("", []),
    ],
)
def test_posts(text, expected):
    assert posts(text) == expected


def test_a_post_is_a_quote_of_its_account_alone():
    text = "Rain stopped.\n\nI think that the port opens. — Anna Weber (@weber) May 3, 2018"
    records = records_from(text, attribution(text, "the port opens", source="I", cue="think"))
    assert [(record.source, record.content) for record in records] == [
        ("Anna Weber", "I think that the port opens.")
    ]
