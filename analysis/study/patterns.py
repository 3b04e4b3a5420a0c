r"""Syntax of the patterns in a codebook.

| written | matches |
|---|---|
| `sanction` | the word, in any case |
| `sanction*` | words with this beginning; `*` matches any letters, `?` matches one |
| `~negotiate` | words with the same stem: negotiates, negotiating, negotiation (Snowball, English) |
| `oil price cap*` | consecutive words, also across line breaks |
| `anti-terror*` | the parts with a hyphen, a space or nothing between them |
| `(oil\|gas) pipeline` | either word |
| `nuclear {0,2} deal` | the words with up to two others between them |
| `nuclear NEAR/5 (deal\|accord)` | in either order, up to five words between them, also across punctuation |
| `=SCO` | exactly as written, case-sensitive |
| `(=US\|American) strike*` | only this alternative is case-sensitive |

Straight and curly apostrophes are equivalent, and so are all hyphens and dashes. NEAR does not cross a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from analysis.study.elements import Element, Gap, Words
from analysis.study.literals import HYPHENS, Anchors, anchors_of
from analysis.study.stems import stem_of

_HYPHEN = f"[{HYPHENS}]"
_BETWEEN = rf"(?:\s++|\s?{_HYPHEN}\s?)"  # between two words of a pattern; ++ is possessive, which saves time
_SKIPPED = rf"\w++(?:['’]\w++){{0,2}}+,?{_BETWEEN}"  # a word in a gap
_APART = r"(?:(?!\n\s*\n)\W)+"  # between two words under NEAR
_ELEMENT = re.compile(
    r"\{(?P<low>\d+),(?P<high>\d+)\}|NEAR/(?P<reach>\d+)(?!\S)|\((?P<choices>[^()]*)\)"
    r"|(?P<word>[^\s(){}|]+)|(?P<other>\S)"
)
_QUOTED = re.compile(r'"([^"]*)"|“([^“”]*)”')
_MAX_GAP = 20
_MAX_REGEXES = 500  # of one pattern with stems and gaps


class PatternError(ValueError):
    """An invalid pattern; the message says what is wrong."""


@dataclass(frozen=True)
class Pattern:
    """A parsed pattern.

    Attributes
    ----------
    source : str
        As written in the codebook.
    exact : bool
        The whole pattern is case-sensitive.
    orders : tuple of tuple of Words or Gap
        Sequences of elements, one of which must match. NEAR has two.
    plain : bool
        The pattern is a single word, perhaps with `*` at its end, so that its literal decides alone.
    """

    source: str
    exact: bool
    orders: tuple[tuple[Element, ...], ...]
    plain: bool

    @cached_property
    def near(self) -> bool:
        """Whether the pattern has NEAR. Of its overlapping matches, the shortest counts."""
        return len(self.orders) > 1

    @cached_property
    def anchors(self) -> tuple[Anchors, ...]:
        """The literals of each order."""
        return tuple(anchors_of(order) for order in self.orders)

    def end_of_match(self, text: str, start: int) -> int | None:
        """End of the match that begins at `start`; None if there is none."""
        for regex, stems in self.regexes:
            match = regex.match(text, start)
            if match and (not stems or _have_stems(match.groups(), stems)):
                return match.end()
        return None

    @cached_property
    def regexes(self) -> tuple[tuple[re.Pattern[str], list[frozenset[str]]], ...]:
        """Regular expressions to try in turn, each with the stems allowed in its groups.

        A regular expression cannot check stems while it decides on the length of a gap. A pattern with stems and gaps
        therefore has one expression for each combination of lengths.
        """
        flags = 0 if self.exact else re.IGNORECASE
        return tuple(
            (re.compile(rf"(?<!\w){_regex(fixed)}(?!\w)", flags), stems)
            for order, stems in ((order, _stems(order)) for order in self.orders)
            for fixed in (_fixed_gaps(order) if stems else (order,))
        )


def _have_stems(words: Sequence[str | None], stems: Sequence[frozenset[str]]) -> bool:
    return all(word is None or stem_of(word) in allowed for word, allowed in zip(words, stems, strict=True))


def parse_pattern(source: str) -> Pattern:
    """Parse a pattern.

    Parameters
    ----------
    source : str

    Returns
    -------
    Pattern

    Raises
    ------
    PatternError
        If the pattern is empty, would match every word, or has unpaired brackets or quotation marks.
    """
    exact = source.startswith("=")
    elements = list(_elements(_unquoted(source[exact:].strip(), source), source))
    if not elements:
        raise PatternError("the pattern is empty")
    if isinstance(elements[0], Gap) or isinstance(elements[-1], Gap):
        raise PatternError(f"'{source}' begins or ends with a gap; a gap must be between two words")
    orders = _orders(elements, source)
    for order in orders:
        if _stems(order) and sum(1 for _ in _fixed_gaps(order)) > _MAX_REGEXES:
            raise PatternError(f"'{source}' has stems and too many gaps; split it into several patterns")
    first = [order[0] for order in orders if isinstance(order[0], Words)]
    plain = not exact and len(elements) == 1 and all(_is_plain(choice) for choice in first[0].choices)
    return Pattern(source, exact, orders, plain)


def _unquoted(body: str, source: str) -> str:
    """Remove quotation marks around the pattern, which some dictionaries put around phrases."""
    match = _QUOTED.fullmatch(body)
    if match:
        return (match[1] or match[2] or "").strip()
    if '"' in body or "“" in body or "”" in body:
        raise PatternError(f"unpaired quotation mark in {source!r}; phrases need no quotation marks")
    return body


def _elements(body: str, source: str) -> Iterator[Element]:
    for match in _ELEMENT.finditer(body):
        if match["other"]:
            raise PatternError(f"unpaired bracket '{match['other']}' in '{source}'")
        if match["reach"] or match["low"]:
            low, high = (
                (0, int(match["reach"])) if match["reach"] else (int(match["low"]), int(match["high"]))
            )
            if not low <= high <= _MAX_GAP:
                raise PatternError(
                    f"invalid gap of {low} to {high} words; write the smaller number first, and at most {_MAX_GAP}"
                )
            yield Gap(low, high, near=bool(match["reach"]))
            continue
        choices = [match["word"]] if match["word"] else match["choices"].split("|")
        choices = [" ".join(choice.split()) for choice in choices]
        for choice in choices:
            if not re.search(r"\w", choice):
                raise PatternError(f"'{choice or source}' in '{source}' would match every word")
            if choice.startswith("=~"):
                raise PatternError(f"'{choice}' in '{source}': stems are not case-sensitive; remove =")
            if choice.startswith("~") and not re.fullmatch(r"~[^\W\d_]{2,}", choice):
                raise PatternError(
                    f"'{choice}' in '{source}': a stem is ~ and a word of at least two letters"
                )
        yield Words(tuple(choices))


def _orders(elements: list[Element], source: str) -> tuple[tuple[Element, ...], ...]:
    """The elements as written and, with NEAR, in reverse order."""
    nears = [number for number, element in enumerate(elements) if isinstance(element, Gap) and element.near]
    if not nears:
        return (tuple(elements),)
    if len(nears) > 1:
        raise PatternError(f"'{source}' has more than one NEAR; split it into several patterns")
    before, after = elements[: nears[0]], elements[nears[0] + 1 :]
    if isinstance(before[-1], Gap) or isinstance(after[0], Gap):
        raise PatternError(f"'{source}' has a gap next to NEAR; NEAR must be between two words")
    return tuple(elements), (*after, elements[nears[0]], *before)


def _fixed_gaps(order: Sequence[Element]) -> Iterator[tuple[Element, ...]]:
    """The order with every combination of gap lengths: longest first, under NEAR shortest first."""
    options: list[list[Element]] = []
    for element in order:
        if isinstance(element, Gap):
            counts = range(element.low, element.high + 1)
            options.append([Gap(n, n, element.near) for n in (counts if element.near else reversed(counts))])
        else:
            options.append([element])
    yield from product(*options)


def _stems(order: Sequence[Element]) -> list[frozenset[str]]:
    """The allowed stems at each position with stems."""
    places = [element.choices for element in order if isinstance(element, Words)]
    found = [frozenset(stem_of(c[1:]) for c in choices if c.startswith("~")) for choices in places]
    return [stems for stems in found if stems]


def _regex(order: Sequence[Element]) -> str:
    parts: list[str] = []
    glue = ""
    for element in order:
        if isinstance(element, Words):
            options = [_choice(choice) for choice in element.choices if not choice.startswith("~")]
            if len(options) < len(element.choices):
                options.append(r"(\w+)")  # last, once for all stems, which are checked afterwards
            parts += [glue, options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"]
            glue = _BETWEEN
        elif element.near:
            parts.append(rf"{_APART}(?:\w++{_APART}){{{element.low},{element.high}}}?")
            glue = ""
        else:
            parts.append(rf"{_BETWEEN}(?:{_SKIPPED}){{{element.low},{element.high}}}")
            glue = ""
    return "".join(parts)


def _choice(choice: str) -> str:
    """A word or phrase as a regular expression."""
    if choice.startswith("="):
        return f"(?-i:{_choice(choice[1:])})"
    out = []
    for character in choice:
        if character == "*":
            out.append(r"\w*")
        elif character == "?":
            out.append(r"\w")
        elif character in HYPHENS:
            out.append(rf"(?:{_HYPHEN}|\s)?")
        elif character in "'’":
            out.append("['’]")
        elif character == " ":
            out.append(_BETWEEN)
        else:
            out.append(re.escape(character))
    return "".join(out)


def _is_plain(choice: str) -> bool:
    return bool(re.fullmatch(r"[a-z0-9]+\*?", choice, re.IGNORECASE | re.ASCII))
