"""Posts of social media that a page embeds: their words, a dash, the account and a date."""

from __future__ import annotations

import re

from analysis.annotators.parsing.document import Attribution, Span

# "— Anna Weber (@weber) May 3, 2018" or "... 3 May 2018"
_SIGNATURE = re.compile(
    r"(?P<dash>[—–]|--?)[^\S\n]?(?P<name>[^\n—–]{2,60}?)[^\S\n]+\(@\w+\)[^\S\n]+"
    r"(?:[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+,? \d{4})"
)
_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/)\S+\Z")
_SCORE = 0.9


def embedded_posts(text: str) -> list[Attribution]:
    """Return the embedded posts of a text, each with its account as source and the dash as cue.

    A post begins with its paragraph, or after the post before it in the same paragraph. Where the signature stands
    alone on its line, the post is the paragraph before.

    Parameters
    ----------
    text : str
        With plain newlines.

    Returns
    -------
    list of Attribution
        Links at the end of a post are left out.
    """
    posts = []
    end_of_last = 0
    for signature in _SIGNATURE.finditer(text):
        words = _without_links(text[end_of_last : signature.start()])
        post = words[words.rfind("\n") + 1 :].lstrip()
        if post:
            end = end_of_last + len(words)
            source, cue = Span(*signature.span("name")), Span(*signature.span("dash"))
            posts.append(Attribution((Span(end - len(post), end),), (source,), (cue,), _SCORE))
        end_of_last = signature.end()
    return posts


def _without_links(text: str) -> str:
    text = text.rstrip()
    while link := _LINK.search(text, text.rfind(" ") + 1):
        text = text[: link.start()].rstrip()
    return text
