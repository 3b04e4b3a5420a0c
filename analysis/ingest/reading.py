"""Read files, folders, globs or a data frame into the `articles` table, and list everything that was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.corpus import (
    LANGUAGES,
    MAX_CHARACTERS,
    UNDETERMINED,
    ArticleStore,
    ReadResult,
    StoreWriter,
    article_id,
    count_words,
    family_ids,
    language_of,
    refusal,
)
from analysis.errors import FramingError, ReadError, expect
from analysis.ingest.articles import Draft, Drafting, FindsOutlets
from analysis.ingest.columns import named_fields
from analysis.ingest.dates import DateOrder
from analysis.ingest.encoding import whole_characters
from analysis.ingest.files import FileItems, Found, common_base, find_all, path_text, read_file
from analysis.ingest.mixed import several_articles
from analysis.ingest.records import Item, Note, Record, Refusal, UnreadableFile
from analysis.ingest.rows import FRAME, read_frame
from analysis.ingest.spill import Spill
from analysis.rejects import reject
from analysis.schemas import TABLES
from analysis.study import ARTICLES

if TYPE_CHECKING:
    import pandas as pd

_NAMES_SHOWN = 5
_ROWS_AT_ONCE = 5_000  # articles that are put into the store together
_CHARACTERS_AT_ONCE = 10_000_000

Source = str | Path


def read(
    source: Source | pd.DataFrame | Sequence[Source],
    *,
    outlets: FindsOutlets | None = None,
    date_order: DateOrder | None = None,
    columns: Mapping[str, str] | None = None,
) -> ReadResult:
    """Read articles, and list everything that was refused.

    The text of an article is kept exactly as it is in its source, without a byte order mark, because offsets refer to
    it. Of an export with field codes (Nexis, Factiva, ProQuest ...), the text is what stands between the fields. An
    id that the source gives is kept. The id of a text file is its name, or its path within the folder if two
    files have the same name. Any other article gets a fingerprint of outlet, date, title and text as its id. The same
    text from two outlets is two articles of one family (see `analysis.corpus.families`). The outlet of a text file is
    its folder, if that folder is below the folder that is read. If an outer folder has the name of an outlet in
    `outlets`, that one counts. A folder whose name is a number is taken for a year or a day, not an outlet. Articles
    in any language are read; `analysis.annotate` refuses those in a language that it cannot measure.

    Parameters
    ----------
    source : str, path, data frame, or sequence of str and paths
        A file, a folder (with everything below it), a glob such as ``exports/*.csv``, several of them, or a data
        frame with one row per article and columns named as in a CSV file. Of a study folder, only its folder
        `articles` is read.
    outlets : Outlets, optional
        Gives outlets their canonical name and country.
    date_order : {'day', 'month'}, optional
        What comes first in dates such as 03/04/2022. If not given, the other dates of the file decide where they can.
    columns : mapping of str to str, optional
        Column by field, for tables whose column names are not known: ``{"date": "Day of print"}``. Fields are text,
        title, outlet, country, date, url, author and id. The columns of other fields are found as without it.

    Returns
    -------
    ReadResult
        The reasons in its rejects are `unreadable`, `format`, `binary`, `bad_json`, `bad_row`, `no_text`, `no_column`
        (a file of a folder has no column of a given name), `empty`, `too_long`, `too_large`, `nested`, `not_split`
        (several articles that could not be told apart), `url_list` (addresses without texts), `duplicate` (the same
        article twice) and `duplicate_id` (another one by that id).
        Its notes name dates that cannot be read, garbled texts and files that were left out.

    Raises
    ------
    ReadError
        There is nothing at `source`, or it is a single file that cannot be read. In a folder, a file that cannot be
        read is listed among the rejects.
    FramingError
        `columns` names an unknown field, or no file is a table.
    """
    reading = read_to_store(source, outlets=outlets, date_order=date_order, columns=columns)
    return ReadResult(reading.articles.frame(), reading.rejects, reading.notes, reading.formats)


@dataclass(frozen=True)
class Reading:
    """What was read of files whose articles need not fit into memory.

    Attributes
    ----------
    articles : ArticleStore
    rejects : pandas.DataFrame
        By the contract in `analysis.schemas`.
    notes : tuple of str
    formats : dict of str to str
        As in `analysis.corpus.ReadResult`.
    """

    articles: ArticleStore
    rejects: pd.DataFrame
    notes: tuple[str, ...]
    formats: dict[str, str]


def read_to_store(
    source: Source | pd.DataFrame | Sequence[Source],
    *,
    outlets: FindsOutlets | None = None,
    date_order: DateOrder | None = None,
    columns: Mapping[str, str] | None = None,
) -> Reading:
    """Read articles that need not fit into memory; see `read`.

    JSON lines, CSV, Parquet, Arrow and web archives are read article by article. A file of another format is read as
    a whole. The texts go to a temporary folder if they are many (TMPDIR says where).

    Parameters
    ----------
    source, outlets, date_order, columns
        See `read`.

    Returns
    -------
    Reading

    Raises
    ------
    ReadError
        See `read`.
    FramingError
        See `read`, or the temporary folder has not enough space.
    """
    import pandas as pd

    given = named_fields(columns or {})
    if isinstance(source, pd.DataFrame):
        collected = _Collected(outlets, date_order=date_order)
        collected.add(FRAME, FileItems(read_frame(source, given), str(FRAME)))
        return collected.result()
    sources = [source] if isinstance(source, str | Path) else source
    remedy = "give a file, a folder or a glob, such as 'articles.jsonl', a list of them, or a data frame"
    expect(sources, (list, tuple), what="source", expected="a path", remedy=remedy)
    if not sources:
        raise ReadError("source is empty, not a path", remedy=remedy)
    for one in sources:
        expect(one, (str, Path), what="source", expected="a path", remedy=remedy)
    found = find_all(sources)
    base = common_base(found)
    names = Counter(_name(path) for there in found for path in there.paths)
    notes = [note for there in found for note in _ignored(there)]
    collected = _Collected(outlets, notes=notes, date_order=date_order)
    has_table = False
    for there in found:
        for path in there.paths:
            try:
                read_items = read_file(path, given)
                has_table |= read_items.has_columns
                if read_items.named_by_file:
                    own = _name(path) if names[_name(path)] == 1 else _name(path, within=base)
                    read_items = _named(read_items, path_text(own), _outlet(path, there.base, outlets))
                collected.add(path, read_items)
            except UnreadableFile as error:
                if there.alone:
                    raise
                detail = str(error).removeprefix(str(path)).lstrip(",: ")  # source_file names it already
                collected.refuse(path, Refusal(None, error.reason, detail))
                continue
            if there.alone and read_items.is_one_article:
                collected.stop_if_not_split(path)
    if given and not has_table:
        raise FramingError(
            "columns are named, but no file is a table",
            remedy="name columns of CSV, TSV, Excel, Parquet, Arrow and JSON files",
        )
    return collected.result()


def _named(found: FileItems, article_id: str, outlet: str | None) -> FileItems:
    items = (_with(item, article_id=article_id, outlet=outlet) for item in found.items)
    return replace(found, items=items)


@dataclass
class _Collected:
    """The articles, rejects and notes collected so far."""

    outlets: FindsOutlets | None
    notes: list[str] = field(default_factory=list)
    date_order: DateOrder | None = None
    store: StoreWriter = field(default_factory=StoreWriter)
    waiting: list[dict[str, Any]] = field(
        default_factory=list
    )  # rows of articles on their way into the store
    rejects: list[dict[str, Any]] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)
    known: dict[str, tuple[str, Path]] = field(default_factory=dict)  # id to what it stands for, and where
    _n_characters: int = 0  # of the articles that wait

    def add(self, path: Path, found: FileItems) -> None:
        """Add what a reader finds in one file. Nothing is added if it raises `UnreadableFile`."""
        source = path_text(path)
        drafting, drafts = Drafting(self.outlets, self.date_order), Spill()
        told: list[str] = []
        refused: list[Refusal] = []
        for item in found.items:
            if isinstance(item, Note):
                told.append(whole_characters(item.text))
            elif isinstance(item, Refusal):
                refused.append(item)
            else:
                drafts.append(drafting.draft(item))
        dates, doubts = drafting.finish()
        self.formats[source] = found.name
        self.notes.extend(f"{source}: {note}" for note in (*told, *doubts))
        for why in refused:
            self.refuse(path, why)
        for draft, published in zip(drafts, dates, strict=True):
            self._add_article(path, draft, published, alone=found.is_one_article)

    def _add_article(self, path: Path, draft: Draft, published: datetime | None, *, alone: bool) -> None:
        fields, text = draft.fields, draft.fields["text"]
        day = published.isoformat() if published is not None else ""
        content = article_id(fields["outlet"], day, fields["title"], text)
        key = draft.article_id or content
        language = language_of(text) if len(text) <= MAX_CHARACTERS else UNDETERMINED
        reason = (
            _damage(text)
            or refusal(text, language, languages={language})
            or several_articles(text, alone=alone)
            or self._repetition(key, content)
        )
        if reason is not None:
            self.refuse(path, Refusal(draft.row, *reason, fields["title"], draft.article_id))
            return
        self.known[key] = (content, path)
        if draft.row is not None and language not in LANGUAGES:
            self.store.rows[key] = draft.row
        self.waiting.append(
            {
                **fields,
                **draft.extra,
                "article_id": key,
                "published": published,
                "language": language,
                "family_id": key,
                "n_words": count_words(text),
                "source_file": path_text(path),
            }
        )
        self._n_characters += len(text)
        if len(self.waiting) >= _ROWS_AT_ONCE or self._n_characters >= _CHARACTERS_AT_ONCE:
            self._store()

    def _store(self) -> None:
        self.store.add(TABLES["articles"].frame(self.waiting))
        self.waiting, self._n_characters = [], 0

    def _repetition(self, key: str, content: str) -> tuple[str, str] | None:
        first, path = self.known.get(key, (None, None))
        if path is None:
            return None
        if first == content:
            return "duplicate", f"the same article is already in {path_text(path)}; it is measured once"
        return (
            "duplicate_id",
            f"another article in {path_text(path)} has the same id '{key}'; "
            "give each article its own id, or leave the ids out",
        )

    def stop_if_not_split(self, path: Path) -> None:
        """Raise if the only file was taken for one article, but seems to hold several."""
        if self.rejects and self.rejects[-1]["reason"] == "not_split":
            raise UnreadableFile(self.rejects[-1]["detail"], path=path, reason="not_split")

    def refuse(self, path: Path, why: Refusal) -> None:
        """Add a reject."""
        self.rejects.append(
            reject(
                path_text(path),
                why.reason,
                whole_characters(why.detail),
                row=why.row,
                article_id=whole_characters(why.article_id or ""),
                title=whole_characters(why.title or ""),
            )
        )

    def result(self) -> Reading:
        """Return everything that was collected."""
        self._store()
        articles = self.store.finish()
        found = family_ids(articles.parts()).set_index("article_id")["family_id"]
        rejects = TABLES["rejects"].frame(self.rejects)
        return Reading(articles.with_families(found), rejects, tuple(self.notes), self.formats)


def _damage(text: str) -> tuple[str, str] | None:
    if "\x00" in text:
        return "binary", "the text contains NUL characters, a sign of a wrong encoding; export it as UTF-8"
    return None


def _name(path: Path, *, within: Path | None = None) -> str:
    """Return the name of a file, or its path within a folder, without suffixes."""
    stem = path.name.removesuffix(path.suffix) if path.suffix.lower() != ".gz" else Path(path.stem).stem
    return stem if within is None else (path.parent.relative_to(within) / stem).as_posix()


def _outlet(path: Path, base: Path, outlets: FindsOutlets | None) -> str | None:
    """Return the folder that names the outlet of a file: an outlet of the study, else the nearest with letters."""
    folders = [name for name in reversed(path.relative_to(base).parts[:-1]) if any(map(str.isalpha, name))]
    listed = [name for name in folders if outlets is not None and outlets.find(name)]
    return next(iter(listed or folders), None)


def _with(item: Item, **fields: str | None) -> Item:
    return Record(item.row, {**fields, **item.fields}) if isinstance(item, Record) else item


def _ignored(found: Found) -> list[str]:
    notes = [f"{path_text(folder)}: skipped, because it holds results" for folder in found.results]
    notes += [
        f"{path_text(folder)}: a study folder; only the articles in its folder {ARTICLES} are read"
        for folder in found.studies
    ]
    if not found.ignored:
        return notes
    shown = ", ".join(
        path_text(path.relative_to(found.base).as_posix()) for path in found.ignored[:_NAMES_SHOWN]
    )
    more = ", ..." if len(found.ignored) > _NAMES_SHOWN else ""
    files = f"{len(found.ignored):,} file{'s' if len(found.ignored) > 1 else ''}"
    return [*notes, f"{path_text(found.base)}: {files} skipped, not in a format for articles: {shown}{more}"]
