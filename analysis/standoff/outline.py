"""The outline of a text: where its words, lines and quotation marks are, without the words."""

from __future__ import annotations

import re

_IN_WORD = re.compile(r"\w|(?<=\w)['’](?=\w)")  # the characters of `analysis.corpus.WORD`
# quotation marks tell voices apart; lines divide paragraphs
_OTHER = re.compile(r"""[^\w"'“”„‟‘’‚‛«»‹›\s]""")


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
    return _OTHER.sub("-", _IN_WORD.sub("x", text))


def is_outline(text: str) -> bool:
    """Whether a text consists of what `outline` leaves of it.

    Examples
    --------
    >>> is_outline("xx xxxxx xxxx-"), is_outline("We know")
    (True, False)
    """
    return outline(text) == text
