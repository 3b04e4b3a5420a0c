"""Lines of a web page that stand in the text of an article but are not part of it: links, advertisements, forms.

They name people and states and report acts ("READ MORE: Minister warns of war"), but the article does not say this.
Texts are measured without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Span

_SUBJECT = "page_furniture"
_SHORT = 60  # words of a line that is furniture if a phrase stands anywhere in it
_HEADLINE = 20  # words of a headline in a list
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def _lines(name: str, before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(rf"\s*{before}{alternation(_SUBJECT, name)}{after}")


_WHOLE = _lines("whole_lines", "(?:", r"\s*)+")
_BEGINNING = _lines("beginnings", after=r"(?!\w)")
_LIST = _lines("lists", after=r"\s*")
_LABEL = _lines("labels", after=r":?(?=\s)")
_ENDINGS = tuple(f" {ending}" for ending in sorted(words(_SUBJECT, "endings")))
_ANYWHERE = tuple(sorted(words(_SUBJECT, "anywhere")))


def furniture(text: str) -> Iterator[Span]:
    """Yield the page furniture of a text.

    A line that has more than half of the text is never furniture: texts without line breaks stay whole.

    Parameters
    ----------
    text : str
        With plain newlines.

    Yields
    ------
    Span
        Whole lines with the white space before them, or a label at the beginning of a line ("Story highlights").
    """
    end, in_list = 0, False
    phrases = [phrase for phrase in _ANYWHERE if phrase in text]
    for match in _LINE.finditer(text):
        line = match.group()
        start, end = end, match.end()
        in_list = bool(_LIST.fullmatch(line)) or (in_list and _is_headline(line))
        if 2 * len(line) < len(text) and (in_list or _is_furniture(line, phrases)):
            yield Span(start, end)
        elif label := _LABEL.match(line):
            yield Span(match.start(), match.start() + label.end())


def _is_furniture(line: str, phrases: Sequence[str]) -> bool:
    """Whether a line is furniture, given the phrases of `_ANYWHERE` that the text has."""
    return bool(
        _BEGINNING.match(line)
        or _WHOLE.fullmatch(line)
        or _is_link(line.rstrip())
        or (any(phrase in line for phrase in phrases) and len(line.split()) <= _SHORT)
    )


def _is_link(line: str) -> bool:
    """Whether a line is a headline and the words of a link: "Toll row divides town Read more"."""
    if not line.endswith(_ENDINGS):
        return False
    ending = next(ending for ending in _ENDINGS if line.endswith(ending))
    return not line.removesuffix(ending).endswith(tuple('.!:,;”"'))


def _is_headline(line: str) -> bool:
    """Whether a line in a list can be the headline of another article: short, and it does not end as a sentence."""
    return len(line.split()) <= _HEADLINE and not line.rstrip().endswith((".", "”", '"'))


def without_furniture(text: str) -> str:
    r"""Return a text of the same length with spaces in place of its page furniture.

    The white space before a line goes with it, so that a paragraph break stays one.

    Parameters
    ----------
    text : str
        With plain newlines.

    Returns
    -------
    str

    Examples
    --------
    >>> text = "The bridge opened.\nREAD MORE: Toll row\nIt is the first since the flood of 1908."
    >>> without_furniture(text)
    'The bridge opened.                    \nIt is the first since the flood of 1908.'
    """
    parts, end = [], 0
    for span in furniture(text):
        parts += [text[end : span.start], " " * (span.end - span.start)]
        end = span.end
    return "".join((*parts, text[end:]))
