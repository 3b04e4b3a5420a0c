r"""The pattern language of codebooks.

| written | matches |
|---|---|
| `sanction` | the word, in any case |
| `sanction*` | words that begin with it; `*` stands for any letters, `?` for one |
| `~negotiate` | words of the same stem: negotiates, negotiating, negotiation (Snowball, English) |
| `oil price cap*` | words in a row, over line breaks too |
| `anti-terror*` | with hyphen, space or nothing between the parts |
| `(oil\|gas) pipeline` | either word |
| `nuclear {0,2} deal` | with up to two words in between |
| `nuclear NEAR/5 (deal\|accord)` | in either order, at most five words in between, over commas and full stops too |
| `=SCO` | exactly as written, capitals and all |
| `(=US\|American) strike*` | capitals count in this alternative only |

Straight and curly apostrophes are the same, and so are all hyphens and dashes. NEAR does not reach over a blank line.
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
_BETWEEN = (
    rf"(?:\s++|\s?{_HYPHEN}\s?)"  # between two words of a pattern; ++ gives nothing back, which saves time
)
_SKIPPED = rf"\w++(?:['’]\w++){{0,2}}+,?{_BETWEEN}"  # a word in a gap
_APART = r"(?:(?!\n\s*\n)\W)+"  # between two words under NEAR
_ELEMENT = re.compile(
    r"\{(?P<low>\d+),(?P<high>\d+)\}|NEAR/(?P<reach>\d+)(?!\S)|\((?P<choices>[^()]*)\)"
    r"|(?P<word>[^\s(){}|]+)|(?P<other>\S)"
)
_QUOTED = re.compile(r'"([^"]*)"|“([^“”]*)”')
_MAX_GAP = 20
_MAX_WAYS = 500  # regexes of one pattern with stems and gaps


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what was expected."""


@dataclass(frozen=True)
class Pattern:
    """One pattern, ready to match.

    Attributes
    ----------
    source : str
        As written in the codebook.
    exact : bool
        Capitals count.
    orders : tuple of tuple of Words or Gap
        What stands one after the other; NEAR has two orders.
    plain : bool
        A needle decides alone: one word, its end open or not, without anything else.
    """

    source: str
    exact: bool
    orders: tuple[tuple[Element, ...], ...]
    plain: bool

    @cached_property
    def near(self) -> bool:
        """Whether the pattern has NEAR, where the tightest of overlapping matches counts."""
        return len(self.orders) > 1

    @cached_property
    def anchors(self) -> tuple[Anchors, ...]:
        """What to look for first, for each order."""
        return tuple(anchors_of(order) for order in self.orders)

    def end_of_match(self, text: str, start: int) -> int | None:
        """One past the match that begins at a place, None where there is none."""
        for regex, stems in self.regexes:
            match = regex.match(text, start)
            if match and (not stems or _have_stems(match.groups(), stems)):
                return match.end()
        return None

    @cached_property
    def regexes(self) -> tuple[tuple[re.Pattern[str], list[frozenset[str]]], ...]:
        """Regexes to try in turn, each with the stems that its groups may have.

        A regex cannot check stems while it decides how many words a gap skips; so a pattern with both gets one
        regex for each number of words.
        """
        flags = 0 if self.exact else re.IGNORECASE
        return tuple(
            (re.compile(rf"(?<!\w){_regex(way)}(?!\w)", flags), stems)
            for order, stems in ((order, _stems(order)) for order in self.orders)
            for way in (_ways(order) if stems else (order,))
        )


def _have_stems(words: Sequence[str | None], stems: Sequence[frozenset[str]]) -> bool:
    return all(word is None or stem_of(word) in allowed for word, allowed in zip(words, stems, strict=True))


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
        It is empty, would match every word, or has brackets or quotation marks that do not pair.
    """
    exact = source.startswith("=")
    elements = list(_elements(_unquoted(source[exact:].strip(), source), source))
    if not elements:
        raise PatternError("the pattern is empty")
    if isinstance(elements[0], Gap) or isinstance(elements[-1], Gap):
        raise PatternError(f"'{source}' begins or ends with a gap; a gap stands between two words")
    orders = _orders(elements, source)
    for order in orders:
        if _stems(order) and sum(1 for _ in _ways(order)) > _MAX_WAYS:
            raise PatternError(f"'{source}' has stems and too many gaps; write it as several patterns")
    first = [order[0] for order in orders if isinstance(order[0], Words)]
    plain = not exact and len(elements) == 1 and all(_is_plain(choice) for choice in first[0].choices)
    return Pattern(source, exact, orders, plain)


def _unquoted(body: str, source: str) -> str:
    """Without quotation marks around the whole; some dictionaries put phrases in them."""
    match = _QUOTED.fullmatch(body)
    if match:
        return (match[1] or match[2] or "").strip()
    if '"' in body or "“" in body or "”" in body:
        raise PatternError(
            f"a quotation mark in {source!r} stands alone; leave quotation marks out, a phrase needs none"
        )
    return body


def _elements(body: str, source: str) -> Iterator[Element]:
    for match in _ELEMENT.finditer(body):
        if match["other"]:
            raise PatternError(f"'{match['other']}' stands alone in '{source}'; brackets come in pairs")
        if match["reach"] or match["low"]:
            low, high = (
                (0, int(match["reach"])) if match["reach"] else (int(match["low"]), int(match["high"]))
            )
            if not low <= high <= _MAX_GAP:
                raise PatternError(
                    f"a gap of {low} to {high} words; at most {_MAX_GAP}, the smaller number first"
                )
            yield Gap(low, high, near=bool(match["reach"]))
            continue
        choices = [match["word"]] if match["word"] else match["choices"].split("|")
        choices = [" ".join(choice.split()) for choice in choices]
        for choice in choices:
            if not re.search(r"\w", choice):
                raise PatternError(f"'{choice or source}' in '{source}' would match every word")
            if choice.startswith("=~"):
                raise PatternError(f"'{choice}' in '{source}': a stem has no capitals; leave = out")
            if choice.startswith("~") and not re.fullmatch(r"~[^\W\d_]{2,}", choice):
                raise PatternError(f"'{choice}' in '{source}': a stem is written ~word, of letters alone")
        yield Words(tuple(choices))


def _orders(elements: list[Element], source: str) -> tuple[tuple[Element, ...], ...]:
    """The elements as written and, with NEAR, the other way round."""
    nears = [number for number, element in enumerate(elements) if isinstance(element, Gap) and element.near]
    if not nears:
        return (tuple(elements),)
    if len(nears) > 1:
        raise PatternError(f"'{source}' has NEAR more than once; write it as several patterns")
    before, after = elements[: nears[0]], elements[nears[0] + 1 :]
    if isinstance(before[-1], Gap) or isinstance(after[0], Gap):
        raise PatternError(f"'{source}' has a gap beside NEAR; NEAR stands between two words")
    return tuple(elements), (*after, elements[nears[0]], *before)


def _ways(order: Sequence[Element]) -> Iterator[tuple[Element, ...]]:
    """The order with each gap of a fixed number of words: most words first, under NEAR fewest first."""
    options: list[list[Element]] = []
    for element in order:
        if isinstance(element, Gap):
            counts = range(element.low, element.high + 1)
            options.append([Gap(n, n, element.near) for n in (counts if element.near else reversed(counts))])
        else:
            options.append([element])
    yield from product(*options)


def _stems(order: Sequence[Element]) -> list[frozenset[str]]:
    """For each place of a pattern with stems, which ones."""
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
                options.append(
                    r"(\w+)"
                )  # last, and once for all stems: whether it has one is looked at afterwards
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
    """One or several words of an element as a regex."""
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
