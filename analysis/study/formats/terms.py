"""Patterns as the plain terms that other programs understand, and what cannot be said in them."""

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
_OURS = re.compile(
    r'[(){}|"]|(?:^|\s)[=~]|\bNEAR/\d'
)  # would mean something in our language that it did not there
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Limits:
    """What a format can hold. The id of a theme is its name in every format.

    Attributes
    ----------
    terms : re.Pattern
        What a term may not contain.
    wildcards : str
        Of `*` (any letters) and `?` (one letter) those that are wildcards in this format.
    labels : re.Pattern, optional
        What a label may not contain; None where the format has no place for labels.
    definitions : bool
        It holds definitions.
    nesting : bool
        Categories may stand below one another.
    """

    terms: re.Pattern[str]
    wildcards: str = "*"
    labels: re.Pattern[str] | None = None
    definitions: bool = False
    nesting: bool = True


@dataclass(frozen=True)
class Branch:
    """A theme as a category of another format: its label there, its own terms, and the categories below it."""

    theme: Theme
    label: str
    terms: tuple[str, ...]
    below: tuple[Branch, ...]

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Branch]]:
        """The branch and all below it with their depth."""
        yield depth, self
        for branch in self.below:
            yield from branch.walk(depth + 1)


def branches(codebook: Codebook, limits: Limits, losses: Losses) -> tuple[Branch, ...]:
    """A codebook as trees of categories with plain terms, for a format of words and wildcards.

    Parameters
    ----------
    codebook : Codebook
    limits : Limits
    losses : Losses
        Gets what is lost.

    Returns
    -------
    tuple of Branch
        Without themes that have nothing left. Where categories stand below one another, a term that stands in a theme
        and below it is kept below.
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
            losses.add(theme.id, "theme", theme.id, "nothing of it can be said in this format")
            return None
        if not terms and not limits.nesting:
            losses.add(theme.id, "theme", theme.id, "it has no words of its own, and all stand side by side")
        return Branch(theme, label, terms, children)

    trees = tuple(branch for theme in below.get(None, ()) if (branch := grow(theme)))
    losses.n_terms = sum(len(branch.terms) for tree in trees for _, branch in tree.walk())
    return trees


def _own_terms(theme: Theme, limits: Limits, losses: Losses) -> tuple[str, ...]:
    """The terms of a theme's patterns, each once whatever its capitals."""
    found: dict[str, str] = {}
    for pattern in theme.patterns:
        terms, reasons = terms_of(pattern, limits)
        if reasons:
            losses.add(theme.id, "pattern", pattern, " and ".join(reasons), written=terms)
        for term in terms:
            found.setdefault(term.casefold(), term)
    return tuple(found.values())


def terms_of(pattern: str, limits: Limits) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A pattern in words and phrases.

    Parameters
    ----------
    pattern : str
    limits : Limits

    Returns
    -------
    terms : tuple of str
        The words and phrases that it stands for, none of which the format or its reader would refuse.
    reasons : tuple of str
        Why they are not all that the pattern says.
    """
    body = re.sub(r'["“”]', " ", pattern).strip()
    if _GAP.search(body):
        return (), ("gaps and NEAR cannot be written as words",)
    reasons = ["capitals count no longer"] if _CAPITALS.search(body) else []
    parts = [part.split("|") if number % 2 else [part] for number, part in enumerate(_CHOICE.split(body))]
    n_terms = 1
    for part in parts:
        n_terms *= len(part)
    if n_terms > MAX_ALTERNATIVES:
        return (), (f"it has more than {MAX_ALTERNATIVES} alternatives",)
    spelt = dict.fromkeys(_CAPITALS.sub("", " ".join(" ".join(choice).split())) for choice in product(*parts))
    plain = [term for term in spelt if not _STEM.search(term)]
    terms = tuple(term for term in plain if problem(term, limits.wildcards) is None and _fits(term, limits))
    if len(plain) < len(spelt):
        reasons.append("stems cannot be written as words")
    if len(terms) < len(plain):
        reasons.append(
            "not all alternatives can be said in this format" if terms else "it cannot be said in this format"
        )
    return terms, tuple(reasons) if terms else tuple(reasons[-1:])


def _fits(term: str, limits: Limits) -> bool:
    return not limits.terms.search(term) and not _UNPRINTABLE.search(term)


def problem(term: str, wildcards: str) -> str | None:
    """Why a term of another program cannot be a pattern here; None where it can.

    Writing asks this too, so that what is written can be read.
    """
    if _OURS.search(term):
        return "characters of the pattern language"
    if "?" in term and "?" not in wildcards:
        return "a question mark"
    try:
        parse_pattern(term)
    except PatternError as error:
        return str(error)
    return None


def _about(theme: Theme, limits: Limits, losses: Losses) -> str:
    """The label as the format holds it; what a theme has beside its patterns and is lost, is noted."""
    for exception in theme.exceptions:
        losses.add(theme.id, "exception", exception, "this format holds none; what they kept out will count")
    for key in ("definition", "include", "exclude"):
        text = getattr(theme, key)
        if text and not (key == "definition" and limits.definitions):
            losses.add(theme.id, key, text, "this format has no place for it")
    if theme.group != "issue":
        losses.add(theme.id, "group", theme.group, "this format has no place for it")
    if theme.parent is not None and not limits.nesting:
        losses.add(
            theme.id, "parent", theme.parent, "themes stand side by side; hits do not count for the one above"
        )
    if theme.label == theme.id:
        return ""
    if limits.labels is None:
        losses.add(theme.id, "label", theme.label, "the id names the category")
        return ""
    label = " ".join(_UNPRINTABLE.sub(" ", limits.labels.sub(" ", theme.label)).split())
    if label != theme.label:
        losses.add(theme.id, "label", theme.label, "characters that have a meaning there", written=[label])
    return label
