"""Convert a dictionary of any format to a codebook: ids, terms as patterns, and notes on what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analysis.errors import StudyError
from analysis.letters import ascii_id
from analysis.study.codebook import FIX_PATTERN, MAX_PATTERNS, Codebook
from analysis.study.formats.dictionary import (
    MAX_DEPTH,
    Category,
    Dictionary,
    Notes,
    Term,
    at_line,
)
from analysis.study.formats.terms import problem
from analysis.study.patterns import PatternError, parse_pattern

NO_DEFINITION = "Not defined in the dictionary it comes from."


def codebook_of(dictionary: Dictionary, *, path: Path, notes: Notes) -> Codebook:
    """Convert a dictionary to a codebook.

    Parameters
    ----------
    dictionary : Dictionary
    path : path
        For error messages.
    notes : Notes
        Receives what was skipped or repaired.

    Returns
    -------
    Codebook

    Raises
    ------
    StudyError
        If there are no terms or too many, two categories share a name, or a pattern is invalid in a format with our
        pattern syntax.
    """
    _check_limits(dictionary, path)
    themes: list[dict[str, Any]] = []
    ids: set[str] = set()
    for category in dictionary.categories:
        _add_theme(category, dictionary, themes, ids=ids, parent=None, path=path, notes=notes)
    if not themes:
        skipped = "; ".join(notes.lines())
        raise StudyError(
            f"no category has a usable word{f': {skipped}' if skipped else ''}",
            path=path,
            remedy="add words below the categories, or check that the file is a dictionary",
        )
    return Codebook.from_data({"title": dictionary.title.strip() or path.stem, "themes": themes}, path=path)


def _check_limits(dictionary: Dictionary, path: Path) -> None:
    n_terms = 0
    levels: list[tuple[int, list[Category]]] = [(1, dictionary.categories)]
    while levels:
        depth, categories = levels.pop(0)
        lines: dict[str, int | None] = {}
        for category in categories:
            name = category.name.strip()
            if name in lines:
                raise StudyError(
                    f"two categories have the name '{name}', the first on line {lines[name]}",
                    path=path,
                    where=at_line(category.line),
                    remedy="rename or merge them",
                )
            lines[name] = category.line
            n_terms += len(category.terms) + len(category.exceptions)
            if n_terms > MAX_PATTERNS:
                excess = n_terms - MAX_PATTERNS
                line = category.terms[-excess].line if excess <= len(category.terms) else category.line
                raise StudyError(
                    f"more than {MAX_PATTERNS:,} terms",
                    path=path,
                    where=at_line(line),
                    remedy="split the dictionary",
                )
            if category.children:
                if depth >= MAX_DEPTH:
                    raise StudyError(
                        f"more than {MAX_DEPTH} levels of categories", path=path, where=at_line(category.line)
                    )
                levels.append((depth + 1, category.children))


def _add_theme(
    category: Category,
    dictionary: Dictionary,
    themes: list[dict[str, Any]],
    *,
    ids: set[str],
    parent: str | None,
    path: Path,
    notes: Notes,
) -> list[str]:
    """Add a category and its subcategories; return all their patterns."""
    theme_id = _theme_id(category, parent, ids)
    place = len(themes)
    below: list[str] = []
    for child in category.children:
        below += _add_theme(child, dictionary, themes, ids=ids, parent=theme_id, path=path, notes=notes)
    own = _patterns(category.terms, dictionary, path=path, notes=notes)
    if not dictionary.own_language:
        own = _not_below(own, below, notes)
    if not own and not below:
        notes.add("categories without a usable term left out", repr(category.name), category.line)
        ids.discard(theme_id)
        return []
    theme = {
        "id": theme_id,
        "label": " ".join((category.label or category.name).split()) or theme_id,
        "group": category.group or "issue",
        "parent": parent,
        "definition": category.definition.strip() or NO_DEFINITION,
        "include": category.include,
        "exclude": category.exclude,
        "patterns": own,  # empty in a heading, which counts the hits of its subcategories
        "exceptions": _patterns(category.exceptions, dictionary, path=path, notes=notes),
    }
    themes.insert(place, theme)
    return [*own, *below]


def _not_below(own: list[str], below: Iterable[str], notes: Notes) -> list[str]:
    """Terms that no subcategory has; the hits of subcategories count for this one as well."""
    known = {pattern.casefold() for pattern in below}
    kept = [pattern for pattern in own if pattern.casefold() not in known]
    if len(kept) < len(own):
        notes.say(
            "terms that a category shares with a subcategory are kept in the subcategory; they count for both"
        )
    return kept


def _patterns(terms: Iterable[Term], dictionary: Dictionary, *, path: Path, notes: Notes) -> list[str]:
    """Terms as patterns, without duplicates."""
    found: dict[str, str] = {}
    for term in terms:
        pattern = term.text if dictionary.own_language else " ".join(term.text.split())
        wrong = _syntax_error(pattern) if dictionary.own_language else problem(pattern, dictionary.wildcards)
        if wrong and dictionary.own_language:
            raise StudyError(wrong, path=path, where=at_line(term.line), remedy=FIX_PATTERN)
        if wrong:
            notes.add("terms that cannot be patterns left out", f"{term.text!r}", term.line)
            continue
        key = pattern if pattern.startswith("=") else pattern.casefold()
        if key in found:
            notes.add("repeated terms kept once", repr(pattern), term.line)
        else:
            found[key] = pattern
    return list(found.values())


def _syntax_error(pattern: str) -> str | None:
    try:
        parse_pattern(pattern)
    except PatternError as error:
        return str(error)
    return None


def _theme_id(category: Category, parent: str | None, ids: set[str]) -> str:
    """An id made from the name; if it is taken, with the id of the parent or a number."""
    slug = ascii_id(category.name) or "theme"
    slug = slug if slug[0].isalpha() else f"theme_{slug}"
    options = [category.id or slug, *([f"{parent}_{slug}"] if parent else [])]
    number = 2
    while options[0] in ids:
        if len(options) > 1:
            options.pop(0)
        else:
            options = [f"{slug}_{number}"]
            number += 1
    ids.add(options[0])
    return options[0]
