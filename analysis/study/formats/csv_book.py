"""Codebooks as tables (.csv, .tsv, .dicx): one row per pattern, or one column per category as LIWC-22 writes them.

A table with one row per pattern has the columns theme and pattern, and optionally label, parent, group, kind
('pattern' or 'exception'), definition, include and exclude. The first row of a theme has its label, definition and
so on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import StudyError
from analysis.spreadsheet import harmless_cell, original
from analysis.study.codebook import Codebook
from analysis.study.formats.dictionary import Category, Dictionary, Notes, Term
from analysis.study.formats.losses import Losses
from analysis.study.formats.text_files import read_text

COLUMNS = ("theme", "label", "group", "parent", "kind", "pattern", "definition", "include", "exclude")
_NAMES = {
    "theme": ("theme", "category", "key", "code", "dictionary", "id", "topic", "frame"),
    "pattern": ("pattern", "term", "word", "words", "entry", "value", "keyword", "token", "phrase"),
    "parent": ("parent", "above"),
    "label": ("label", "name", "title"),
    "definition": ("definition", "description", "desc"),
}
_WORDS_OF_LIWC = "dicterm"
_KINDS = ("pattern", "exception")


def read(path: Path, notes: Notes) -> Dictionary:
    """Read a table; StudyError if a required column or the theme of a row is missing, or a pattern is invalid."""
    text = read_text(path, notes)
    csv.field_size_limit(1_000_000)
    rows = _rows(text, path)
    line, header = rows[0]
    names = [original(cell).strip().lower() for cell in header]
    if names[0] == _WORDS_OF_LIWC:
        return _wide(header, rows[1:], path, notes)
    places = {c: p for c in COLUMNS if (p := _place(names, _NAMES.get(c, (c,)))) is not None}
    if "theme" not in places or "pattern" not in places:
        raise StudyError(
            f"the columns 'theme' and 'pattern' are required; found {', '.join(names)}",
            path=path,
            where=f"line {line}",
        )
    return _long(rows[1:], places, path, own="kind" in places)


def _rows(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """Non-empty rows with their line numbers."""
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise StudyError(
            f"invalid table: {error}",
            path=path,
            where=f"line {reader.line_num}",
            remedy="check that quotation marks are paired",
        ) from None


def _place(names: list[str], wanted: Iterable[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _long(rows: list[tuple[int, list[str]]], places: dict[str, int], path: Path, *, own: bool) -> Dictionary:
    """One row per pattern. With the column 'kind', the terms are in our pattern syntax."""
    by_name: dict[str, Category] = {}
    parents: dict[str, tuple[str, int]] = {}
    for line, row in rows:
        cell = {c: original(row[p].strip()) if p < len(row) else "" for c, p in places.items()}
        name = cell["theme"]
        if not name:
            raise StudyError(
                "this row has no theme", path=path, where=f"line {line}", remedy="name the theme in every row"
            )
        if cell.get("kind", "pattern") not in _KINDS:
            raise StudyError(
                f"unknown kind '{cell['kind']}'; expected {' or '.join(_KINDS)}",
                path=path,
                where=f"line {line}",
            )
        if name not in by_name:
            by_name[name] = _category(name, cell, line, own=own)
            if cell.get("parent"):
                parents[name] = (cell["parent"], line)
        terms = by_name[name].exceptions if cell.get("kind") == "exception" else by_name[name].terms
        terms.append(Term(cell["pattern"], line))
    for name in {parent for parent, _ in parents.values()} & set(by_name):
        if [term.text for term in by_name[name].terms] == [""]:
            by_name[name].terms.clear()  # a heading
    return Dictionary(path.stem, _nested(by_name, parents, path), "*?", own_language=own)


def _category(name: str, cell: dict[str, str], line: int, *, own: bool) -> Category:
    return Category(
        cell.get("label") or name,
        line,
        id=name if own else "",
        group=cell.get("group", ""),
        definition=cell.get("definition", ""),
        include=cell.get("include", ""),
        exclude=cell.get("exclude", ""),
    )


def _nested(by_name: dict[str, Category], parents: dict[str, tuple[str, int]], path: Path) -> list[Category]:
    for name, (parent, line) in parents.items():
        if parent not in by_name:
            raise StudyError(
                f"there is no theme '{parent}'",
                path=path,
                where=f"line {line}",
                remedy="parent must be the name of another theme in this file",
            )
        seen = [name]
        while seen[-1] in parents:
            above = parents[seen[-1]][0]
            if above in seen:
                raise StudyError(
                    f"circular parents: {' > '.join([*seen, above])}",
                    path=path,
                    where=f"line {line}",
                    remedy="remove one of these parents",
                )
            seen.append(above)
        by_name[parent].children.append(by_name[name])
    return [category for name, category in by_name.items() if name not in parents]


def _wide(header: list[str], rows: list[tuple[int, list[str]]], path: Path, notes: Notes) -> Dictionary:
    """The table of LIWC-22: a column of terms, then one column per category that marks its terms."""
    categories = [
        Category(name.strip() or f"column {number}", 1) for number, name in enumerate(header[1:], 2)
    ]
    for line, row in rows:
        marked = [number for number, cell in enumerate(row[1:]) if cell.strip()]
        if not marked:
            notes.add("words without a category left out", repr(row[0]), line)
        for number in marked:
            if number >= len(categories):
                raise StudyError(
                    "this row has more cells than the header",
                    path=path,
                    where=f"line {line}",
                    remedy="add a column name or remove the extra cells",
                )
            categories[number].terms.append(Term(row[0].strip(), line))
    return Dictionary(path.stem, categories)


def write(codebook: Codebook, losses: Losses) -> bytes:
    """Write a codebook as a table with one row per pattern and exception.

    Cells that a spreadsheet program would take for a formula (`=SCO`) start with an apostrophe, which `read` removes.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # with it, every line break in a cell is quoted
    writer.writerow(COLUMNS)
    for theme in codebook.themes:
        if theme.examples:
            losses.add(theme.id, "examples", theme.examples[0], "the format has no examples")
        about = (theme.definition, theme.include, theme.exclude)
        for kind, patterns in zip(_KINDS, (theme.patterns or ("",), theme.exceptions), strict=True):
            for pattern in patterns:  # a heading has one row without a pattern
                row = (theme.id, theme.label, theme.group, theme.parent or "", kind, pattern, *about)
                writer.writerow([harmless_cell(cell) for cell in row])
                about = ("", "", "")
    losses.add("", "title", codebook.title, "a table has no title; the file name is used instead")
    return out.getvalue().encode("utf-8-sig")
