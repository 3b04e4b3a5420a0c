"""Lexicoder 3 dictionaries (.lc3): a line `+Name` starts a category, every other line is a word or phrase."""

from __future__ import annotations

import re
from pathlib import Path

from analysis.errors import StudyError
from analysis.study.codebook import Codebook
from analysis.study.formats.dictionary import Category, Dictionary, Notes, Term
from analysis.study.formats.losses import Losses
from analysis.study.formats.terms import Limits, branches
from analysis.study.formats.text_files import numbered_lines, read_text

LIMITS = Limits(terms=re.compile(r"^\+"), nesting=False)


def read(path: Path, notes: Notes) -> Dictionary:
    """Read a Lexicoder 3 dictionary; StudyError if it has no category."""
    categories: list[Category] = []
    lines = numbered_lines(read_text(path, notes), path)
    for number, line in lines:
        text = line.strip()
        if text.startswith("+"):
            if not text.strip("+ "):
                raise StudyError(
                    "this category has no name",
                    path=path,
                    where=f"line {number}",
                    remedy="write its name after the +",
                )
            categories.append(Category(text.strip("+ "), number))
        elif categories:
            categories[-1].terms.append(Term(text, number))
        else:
            notes.add("lines before the first category left out", repr(text), number)
    if not categories:
        raise StudyError(
            "no line starts a category",
            path=path,
            where=f"line {lines[0][0]}",
            remedy="write +Name above its words",
        )
    return Dictionary(path.stem, categories)


def write(codebook: Codebook, losses: Losses) -> bytes:
    """Write a codebook as a Lexicoder 3 dictionary, which has no subcategories."""
    lines = []
    for tree in branches(codebook, LIMITS, losses):
        for _, branch in tree.walk():
            if branch.terms:
                lines += [f"+{branch.theme.id}", *branch.terms]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")
