"""A file, a folder or a glob into the `articles` table, with everything refused beside it."""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from analysis.corpus import MAX_CHARACTERS, Reading, article_id, count_words, language_of, refusal
from analysis.errors import ReadError
from analysis.ingest.dates import parse_dates
from analysis.ingest.delimited import read_delimited
from analysis.ingest.encoding import looks_garbled
from analysis.ingest.json_lines import read_json
from analysis.ingest.pages import read_page, read_plain
from analysis.ingest.records import Record, Refusal
from analysis.ingest.workbook import read_excel, read_parquet
from analysis.schemas import TABLES

if TYPE_CHECKING:
    from analysis.study.outlets import Outlet

Reader = Callable[[Path], list[Record | Refusal]]

READERS: dict[str, Reader] = {
    ".jsonl": read_json,
    ".ndjson": read_json,
    ".json": read_json,
    ".jsonl.gz": read_json,
    ".json.gz": read_json,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".tab": read_delimited,
    ".xlsx": read_excel,
    ".xlsm": read_excel,
    ".parquet": read_parquet,
    ".txt": read_plain,
    ".html": read_page,
    ".htm": read_page,
}
UNKNOWN_OUTLET = "unknown"


class FindsOutlets(Protocol):
    """What `read` needs of a study's outlets."""

    def find(self, name: str) -> Outlet | None: ...


@dataclass(frozen=True)
class _Found:
    """A record and the file it comes from."""

    path: Path
    record: Record


def read(source: str | Path, *, outlets: FindsOutlets | None = None) -> Reading:
    """Read articles, and list everything that was refused.

    Parameters
    ----------
    source : str or path
        A file, a folder (with everything below it), or a glob such as "exports/*.csv".
    outlets : Outlets, optional
        Gives outlets their canonical name and country.

    Returns
    -------
    Reading

    Raises
    ------
    ReadError
        There is nothing at `source`, or the one file it names cannot be read. In a folder, a file that cannot be
        read is among the rejects.
    """
    paths = list(_paths(str(source)))
    rejects: list[dict[str, Any]] = []
    found: list[_Found] = []
    for path in paths:
        try:
            records = _reader(path)(path)
        except ReadError as error:
            if len(paths) == 1:
                raise
            rejects.append(_reject(path, Refusal(None, "unreadable", str(error))))
            continue
        for record in records:
            if isinstance(record, Refusal):
                rejects.append(_reject(path, record))
            else:
                found.append(_Found(path, record))
    notes: dict[tuple[str, str], list[str]] = {}
    rows = _rows(found, outlets, notes)
    articles = TABLES["articles"].frame(list(_kept(_unique(rows, rejects), rejects)))
    return Reading(articles, TABLES["rejects"].frame(rejects), tuple(_sentences(notes)))


def _paths(source: str) -> Iterator[Path]:
    path = Path(source)
    if path.is_dir():
        files = [p for p in sorted(path.rglob("*")) if p.is_file() and not p.name.startswith(".")]
        known = [p for p in files if _suffix(p) in READERS]
        if not known:
            raise ReadError(
                "no file in this folder can be read", path=path, remedy=f"formats: {', '.join(READERS)}"
            )
        yield from known
    elif path.exists():
        yield path
    else:
        matches = sorted(glob.glob(source, recursive=True))  # noqa: PTH207  takes absolute patterns, too
        if not matches:
            raise ReadError("no such file or folder", path=path, remedy="check the path")
        yield from (Path(match) for match in matches if Path(match).is_file())


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return "".join(suffixes[-2:]) if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])


def _reader(path: Path) -> Reader:
    try:
        return READERS[_suffix(path)]
    except KeyError:
        raise ReadError(
            f"'{path.suffix}' files are not read", path=path, remedy=f"formats: {', '.join(READERS)}"
        ) from None


def _rows(
    found: list[_Found], outlets: FindsOutlets | None, notes: dict[tuple[str, str], list[str]]
) -> Iterator[tuple[_Found, dict[str, Any]]]:
    """Rows of the articles table; dates are read file by file, since a file writes all of them alike."""
    stems = _unclear_stems(found)
    for path, group in _by_file(found):
        dates = parse_dates([item.record.fields.get("published") for item in group])
        for item, published in zip(group, dates, strict=True):
            fields = {name: _text(value) for name, value in item.record.fields.items()}
            listed = _listed(fields.get("outlet", ""), outlets)
            outlet = listed.name if listed else fields.get("outlet") or UNKNOWN_OUTLET
            text, title = fields.get("text", ""), fields.get("title", "")
            given = fields.get("article_id", "").strip()
            if item.record.row is None and given in stems:
                given = path.with_suffix("").as_posix()
            day = published.isoformat() if published else ""
            if published is None and fields.get("published"):
                notes.setdefault((str(path), "date"), []).append(item.record.row or path.name)
            if looks_garbled(text):
                notes.setdefault((str(path), "garbled"), []).append(item.record.row or path.name)
            yield (
                item,
                {
                    "article_id": given or article_id(outlet, day, title, text),
                    "outlet": outlet,
                    "outlet_country": listed.country if listed else fields.get("outlet_country") or None,
                    "published": published,
                    "title": title,
                    "text": text,
                    "url": fields.get("url") or None,
                    "author": fields.get("author") or None,
                    "source_file": str(path),
                },
            )


def _unique(
    rows: Iterable[tuple[_Found, dict[str, Any]]], rejects: list[dict[str, Any]]
) -> Iterator[tuple[_Found, dict[str, Any]]]:
    """The rows without repetitions; a repeated article or id is rejected."""
    seen: dict[str, dict[str, Any]] = {}
    for item, row in rows:
        first = seen.setdefault(row["article_id"], row)
        if first is row:
            yield item, row
        elif (first["text"], first["title"], first["outlet"]) == (row["text"], row["title"], row["outlet"]):
            detail = f"the same article is in {first['source_file']} already; it is measured once"
            rejects.append(_refused(item, row, "duplicate", detail))
        else:
            detail = (
                f"another article has the id '{row['article_id']}'; give each its own, or drop that column"
            )
            rejects.append(_refused(item, row, "duplicate_id", detail))


def _kept(
    rows: Iterable[tuple[_Found, dict[str, Any]]], rejects: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The rows that can be measured, each with its words, its language and its own family."""
    for item, row in rows:
        text = row["text"]
        language = "und" if len(text) > MAX_CHARACTERS else language_of(text)
        if reason := refusal(text, language):
            rejects.append(_refused(item, row, *reason))
            continue
        yield {**row, "language": language, "family_id": row["article_id"], "n_words": count_words(text)}


def _sentences(notes: dict[tuple[str, str], list[str]]) -> Iterator[str]:
    """What the notes say, one sentence per file and kind."""
    for (path, kind), rows in notes.items():
        shown = ", ".join(rows[:5]) + (f" and {len(rows) - 5:,} more" if len(rows) > 5 else "")
        if kind == "date":
            yield f"{path}: {len(rows):,} dates could not be read and were left empty (row {shown})"
        else:
            yield f"{path}: {len(rows):,} texts look garbled (as 'â€™'); export them as UTF-8 (row {shown})"


def _unclear_stems(found: list[_Found]) -> set[str]:
    """File names that several text files share, so that they are no ids."""
    stems = Counter(item.record.fields.get("article_id") for item in found if item.record.row is None)
    return {stem for stem, count in stems.items() if stem and count > 1}


def _by_file(found: list[_Found]) -> Iterator[tuple[Path, list[_Found]]]:
    groups: dict[Path, list[_Found]] = {}
    for item in found:
        groups.setdefault(item.path, []).append(item)
    yield from groups.items()


def _listed(name: str, outlets: FindsOutlets | None) -> Outlet | None:
    return outlets.find(name) if outlets is not None and name.strip() else None


def _text(value: Any) -> str:
    """A cell as text; lists (of authors) are joined, missing values are empty."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(_text(part) for part in value)
    return value if isinstance(value, str) else str(value)


def _refused(item: _Found, row: dict[str, Any], reason: str, detail: str) -> dict[str, Any]:
    return _reject(item.path, Refusal(item.record.row, reason, detail, row["title"], row["article_id"]))


def _reject(path: Path, why: Refusal) -> dict[str, Any]:
    return {
        "source_file": str(path),
        "row": why.row,
        "article_id": why.article_id,
        "title": why.title,
        "reason": why.reason,
        "detail": why.detail,
    }
