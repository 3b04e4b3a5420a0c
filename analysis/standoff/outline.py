"""The outline of a text: where its words, lines and quotation marks are, without the words."""

from __future__ import annotations

import re

from analysis.corpus import WORD

_KEPT = re.compile(r"""["'“”„‟‘’‚‛«»‹›\s]""")  # quotation marks tell voices apart; lines divide paragraphs
_OTHER = "-"


def outline(text: str) -> str:
    """Replace the words of a text by "x".

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Of the same length, with the same words by `analysis.corpus.WORD`. White space and quotation marks between
        words stay; any other character between words becomes "-".

    Examples
    --------
    >>> outline("“We don't know,” he said.")
    '“xx xxxxx xxxx-” xx xxxx-'
    """
    pieces: list[str] = []
    end = 0
    for word in WORD.finditer(text):
        pieces.append(_between(text[end : word.start()]))
        pieces.append("x" * (word.end() - word.start()))
        end = word.end()
    pieces.append(_between(text[end:]))
    return "".join(pieces)


def is_outline(text: str) -> bool:
    """Whether a text consists of what `outline` leaves of it.

    Examples
    --------
    >>> is_outline("xx xxxxx xxxx-"), is_outline("We know")
    (True, False)
    """
    return not re.search(r"[^x\-\s]", _KEPT.sub("", text))


def _between(text: str) -> str:
    return "".join(character if _KEPT.match(character) else _OTHER for character in text)
