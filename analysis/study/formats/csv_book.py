"""Codebooks as tables (.csv, .tsv, .dicx): one row per pattern, or one column per category as LIWC-22 writes them.

Columns of a table with one row per pattern: theme, pattern; and, where the file has them, label, parent, group, kind
('pattern' or 'exception'), definition, include, exclude. What a theme says of itself stands on its first row.
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
    """Read a table; StudyError where there is no column of patterns, or a row lacks its theme or has a broken one."""
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
            f"the columns are {', '.join(names)}; one called 'theme' and one called 'pattern' are needed",
            path=path,
            where=f"line {line}",
        )
    return _long(rows[1:], places, path, own="kind" in places)


def _rows(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """Rows that are not empty, with the line on which each ends."""
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise StudyError(
            f"not a table: {error}",
            path=path,
            where=f"line {reader.line_num}",
            remedy="do the quotation marks pair?",
        ) from None


def _place(names: list[str], wanted: Iterable[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _long(rows: list[tuple[int, list[str]]], places: dict[str, int], path: Path, *, own: bool) -> Dictionary:
    """One row per pattern; a file with the column 'kind' is ours, and its terms are patterns."""
    by_name: dict[str, Category] = {}
    parents: dict[str, tuple[str, int]] = {}
    for line, row in rows:
        cell = {c: original(row[p].strip()) if p < len(row) else "" for c, p in places.items()}
        name = cell["theme"]
        if not name:
            raise StudyError(
                "a row without a theme", path=path, where=f"line {line}", remedy="name the theme in every row"
            )
        if cell.get("kind", "pattern") not in _KINDS:
            raise StudyError(
                f"kind is '{cell['kind']}'; expected {' or '.join(_KINDS)}", path=path, where=f"line {line}"
            )
        if name not in by_name:
            by_name[name] = _category(name, cell, line, own=own)
            if cell.get("parent"):
                parents[name] = (cell["parent"], line)
        terms = by_name[name].exceptions if cell.get("kind") == "exception" else by_name[name].terms
        terms.append(Term(cell["pattern"], line))
    for name in {parent for parent, _ in parents.values()} & set(by_name):
        if [term.text for term in by_name[name].terms] == [""]:
            by_name[name].terms.clear()  # it only holds others
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
                remedy="the parent is the name of another theme of the file",
            )
        seen = [name]
        while seen[-1] in parents:
            above = parents[seen[-1]][0]
            if above in seen:
                raise StudyError(
                    f"nested in a circle: {' in '.join([*seen, above])}",
                    path=path,
                    where=f"line {line}",
                    remedy="take out one of these parents",
                )
            seen.append(above)
        by_name[parent].children.append(by_name[name])
    return [category for name, category in by_name.items() if name not in parents]


def _wide(header: list[str], rows: list[tuple[int, list[str]]], path: Path, notes: Notes) -> Dictionary:
    """The table of LIWC-22: a column of terms, then one per category with a mark where the term belongs to it."""
    categories = [
        Category(name.strip() or f"column {number}", 1) for number, name in enumerate(header[1:], 2)
    ]
    for line, row in rows:
        marked = [number for number, cell in enumerate(row[1:]) if cell.strip()]
        if not marked:
            notes.add("words without a category left out", repr(row[0]), line)
        for number in marked:
            if number >= len(categories):
                raise StudyError("more cells than the header names", path=path, where=f"line {line}")
            categories[number].terms.append(Term(row[0].strip(), line))
    return Dictionary(path.stem, categories)


def write(codebook: Codebook, losses: Losses) -> bytes:
    """A codebook as a table that spreadsheet programs open: one row per pattern and exception.

    Cells that a spreadsheet program would run as a formula (`=SCO`) begin with an apostrophe, which `read` takes off.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # so that every line break in a cell is quoted
    writer.writerow(COLUMNS)
    for theme in codebook.themes:
        about = (theme.definition, theme.include, theme.exclude)
        for kind, patterns in zip(_KINDS, (theme.patterns or ("",), theme.exceptions), strict=True):
            for pattern in patterns:  # a theme that only holds others has one row, without a pattern
                row = (theme.id, theme.label, theme.group, theme.parent or "", kind, pattern, *about)
                writer.writerow([harmless_cell(cell) for cell in row])
                about = ("", "", "")
    losses.add("", "title", codebook.title, "a table holds none; the name of the file takes its place")
    return out.getvalue().encode("utf-8-sig")
