"""LIWC dictionaries (.dic): a legend of numbered categories between two lines of `%`, then words with numbers.

Variants in real files: tabs before the number of a category make it a subcategory; a description in brackets after
the name is used as label and definition; spaces replace tabs, and tabs are doubled. Numbers may depend on the words
before (`like (02 134)125/464 253`), of which the unconditional ones are kept, or on the words after (`kind
<of>131/125 135`), in which case the word is left out.
"""

from __future__ import annotations

import re
from pathlib import Path

from analysis.errors import StudyError
from analysis.study.codebook import Codebook
from analysis.study.formats.dictionary import Category, Dictionary, Notes, Term
from analysis.study.formats.losses import Losses
from analysis.study.formats.terms import Branch, Limits, branches
from analysis.study.formats.text_files import numbered_lines, read_text

LIMITS = Limits(terms=re.compile(r"\*(?!\s|$)|[%<]"), labels=re.compile(r"[()]"))
_LEGEND = re.compile(r"(?P<tabs>\t*)[ ]*(?P<number>\d+)[\t ]+(?P<name>\S.*)")
_DESCRIBED = re.compile(r"(?P<name>\S+(?: \S+)*?)\s*\((?P<definition>[^()]+)\)")
_WORD = re.compile(r"(?P<term>[^\t]*[^\t ]) *\t\s*(?P<numbers>\d+(?:\s+\d+)*)")  # "article 5", then a tab
_WORD_AND_SPACES = re.compile(r"(?P<term>\S.*?)\s+(?P<numbers>\d+(?:\s+\d+)*)")
_CONDITIONAL = re.compile(r"\([^)]*\)\d*(?:/\d+)?")


def read(path: Path, notes: Notes) -> Dictionary:
    """Read a LIWC dictionary; StudyError if its legend is missing or invalid."""
    lines = numbered_lines(read_text(path, notes), path)
    marks = [place for place, (_, line) in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        where = f"line {lines[marks[0]][0]}" if marks else f"line {lines[0][0]}"
        found = "the legend that starts here has no end" if marks else "the legend of categories is missing"
        raise StudyError(
            found,
            path=path,
            where=where,
            remedy="write a line with % before the legend and another one after it",
        )
    for number, line in lines[: marks[0]]:
        notes.add("lines before the legend left out", repr(line.strip()), number)
    top, by_number = _legend(lines[marks[0] + 1 : marks[1]], path)
    for number, line in lines[marks[1] + 1 :]:
        _add_word(number, line, by_number, notes)
    return Dictionary(path.stem, top)


def _legend(lines: list[tuple[int, str]], path: Path) -> tuple[list[Category], dict[int, Category]]:
    top: list[Category] = []
    by_number: dict[int, Category] = {}
    above: list[tuple[int, Category]] = []
    for number, line in lines:
        match = _LEGEND.fullmatch(line.rstrip())
        if match is None:
            raise StudyError(
                f"expected a number and a name in the legend, found '{line.strip()}'",
                path=path,
                where=f"line {number}",
            )
        key = int(match["number"])
        if key in by_number:
            raise StudyError(
                f"two categories have the number {key}",
                path=path,
                where=f"line {number}",
                remedy="give each category its own number",
            )
        described = _DESCRIBED.fullmatch(match["name"].strip())
        name, definition = described.group("name", "definition") if described else (match["name"], "")
        definition = " ".join(definition.split())
        category = Category(" ".join(name.split()), number, label=definition, definition=definition)
        depth = len(match["tabs"])
        while above and above[-1][0] >= depth:
            above.pop()
        (above[-1][1].children if above else top).append(category)
        above.append((depth, category))
        by_number[key] = category
    if not by_number:
        raise StudyError(
            "the legend is empty", path=path, remedy="list the categories between the two lines with %"
        )
    return top, by_number


def _add_word(number: int, line: str, by_number: dict[int, Category], notes: Notes) -> None:
    if line.strip() == "%":
        return
    if "<of>" in line:
        notes.add("words with an <of> tag left out", repr(line.split()[0]), number)
        return
    plain = _CONDITIONAL.sub(" ", line)
    if plain != line:
        notes.add("conditional numbers in brackets ignored", repr(line.split()[0]), number)
    match = _WORD.fullmatch(plain.strip()) or _WORD_AND_SPACES.fullmatch(plain.strip())
    if match is None:
        notes.add("words without a category left out", repr(line.strip()), number)
        return
    for key in dict.fromkeys(int(digits) for digits in match["numbers"].split()):
        if key in by_number:
            by_number[key].terms.append(Term(match["term"], number))
        else:
            notes.add("numbers that are not in the legend ignored", f"{key} of {match['term']!r}", number)


def write(codebook: Codebook, losses: Losses) -> bytes:
    """Write a codebook as a LIWC dictionary; a word has the numbers of its theme and of the parent themes."""
    legend: list[str] = []
    numbers: dict[str, list[int]] = {}

    def add(branch: Branch, above: list[int]) -> None:
        own = len(legend) + 1
        label = f"\t({branch.label})" if branch.label else ""
        legend.append("\t" * len(above) + f"{own}\t{branch.theme.id}{label}")
        for term in branch.terms:
            numbers.setdefault(term, []).extend([*above, own])
        for child in branch.below:
            add(child, [*above, own])

    for branch in branches(codebook, LIMITS, losses):
        add(branch, [])
    words = ("\t".join([term, *map(str, sorted(set(found)))]) for term, found in sorted(numbers.items()))
    return ("\n".join(["%", *legend, "%", *words]) + "\n").encode("utf-8")
