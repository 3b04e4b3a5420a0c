r"""The pattern language of codebooks.

| written | matches |
|---|---|
| `sanction` | the word, in any case |
| `sanction*` | words that begin with it; `*` stands for any letters, `?` for one |
| `oil price cap*` | words in a row, over line breaks too |
| `anti-terror*` | with hyphen, space or nothing between the parts |
| `(oil\|gas) pipeline` | either word |
| `nuclear {0,2} deal` | with up to two words in between |
| `=SCO` | exactly as written, capitals and all |

Straight and curly apostrophes are the same, and so are all hyphens and dashes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HYPHEN = r"[-\u2010\u2011\u2012\u2013\u00ad]"
_BETWEEN = rf"(?:\s+|\s?{_HYPHEN}\s?)"  # between two words of a pattern
_ELEMENT = re.compile(
    r"\{(?P<low>\d+),(?P<high>\d+)\}|\((?P<choices>[^()]*)\)|(?P<word>[^\s(){}|]+)|(?P<other>\S)"
)
_MAX_GAP = 20


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what was expected."""


@dataclass(frozen=True)
class Pattern:
    """One pattern, ready to match.

    Attributes
    ----------
    source : str
        As written in the codebook.
    regex : re.Pattern
        Matches from the first to the last word.
    anchors : tuple of str
        Lower-case strings of which one stands in every match of the first word; what the search looks for first.
    prefix : bool
        The anchor begins the word, so that a match starts where the anchor does.
    """

    source: str
    regex: re.Pattern[str]
    anchors: tuple[str, ...]
    prefix: bool


def parse_pattern(source: str) -> Pattern:
    """Read one pattern.

    Parameters
    ----------
    source : str

    Returns
    -------
    Pattern

    Raises
    ------
    PatternError
        It is empty, would match every word, or has brackets that do not pair.
    """
    exact = source.startswith("=")
    body = source[exact:].strip()
    if not body:
        raise PatternError("the pattern is empty")
    elements = [match.groupdict() for match in _ELEMENT.finditer(body)]
    for element in elements:
        if element["other"]:
            raise PatternError(f"'{element['other']}' stands alone in '{source}'; brackets come in pairs")
    if elements[0]["low"] or elements[-1]["low"]:
        raise PatternError(f"'{source}' begins or ends with a gap; a gap stands between two words")
    words = [_choices(element) for element in elements]
    for choices in words:
        for word in choices or ():
            if not re.search(r"\w", word):
                raise PatternError(f"'{word or source}' in '{source}' would match every word")
    anchors, prefix = _anchors(words[0] or [])
    flags = 0 if exact else re.IGNORECASE
    return Pattern(source, re.compile(rf"(?<!\w){_regex(elements, words)}(?!\w)", flags), anchors, prefix)


def _choices(element: dict[str, str | None]) -> list[str] | None:
    """The words an element allows; None for a gap."""
    if element["low"]:
        return None
    if element["choices"] is not None:
        return [choice.strip() for choice in element["choices"].split("|")]
    return [element["word"] or ""]


def _regex(elements: list[dict[str, str | None]], words: list[list[str] | None]) -> str:
    parts: list[str] = []
    gap = False
    for element, choices in zip(elements, words, strict=True):
        if choices is None:
            low, high = int(element["low"] or 0), int(element["high"] or 0)
            if not low <= high <= _MAX_GAP:
                raise PatternError(
                    f"a gap of {low} to {high} words; at most {_MAX_GAP}, the smaller number first"
                )
            parts.append(rf"{_BETWEEN}(?:\w+(?:['’]\w+)*[,]?{_BETWEEN}){{{low},{high}}}")
            gap = True
            continue
        if parts and not gap:
            parts.append(_BETWEEN)
        gap = False
        options = [_word(choice) for choice in choices]
        parts.append(options[0] if len(options) == 1 else f"(?:{'|'.join(options)})")
    return "".join(parts)


def _word(word: str) -> str:
    out = []
    for character in word:
        if character == "*":
            out.append(r"\w*")
        elif character == "?":
            out.append(r"\w")
        elif character in "-\u2010\u2011\u2013":
            out.append(rf"(?:{_HYPHEN}|\s)?")
        elif character in "'’":
            out.append("['’]")
        elif character == " ":
            out.append(_BETWEEN)
        else:
            out.append(re.escape(character))
    return "".join(out)


def _anchors(choices: list[str]) -> tuple[tuple[str, ...], bool]:
    """For each choice its longest literal run in its first word."""
    anchors, prefix = [], True
    for choice in choices:
        runs = re.split(r"[*?\-\u2010\u2011\u2013'’\s]", choice.lower())
        longest = max(runs, key=len)
        if runs[0]:  # a literal beginning is found exactly once per word
            longest = runs[0]
        else:
            prefix = False
        anchors.append(longest)
    return tuple(anchors), prefix
