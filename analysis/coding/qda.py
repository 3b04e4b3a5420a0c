"""Coding in REFI-QDA projects (.qdpx), read back from MAXQDA, NVivo, ATLAS.ti, QualCoder and others.

The standard counts positions in code points of the plain text file. Programs differ: some count a carriage return
and line feed as one character, some count UTF-16 units, some count a byte order mark, some name the last character
instead of the one after it. For each document the reading is taken under which most selections begin and end as words
do and have the text that the project gives as their name.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.coding.alignment import aligned, letters_of
from analysis.errors import ReadError
from analysis.ingest.limits import DAMAGE, check_archive
from analysis.ingest.records import UnreadableFile

if TYPE_CHECKING:
    import pandas as pd
    from lxml import etree

    from analysis.tables import Tables

_PROJECT = re.compile(
    r"\.qde$", re.IGNORECASE
)  # "project.qde" in the standard; some programs use another name
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LINE_BREAK = re.compile(r"\r+\n")
_INTERNAL = "internal://"
_BOM = "\ufeff"
COLUMNS = ("article_id", "start", "end", "code", "path", "coder", "text", "memo")


@dataclass(frozen=True)
class QdaCoding:
    """Coded segments of a project.

    Attributes
    ----------
    segments : pandas.DataFrame
        article_id, start, end (code points of `articles.text`, end exclusive), code, path (names of the code and of
        those above it, joined by " > "), coder, text, memo.
    notes : tuple of str
        Documents that are no articles of the tables, and positions that were counted in another way.
    """

    segments: pd.DataFrame
    notes: tuple[str, ...]

    def matrix(self) -> pd.DataFrame:
        """A matrix of documents and codes: 1 where a code was given anywhere in the article, else 0."""
        import pandas as pd

        return pd.crosstab(self.segments["article_id"], self.segments["code"]).clip(upper=1)


def read_qda_coding(path: str | Path, tables: Tables) -> QdaCoding:
    """Read the coding of a REFI-QDA project whose documents are articles of the tables.

    Parameters
    ----------
    path : path
        A .qdpx file, for example one that `framing export` wrote and that people coded in another program.
    tables : Tables

    Returns
    -------
    QdaCoding
        Documents are recognised by their letters and digits, so that changed line ends and white space do no harm.

    Raises
    ------
    ReadError
        The file is no REFI-QDA project, or declares a document type.
    """
    import pandas as pd

    path = Path(path)
    root, read_source = _opened(path)
    articles = {letters_of(text): (str(article_id), text) for article_id, text in _texts(tables)}
    codes, users = dict(_codes(root)), _users(root)
    rows: list[dict[str, Any]] = []
    notes: list[str] = []
    for source in _elements(root, "TextSource", "Representation"):
        selections = [child for child in source if _name(child) == "PlainTextSelection"]
        text, problem = _plain_text(source, read_source)
        name = source.get("name") or source.get("guid") or "?"
        if problem:
            notes.append(f"document '{name}': {problem}")
            continue
        letters = letters_of(text)
        if letters not in articles:
            if selections:
                notes.append(
                    f"document '{name}' is no article of these tables; {len(selections)} segments left out"
                )
            continue
        article_id, original = articles[letters]
        reading = _best_reading(text, selections)
        if reading.note:
            notes.append(f"document '{name}': {reading.note}")
        to_article = aligned(text, original)
        for selection in selections:
            start, end = (to_article(offset) for offset in reading.span(selection))
            for code, coder in _codings(selection):
                if code not in codes or not start < end:
                    notes.append(
                        f"document '{name}': a segment without a known code or without words is left out"
                    )
                    continue
                rows.append({
                    "article_id": article_id,
                    "start": start,
                    "end": end,
                    "code": codes[code][-1],
                    "path": " > ".join(codes[code]),
                    "coder": users.get(coder or selection.get("creatingUser") or "", ""),
                    "text": original[start:end],
                    "memo": _description(selection),
                })  # fmt: skip
    segments = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"start": "int64", "end": "int64"})
    ordered = segments.sort_values(["article_id", "start", "end", "path"], kind="stable", ignore_index=True)
    return QdaCoding(ordered, tuple(dict.fromkeys(notes)))


# -- the file


def _opened(path: Path) -> tuple[etree._Element, Callable[[str], bytes]]:
    """The root of the project, and a function that reads a source by its name."""
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(path, archive)
            inside = {name.rpartition("/")[2].casefold(): archive.read(name) for name in archive.namelist()}
            name = next((name for name in archive.namelist() if _PROJECT.search(name)), None)
    except UnreadableFile as error:
        raise ReadError(str(error)) from None
    except DAMAGE as error:
        raise ReadError(f"this is no REFI-QDA project: {error}", path=path) from None
    if name is None:
        raise ReadError("this is no REFI-QDA project: it has no file project.qde", path=path)
    content = inside[name.rpartition("/")[2].casefold()]
    if _DOCTYPE.search(content):
        raise ReadError("document type declarations are not read, for safety", path=path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{name} is not well-formed XML: {error.msg}", path=path) from None
    return root, lambda wanted: inside[wanted.rpartition("/")[2].casefold()]


def _plain_text(source: etree._Element, read_source: Callable[[str], bytes]) -> tuple[str, str]:
    """The text of a document with its byte order mark, or why there is none."""
    inline = next((child.text or "" for child in source if _name(child) == "PlainTextContent"), None)
    if inline is not None:
        return inline, ""
    address = source.get("plainTextPath") or ""
    if not address.startswith(_INTERNAL):
        return "", "its text is outside the project, and is not read"
    try:
        return read_source(address.removeprefix(_INTERNAL)).decode("utf-8"), ""
    except KeyError:
        return "", "its text is missing in the project"
    except UnicodeDecodeError:
        return "", "its text is not UTF-8"


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _elements(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if _name(element) in names)


def _codes(element: etree._Element, above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names of each code and of those above it, by guid."""
    for child in element:
        if _name(child) == "Code":
            own = (*above, child.get("name", ""))
            yield child.get("guid", "").lower(), own
            yield from _codes(child, own)
        elif _name(child) in ("CodeBook", "Codes"):
            yield from _codes(child, above)


def _users(root: etree._Element) -> dict[str, str]:
    return {
        user.get("guid", ""): user.get("name") or user.get("id") or "" for user in _elements(root, "User")
    }


def _codings(selection: etree._Element) -> Iterator[tuple[str, str]]:
    """Guid of the code and of the coder of each coding of a selection."""
    for coding in selection:
        if _name(coding) == "Coding":
            for reference in coding:
                if _name(reference) == "CodeRef":
                    yield reference.get("targetGUID", "").lower(), coding.get("creatingUser") or ""


def _description(selection: etree._Element) -> str:
    return next((child.text or "" for child in selection if _name(child) == "Description"), "")


# -- positions


@dataclass(frozen=True)
class _Reading:
    """One way to count positions: offsets into the text of each counted unit; whether the end is inclusive."""

    offsets: Sequence[int]
    inclusive: bool
    note: str

    def span(self, selection: etree._Element) -> tuple[int, int]:
        """Offsets of a selection in code points of the text."""
        start, end = (int(selection.get(name) or 0) for name in ("startPosition", "endPosition"))
        return self._offset(start), self._offset(end + self.inclusive)

    def _offset(self, position: int) -> int:
        return self.offsets[max(0, min(position, len(self.offsets) - 1))]


def _best_reading(text: str, selections: Sequence[etree._Element]) -> _Reading:
    """The way of counting that fits most selections; the standard's if several fit alike."""
    readings = list(_readings(text))
    if not selections or len(readings) == 1:
        return readings[0]
    return max(readings, key=lambda reading: sum(_fit(text, selection, reading) for selection in selections))


def _readings(text: str) -> Iterator[_Reading]:
    """Ways to count the positions of a text, the standard's first."""
    body = len(text) > 0 and text[0] == _BOM
    points = list(range(len(text) + 1))
    # QualCoder for MAXQDA on Windows writes two carriage returns and a line feed for a line break
    inside = {offset for match in _LINE_BREAK.finditer(text) for offset in range(*match.span())[1:]}
    crlf = [offset for offset in points if offset not in inside]
    wide = [offset for offset in points for _ in range(2 if text[offset : offset + 1] > "\uffff" else 1)]
    wide_crlf = [offset for offset in crlf for _ in range(2 if text[offset : offset + 1] > "\uffff" else 1)]
    ways = [(points, ""), (crlf, "a line break of several characters is counted as one")]
    ways += [
        (wide, "positions are UTF-16 units"),
        (wide_crlf, "positions are UTF-16 units, a line break is one"),
    ]
    distinct: list[tuple[list[int], str]] = []
    for offsets, note in ways:
        # a byte order mark is no part of the text
        variants = [(offsets[1:], note), (offsets, f"{note}; the byte order mark is counted".strip("; "))]
        for variant in variants if body else [(offsets, note)]:
            if all(variant[0] != known[0] for known in distinct):
                distinct.append(variant)
    for inclusive in (False, True):
        for offsets, note in distinct:
            ending = "the last position is part of the segment" if inclusive else ""
            yield _Reading(offsets, inclusive, "; ".join(filter(None, (note, ending))))


def _fit(text: str, selection: etree._Element, reading: _Reading) -> int:
    """How well a reading fits: the name is the text (4) or begins it (2), and the ends are ends of words (1)."""
    start, end = reading.span(selection)
    words = " ".join(text[start:end].split())
    name = " ".join((selection.get("name") or "").rstrip("….").split())
    fits = 4 if words and words.rstrip("….") == name else 2 if name and words.startswith(name) else 0
    return fits + (
        _is_edge(text, start) and _is_edge(text, end) and text[start:end] == text[start:end].strip()
    )


def _is_edge(text: str, offset: int) -> bool:
    """Whether no word goes on across an offset."""
    return (
        not (text[offset - 1 : offset].isalnum() and text[offset : offset + 1].isalnum()) if offset else True
    )


def _texts(tables: Tables) -> Iterator[tuple[str, str]]:
    return zip(tables.articles["article_id"], tables.articles["text"], strict=True)
