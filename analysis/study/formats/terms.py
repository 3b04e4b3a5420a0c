"""Convert patterns to the plain terms of other programs, and record what they cannot represent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from analysis.study.codebook import Codebook, Theme
from analysis.study.formats.losses import Losses
from analysis.study.patterns import PatternError, parse_pattern

MAX_ALTERNATIVES = 500
_CHOICE = re.compile(r"\(([^()]*)\)")
_GAP = re.compile(r"\{|\bNEAR/")
_STEM, _CAPITALS = re.compile(r"(?:^|\s)~"), re.compile(r"(?:^|(?<=[\s(|]))=")
_OURS = re.compile(r'[(){}|"]|(?:^|\s)[=~]|\bNEAR/\d')  # has a meaning in our pattern syntax only
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Limits:
    """What a format can represent. The id of a theme is its name in every format.

    Attributes
    ----------
    terms : re.Pattern
        What a term must not contain.
    wildcards : str
        The wildcards of the format: `*` (any letters), `?` (one letter), or both.
    labels : re.Pattern, optional
        What a label must not contain; None if the format has no labels.
    definitions : bool
        The format has definitions.
    nesting : bool
        The format has subcategories.
    """

    terms: re.Pattern[str]
    wildcards: str = "*"
    labels: re.Pattern[str] | None = None
    definitions: bool = False
    nesting: bool = True


@dataclass(frozen=True)
class Branch:
    """A theme as a category of another format: its label, its own terms, and its subcategories."""

    theme: Theme
    label: str
    terms: tuple[str, ...]
    below: tuple[Branch, ...]

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Branch]]:
        """The branch and its descendants with their depth."""
        yield depth, self
        for branch in self.below:
            yield from branch.walk(depth + 1)


def branches(codebook: Codebook, limits: Limits, losses: Losses) -> tuple[Branch, ...]:
    """Convert a codebook to trees of categories with plain terms.

    Parameters
    ----------
    codebook : Codebook
    limits : Limits
    losses : Losses
        Receives what is lost.

    Returns
    -------
    tuple of Branch
        Without themes that have no terms left. If the format has subcategories, a term of a theme and its subtheme is
        kept in the subtheme only.
    """
    below: dict[str | None, list[Theme]] = {}
    for theme in codebook.themes:
        below.setdefault(theme.parent, []).append(theme)

    def grow(theme: Theme) -> Branch | None:
        label = _about(theme, limits, losses)
        terms = _own_terms(theme, limits, losses)
        children = tuple(branch for child in below.get(theme.id, ()) if (branch := grow(child)))
        if limits.nesting:
            known = {term.casefold() for child in children for _, b in child.walk() for term in b.terms}
            terms = tuple(term for term in terms if term.casefold() not in known)
        if not terms and not children:
            losses.add(theme.id, "theme", theme.id, "this format cannot represent any of its patterns")
            return None
        if not terms and not limits.nesting:
            losses.add(
                theme.id, "theme", theme.id, "it has no words of its own, and the format has no subcategories"
            )
        return Branch(theme, label, terms, children)

    trees = tuple(branch for theme in below.get(None, ()) if (branch := grow(theme)))
    losses.n_terms = sum(len(branch.terms) for tree in trees for _, branch in tree.walk())
    return trees


def _own_terms(theme: Theme, limits: Limits, losses: Losses) -> tuple[str, ...]:
    """The terms of the patterns of a theme, without duplicates; case is ignored."""
    found: dict[str, str] = {}
    for pattern in theme.patterns:
        terms, reasons = terms_of(pattern, limits)
        if reasons:
            losses.add(theme.id, "pattern", pattern, " and ".join(reasons), written=terms)
        for term in terms:
            found.setdefault(term.casefold(), term)
    return tuple(found.values())


def terms_of(pattern: str, limits: Limits) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Convert a pattern to words and phrases.

    Parameters
    ----------
    pattern : str
    limits : Limits

    Returns
    -------
    terms : tuple of str
        Words and phrases that the format can represent and `read` accepts.
    reasons : tuple of str
        Why they do not represent the whole pattern; empty if they do.
    """
    body = re.sub(r'["“”]', " ", pattern).strip()
    if _GAP.search(body):
        return (), ("gaps and NEAR cannot be written as words",)
    reasons = ["the format is not case-sensitive"] if _CAPITALS.search(body) else []
    parts = [part.split("|") if number % 2 else [part] for number, part in enumerate(_CHOICE.split(body))]
    n_terms = 1
    for part in parts:
        n_terms *= len(part)
    if n_terms > MAX_ALTERNATIVES:
        return (), (f"more than {MAX_ALTERNATIVES} alternatives",)
    spelt = dict.fromkeys(_CAPITALS.sub("", " ".join(" ".join(choice).split())) for choice in product(*parts))
    plain = [term for term in spelt if not _STEM.search(term)]
    terms = tuple(term for term in plain if problem(term, limits.wildcards) is None and _fits(term, limits))
    if len(plain) < len(spelt):
        reasons.append("stems cannot be written as words")
    if len(terms) < len(plain):
        reasons.append(
            "the format cannot represent all alternatives" if terms else "the format cannot represent it"
        )
    return terms, tuple(reasons) if terms else tuple(reasons[-1:])


def _fits(term: str, limits: Limits) -> bool:
    return not limits.terms.search(term) and not _UNPRINTABLE.search(term)


def problem(term: str, wildcards: str) -> str | None:
    """Why a term of another program cannot be a pattern here; None if it can.

    Writing checks this as well, so that everything written can be read.
    """
    if _OURS.search(term):
        return "characters with a meaning in the pattern syntax"
    if "?" in term and "?" not in wildcards:
        return "a question mark"
    try:
        parse_pattern(term)
    except PatternError as error:
        return str(error)
    return None


def _about(theme: Theme, limits: Limits, losses: Losses) -> str:
    """The label in the format; records what is lost of a theme apart from its patterns."""
    for exception in theme.exceptions:
        losses.add(
            theme.id, "exception", exception, "the format has no exceptions; what they excluded will count"
        )
    for key in ("definition", "include", "exclude"):
        text = getattr(theme, key)
        if text and not (key == "definition" and limits.definitions):
            losses.add(theme.id, key, text, "the format has no field for it")
    if theme.examples:
        losses.add(theme.id, "examples", theme.examples[0], "the format has no examples")
    if theme.group != "issue":
        losses.add(theme.id, "group", theme.group, "the format has no field for it")
    if theme.parent is not None and not limits.nesting:
        losses.add(
            theme.id,
            "parent",
            theme.parent,
            "the format has no subcategories; hits do not count for the parent",
        )
    if theme.label == theme.id:
        return ""
    if limits.labels is None:
        losses.add(
            theme.id, "label", theme.label, "the format has no labels; the category has the id as its name"
        )
        return ""
    label = " ".join(_UNPRINTABLE.sub(" ", limits.labels.sub(" ", theme.label)).split())
    if label != theme.label:
        losses.add(theme.id, "label", theme.label, "characters with a meaning in the format", written=[label])
    return label
