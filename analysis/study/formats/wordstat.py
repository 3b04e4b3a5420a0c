"""WordStat dictionaries (.cat): categories and words by indentation, words with a weight in brackets.

`WAR_IN_IRAQ (1)` is the phrase "WAR IN IRAQ". Weights other than 1 and rules (`@NAME [...]`) are left out with a
note, since themes count hits. In a file without weights, entries with nothing below them are words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import StudyError
from analysis.study.codebook import Codebook
from analysis.study.formats.dictionary import Category, Dictionary, Notes, Term
from analysis.study.formats.losses import Losses
from analysis.study.formats.terms import Limits, branches
from analysis.study.formats.text_files import numbered_lines, read_text

LIMITS = Limits(terms=re.compile(r"[_()@]"), wildcards="*?")
_WEIGHTED = re.compile(r"(?P<text>.*?)\s*\((?P<weight>-?\d+(?:[.,]\d+)?)\)")


@dataclass
class _Line:
    """One line and the lines indented below it; `weight` is None if the line has none."""

    number: int
    text: str
    weight: str | None
    below: list[_Line] = field(default_factory=list)


def read(path: Path, notes: Notes) -> Dictionary:
    """Read a WordStat dictionary; StudyError if a line is indented below a word."""
    roots = _tree(numbered_lines(read_text(path, notes), path), path)
    weighted = any(line.weight is not None for root in roots for line in _walk(root))
    top = []
    for root in roots:
        if root.below:
            top.append(_category(root, notes, weighted=weighted, path=path))
        else:
            notes.add("words outside any category left out", repr(root.text), root.number)
    if not top:
        raise StudyError(
            "no category has indented words below it", path=path, where=f"line {roots[0].number}"
        )
    return Dictionary(path.stem, top, wildcards="*?")


def _tree(lines: list[tuple[int, str]], path: Path) -> list[_Line]:
    roots: list[_Line] = []
    above: list[tuple[int, _Line]] = []
    for number, raw in lines:
        text = raw.strip()
        match = _WEIGHTED.fullmatch(text)
        line = _Line(number, match["text"] if match else text, match["weight"] if match else None)
        # real files mix tabs and spaces, so the column of the text decides
        column = len(raw.expandtabs(8)) - len(raw.expandtabs(8).lstrip())
        while above and above[-1][0] >= column:
            above.pop()
        if above and above[-1][1].weight is not None:
            raise StudyError(
                f"'{text}' is indented below the word '{above[-1][1].text}'",
                path=path,
                where=f"line {number}",
                remedy="only categories can have lines indented below them",
            )
        (above[-1][1].below if above else roots).append(line)
        above.append((column, line))
    return roots


def _walk(line: _Line) -> list[_Line]:
    found, waiting = [], [line]
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].below
    return found


def _category(line: _Line, notes: Notes, *, weighted: bool, path: Path, depth: int = 1) -> Category:
    if depth > 50:
        raise StudyError("too many levels of indentation", path=path, where=f"line {line.number}")
    category = Category(line.text, line.number)
    for below in line.below:
        if below.text.startswith("@"):
            notes.add("rules left out", repr(below.text), below.number)
        elif below.below:
            child = _category(below, notes, weighted=weighted, path=path, depth=depth + 1)
            category.children.append(child)
        elif below.weight is None and weighted:
            notes.add("empty categories left out", repr(below.text), below.number)
        else:
            if below.weight not in (None, "1"):
                notes.add("weights ignored", f"{below.weight} of {below.text!r}", below.number)
            category.terms.append(Term(below.text.replace("_", " "), below.number))
    return category


def write(codebook: Codebook, losses: Losses) -> bytes:
    """Write a codebook as a WordStat dictionary, with weight 1 for every word and underscores in phrases."""
    lines = []
    for tree in branches(codebook, LIMITS, losses):
        for depth, branch in tree.walk():
            lines.append("\t" * depth + branch.theme.id)
            lines += ["\t" * (depth + 1) + f"{term.replace(' ', '_')} (1)" for term in branch.terms]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")
