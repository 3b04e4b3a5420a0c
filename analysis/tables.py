"""`Tables`: everything measured on a set of articles, as data frames in memory and Parquet files on disk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from analysis.dataset.metadata import metadata
from analysis.dataset.storage import InMemory, OnDisk, Recent, TableData, article_of
from analysis.display.article import AnnotatedArticle, annotated
from analysis.display.tables import tables_html
from analysis.errors import FramingError, expect
from analysis.provenance import published_run
from analysis.schemas import TABLES, UNATTRIBUTED
from analysis.standoff import ANCHORS, ORIGINALS, TitleWords, join_text, remove_text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset, Shard
    from analysis.study import Study


class _Frame:
    """A table of `Tables` as a data frame, which is read from its folder when it is first used."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tables: Tables | None, owner: type | None = None) -> pd.DataFrame:
        if tables is None:
            raise AttributeError(self._name)  # the field of the data class has no default
        return _frame(tables.data(self._name), self._name)

    def __set__(self, tables: Tables, value: pd.DataFrame | TableData) -> None:
        tables.__dict__[self._name] = _stored(value)


class _Further(Mapping[str, "pd.DataFrame"]):
    """The tables of further measures as data frames, which are read when they are first used."""

    def __init__(self, tables: Mapping[str, pd.DataFrame | TableData]) -> None:
        self.data = {name: _stored(table) for name, table in tables.items()}

    def __getitem__(self, name: str) -> pd.DataFrame:
        return _frame(self.data[name], name)

    def __contains__(self, name: object) -> bool:
        return name in self.data  # that of Mapping would read the table

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


def _stored(value: pd.DataFrame | TableData) -> TableData:
    return value if isinstance(value, (InMemory, OnDisk)) else InMemory(value)


def _frame(data: TableData, name: str) -> pd.DataFrame:
    """The whole table as a data frame; one that is read from a folder is checked against its contract."""
    return (
        data.rows if isinstance(data, InMemory) else data.once("frame", lambda: _checked(data.frame(), name))
    )


@dataclass(frozen=True)
class Tables:
    """The tables of one run; `analysis.schemas.TABLES` describes every column.

    The tables of a results folder are read when they are first used. `sql`, `iter`, `select` and the functions of
    `analysis.compare` and `analysis.figures` work on folders that are larger than memory.

    Attributes
    ----------
    articles, sentences, quotes, quote_spans, mentions, themes, tones, relations, rejects : pandas.DataFrame
    run : dict
        How the tables were made: input fingerprint, versions, models, codebook (see `analysis.provenance`).
    study : Study, optional
        The study that was measured. It is saved and loaded with the tables.
    further : dict of str to pandas.DataFrame
        The tables of measures that `analysis.schemas` does not list, by name.

    Examples
    --------
    >>> tables = analysis.load_tables("results")
    >>> tables.themes[["article_id", "theme", "text", "voice"]].columns.tolist()  # a data frame like any other
    ['article_id', 'theme', 'text', 'voice']
    >>> some = tables.select(tables.articles.query("outlet == 'Meridian Post'")["article_id"])
    >>> len(some.articles), set(some.quotes["article_id"]) <= set(some.articles["article_id"])
    (7, True)
    """

    articles: _Frame = _Frame()
    sentences: _Frame = _Frame()
    quotes: _Frame = _Frame()
    quote_spans: _Frame = _Frame()
    mentions: _Frame = _Frame()
    themes: _Frame = _Frame()
    tones: _Frame = _Frame()
    relations: _Frame = _Frame()
    rejects: _Frame = _Frame()
    run: dict[str, Any] = field(default_factory=dict, repr=False)
    study: Study | None = field(default=None, repr=False)
    further: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.further, _Further):
            object.__setattr__(self, "further", _Further(self.further))

    @classmethod
    def from_rows(cls, rows: dict[str, list[dict[str, Any]]], *, articles: pd.DataFrame) -> Tables:
        """Tables out of rows as the annotators give them; tables without rows are empty."""
        frames: dict[str, Any] = {
            name: table.frame(rows.get(name, [])) for name, table in TABLES.items() if name != "articles"
        }
        return cls(articles=articles, **frames)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(self.data(name)):,}" for name in TABLES)
        return f"Tables({sizes})"

    def _repr_html_(self) -> str:
        return tables_html(self.metadata, {name: len(self.data(name)) for name in TABLES}, self.run)

    def data(self, name: str) -> TableData:
        """Return where the rows of a table are, in memory or on disk."""
        if name in TABLES:
            return cast(TableData, self.__dict__[name])
        return cast(_Further, self.further).data[name]

    def _with(self, **changed: Any) -> Tables:
        """Return the tables with some of their fields replaced; unlike `dataclasses.replace`, it reads no table."""
        kept = {name: self.__dict__[name] for name in (*TABLES, "run", "study", "further")}
        return Tables(**{**kept, **changed})

    @property
    def origin(self) -> Tables:
        """The tables from which these were selected, or these tables."""
        return cast(Tables, self.__dict__.get("_origin", self))

    @cached_property
    def recent(self) -> Recent:
        """What was derived from the texts last, for figures after one another."""
        return Recent()

    @property
    def metadata(self) -> pd.DataFrame:
        """The table `articles` without texts and addresses, sorted by article_id.

        In tables that are read from a folder, author, source_file and further fields of the source are categories.
        """
        return metadata(self.data("articles"))

    def sql(self, query: str) -> pd.DataFrame:
        """Run a query on the tables in DuckDB, which works on results that are larger than memory.

        Parameters
        ----------
        query : str
            One statement that only reads. The tables are known by their names. Other files, the network and Python
            variables cannot be read.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        FramingError
            The statement is not a query, or cannot be run.

        Examples
        --------
        >>> tables = analysis.load_tables("results")
        >>> counts = tables.sql("SELECT side, count(*) AS n FROM quotes GROUP BY side ORDER BY side")
        >>> int(counts["n"].sum()) == len(tables.quotes)
        True
        """
        from analysis.dataset.query import query as run

        names = (*TABLES, *self.further)
        return run({name: self.data(name) for name in names}, query)

    def iter(self, name: str) -> Iterator[pd.DataFrame]:
        """Yield a table shard by shard, so that it need not fit into memory.

        Parameters
        ----------
        name : str
            A table, such as 'themes'.

        Yields
        ------
        pandas.DataFrame
            All rows of some of the articles.

        Raises
        ------
        FramingError
            There is no such table.

        Examples
        --------
        >>> tables = analysis.load_tables("results")
        >>> sum(len(themes) for themes in tables.iter("themes")) == len(tables.themes)
        True
        """
        known = (*TABLES, *self.further)
        if name not in known:
            raise FramingError(f"there is no table '{name}'", remedy=f"choose from: {', '.join(known)}")
        data = self.data(name)
        yield from (rows for _, rows in data.by_shard())

    def shards(self) -> Iterator[Tables]:
        """Yield the tables in pieces that fit into memory. All rows of an article are in one piece."""
        articles = self.data("articles")
        if isinstance(articles, InMemory):
            yield self
            return
        last = not len(self.metadata)  # without articles, one empty piece
        for number in articles.shards or (0,):
            part = self._shard(number)
            if len(part.articles) or last:
                last = False
                yield part

    def _shard(self, number: int) -> Tables:
        """Return the tables of one shard of a folder, with its articles in memory."""
        names = [name for name in (*TABLES, *self.further) if name != "rejects"]
        rows: dict[str, Any] = {
            name: data.some_shards([number]) for name in names if isinstance(data := self.data(name), OnDisk)
        }
        is_whole = len(rows) == len(names)
        rows["articles"] = next(rows["articles"].by_shard())[1]
        further = {name: rows.pop(name, self.data(name)) for name in self.further}
        part = self._with(**rows, further=further)
        return part if is_whole else part.select(part.articles["article_id"])

    def sample(self, n: int) -> Tables:
        """Return the tables of `n` articles that are chosen at random, always the same ones.

        Parameters
        ----------
        n : int
            At least 1. The sample of a folder is from few of its shards, to which a hash assigns the articles.

        Returns
        -------
        Tables
            These tables, if they have no more articles.

        Raises
        ------
        FramingError
            `n` is below 1.
        """
        from analysis.dataset.layout import shards_of

        if n < 1:
            raise FramingError(f"the number of articles must be at least 1, got {n}")
        articles = self.data("articles")
        ids = self.metadata["article_id"]
        if len(ids) <= n:
            return self
        enough = self
        if isinstance(articles, OnDisk):
            kept = articles.shards[: 2 + round(len(articles.shards) * n / len(ids))]
            changed = {
                name: data.some_shards(kept)
                for name in (*TABLES, *self.further)
                if isinstance(data := self.data(name), OnDisk)
            }
            further = {name: changed.pop(name, self.data(name)) for name in self.further}
            enough = self._with(**changed, further=further)
            ids = enough.metadata["article_id"]
        order = shards_of(ids, 2**60).argsort(kind="stable")
        return enough.select(ids.iloc[order[:n]])

    def with_columns(self, added: pd.DataFrame) -> Tables:
        """Return the tables with further columns of `articles`, for use in `by=`.

        Parameters
        ----------
        added : pandas.DataFrame
            One row per article, with the article_id as index.

        Returns
        -------
        Tables

        Examples
        --------
        >>> tables = analysis.load_tables("results")
        >>> long = tables.metadata.set_index("article_id")["n_words"] > 280
        >>> longer = tables.with_columns(long.map({True: "long", False: "short"}).to_frame("length"))
        >>> sorted(set(longer.articles["length"]))
        ['long', 'short']
        """
        made = self._with(articles=self.data("articles").with_columns(added))
        made.__dict__["recent"] = self.recent  # the texts are the same
        return made

    def article(self, article_id: str) -> AnnotatedArticle:
        """One article with its quotes, themes and actors marked; JupyterLab shows it with a legend.

        Parameters
        ----------
        article_id : str

        Returns
        -------
        AnnotatedArticle

        Raises
        ------
        FramingError
            There is no such article.
        """
        return self._annotated(article_id, None)

    def quote(self, quote_id: str) -> AnnotatedArticle:
        """One quote in the paragraph it stands in.

        Parameters
        ----------
        quote_id : str

        Returns
        -------
        AnnotatedArticle
            The passage alone, with everything that was found in it.

        Raises
        ------
        FramingError
            There is no such quote.
        """
        row = _only(self.data("quotes"), "quote_id", quote_id)
        one = self.select([row["article_id"]])
        text = one.articles["text"].iloc[0]
        spans = one.quote_spans[one.quote_spans["quote_id"] == quote_id]
        first = text.rfind("\n", 0, int(spans["start"].min())) + 1
        last = text.find("\n", int(spans["end"].max()))
        return self._annotated(row["article_id"], (first, len(text) if last < 0 else last))

    def _annotated(self, article_id: str, passage: tuple[int, int] | None) -> AnnotatedArticle:
        article = _only(self.data("articles"), "article_id", article_id)
        chosen = self.select([article_id])
        study = self.study
        # "Side unknown", the label in figures, would read as part of the sentence in a text
        labels = {**study.theme_labels, **study.side_labels, UNATTRIBUTED: UNATTRIBUTED} if study else {}
        return annotated(
            article,
            *(
                getattr(chosen, name).to_dict("records")
                for name in ("quotes", "quote_spans", "themes", "mentions")
            ),
            colours=study.side_colours if study else {},
            labels=labels,
            passage=passage,
        )

    @property
    def has_text(self) -> bool:
        """Whether the tables hold the words of the articles; see `without_text`."""
        return ORIGINALS not in self.further

    def expect_text(self, what: str) -> None:
        """Check that the tables hold the words of the articles.

        Parameters
        ----------
        what : str
            What needs them, for the message.

        Raises
        ------
        FramingError
            The words were removed.
        """
        if not self.has_text:
            raise FramingError(
                f"these tables have no texts, and {what} reads the words of the articles",
                remedy="put the words back with analysis.join_texts(tables, articles)",
            )

    def without_text(self, *, titles: TitleWords = "outline", keep: Collection[str] = ()) -> Tables:
        """Return the tables without the words of the articles, so that they can be passed on.

        Every text is replaced by its outline: a text of the same length with an "x" for each character of a word.
        Spans, voices, sides, themes, tone and counts stay, and statistics that do not read words give the same
        results. The texts cannot be rebuilt. Tables of further measures are left
        out, since they may hold words. `analysis.join_texts` puts the words back for whoever has the articles.

        Parameters
        ----------
        titles : {'outline', 'keep'}
            Replace headlines by their outline, or keep them.
        keep : collection of str
            Names of `extra_*` columns of `articles` to keep. The others are left out, since they may hold text.

        Returns
        -------
        Tables

        Raises
        ------
        FramingError
            There is no such extra column, an unknown choice for `titles`, or the tables have no texts already.

        Examples
        --------
        >>> tables = analysis.load_tables("results")
        >>> public = tables.without_text()
        >>> set(public.articles["text"].iloc[0]) >= set("x ")
        True
        >>> public.sentences.equals(tables.sentences)
        True
        """
        self.expect_text("without_text")
        frames = remove_text({name: getattr(self, name) for name in TABLES}, titles=titles, keep=keep)
        more = {name: frames.pop(name) for name in (ORIGINALS, ANCHORS)}
        return self._with(**frames, run=published_run(self.run), further=more)

    def check(self) -> Tables:
        """Check every table against its contract and return the tables.

        Raises
        ------
        FramingError
            A table does not match its schema; the message names the table, the column and the first invalid rows.
        """
        for name, table in TABLES.items():
            table.check(getattr(self, name))
        return self

    def select(self, article_ids: Iterable[str]) -> Tables:
        """Return the tables of some of the articles. All rejects are kept, because they belong to the run."""
        import pandas as pd

        wanted = pd.Index(list(article_ids), dtype="str").unique()
        names = [name for name in (*TABLES, *self.further) if name not in ("rejects", "quote_spans")]
        chosen: dict[str, TableData] = {name: self.data(name).select(wanted) for name in names}
        spans = self.data("quote_spans")
        if isinstance(spans, InMemory):
            quotes = chosen["quotes"].frame(["quote_id"])["quote_id"]
            spans = InMemory(spans.rows[spans.rows["quote_id"].isin(quotes)].reset_index(drop=True))
        else:
            spans = spans.select(wanted)
        further = {name: chosen.pop(name) for name in self.further}
        made = self._with(**chosen, quote_spans=spans, further=further)
        made.__dict__["_origin"] = self.origin
        return made

    def with_rejects(self, *others: pd.DataFrame | None) -> Tables:
        """Return the tables with more rejects, the earliest first.

        Articles that are among the rejects are removed from `articles`: an article is either measured or refused.
        """
        from analysis.dataset import rejects

        failed = set(self.rejects["article_id"].dropna())
        kept = self.articles[~self.articles["article_id"].isin(failed)].reset_index(drop=True)
        return self._with(articles=kept, rejects=rejects.join((*reversed(others), self.rejects)))

    def with_further(self, **tables: pd.DataFrame) -> Tables:
        """Return the tables with further ones, by name."""
        return self._with(further={**self.further, **tables})

    def with_origin(self, run: dict[str, Any], study: Study) -> Tables:
        """Return the tables with the record of their run and their study."""
        return self._with(run=run, study=study)

    def study_or_error(self) -> Study:
        """Return the study of the tables.

        Raises
        ------
        FramingError
            The tables have no study.
        """
        if self.study is None:
            raise FramingError(
                "these tables have no study, which names their themes and sides",
                remedy="make them with analysis.annotate, or load a folder that Tables.save wrote",
            )
        return self.study

    def save(self, folder: str | Path) -> Path:
        """Write the tables as a results folder.

        Each table is a folder with one Parquet file per shard of about 500 articles; see `analysis.dataset` for the
        layout. Results that the folder already holds are replaced when the new ones are complete. An interruption
        leaves the old results as they were.

        Parameters
        ----------
        folder : path
            Made if it is missing.

        Returns
        -------
        pathlib.Path
            The folder.

        Raises
        ------
        FramingError
            The folder cannot be written, or another run is writing there.
        """
        from analysis.dataset import arrow, rejects
        from analysis.dataset.folder import commit
        from analysis.dataset.lock import locked

        self.check()
        folder = Path(folder)
        families = arrow.from_frame(self.articles, arrow.FAMILIES)
        with locked(folder):
            commit(
                folder,
                run=self.run,
                finished=self._write_shards(folder),
                families=families,
                rejects=rejects.to_csv(self.rejects),
                study=self.study,
            )
        return folder

    def save_changed(self, folder: str | Path, change: Callable[[Tables], Tables]) -> Path:
        """Write the tables after a change of each shard, so that tables of a folder need not fit into memory.

        Parameters
        ----------
        folder : path
        change : callable
            Tables -> tables of the same articles. The rows of an article must not depend on other articles.

        Returns
        -------
        pathlib.Path
            The folder, with the same files as ``change(tables).save(folder)``.

        Raises
        ------
        FramingError
            As for `save`.
        """
        from analysis.dataset import arrow, rejects
        from analysis.dataset.folder import commit
        from analysis.dataset.layout import n_shards_for
        from analysis.dataset.lock import locked

        articles, n_articles = self.data("articles"), len(self.metadata)
        if not isinstance(articles, OnDisk) or len(articles.shards) != n_shards_for(n_articles):
            return change(self).save(folder)
        folder, finished, changed = Path(folder), [], self
        with locked(folder):
            for number in articles.shards:
                changed = change(self._shard(number)).check()
                finished.append(changed.write_as_shard(folder, number))
            commit(
                folder,
                run=changed.run,
                finished=finished,
                families=arrow.from_frame(self.metadata, arrow.FAMILIES),
                rejects=rejects.to_csv(changed.rejects),
                study=changed.study,
            )
        return folder

    def _write_shards(self, folder: Path) -> list[Shard]:
        """Write the tables in shards, as `analysis.annotate` would have written them."""
        from analysis.dataset import arrow, layout

        n_shards = layout.n_shards_for(len(self.articles))
        frames = {**{name: getattr(self, name) for name in arrow.STORED}, **self.further}
        shard_of = dict(
            zip(
                self.articles["article_id"],
                layout.shards_of(self.articles["article_id"], n_shards),
                strict=True,
            )
        )
        shard_of_quote = self.quotes.set_index("quote_id")["article_id"].map(shard_of)
        numbers = {
            name: frame["article_id"].map(shard_of)
            if "article_id" in frame
            else frame["quote_id"].map(shard_of_quote)
            for name, frame in frames.items()
        }
        return [
            self._write_shard(
                folder, number, {name: frame[numbers[name] == number] for name, frame in frames.items()}
            )
            for number in range(n_shards)
        ]

    def write_as_shard(self, folder: Path, number: int) -> Shard:
        """Write all rows as one shard of a results folder; `analysis.dataset.commit` makes it part of the results.

        Parameters
        ----------
        folder : path
        number : int

        Returns
        -------
        Shard
        """
        from analysis.dataset import arrow

        frames = {name: getattr(self, name) for name in arrow.STORED}
        return self._write_shard(folder, number, {**frames, **self.further})

    def _write_shard(self, folder: Path, number: int, frames: Mapping[str, pd.DataFrame]) -> Shard:
        from analysis.dataset import arrow, parts, shards
        from analysis.provenance import environment_fingerprint

        ordered = {}
        for name, frame in frames.items():
            contract = arrow.STORED.get(name)
            rows = arrow.from_frame(frame, contract)
            ordered[name] = rows if contract is None else arrow.sort_by_key(rows, contract.key)
        environment = environment_fingerprint(self.run)
        mark = shards.shard_fingerprint(environment, parts.parquet(ordered["articles"]))
        return shards.write_shard(folder, number, mark, ordered)


def load_tables(folder: str | Path) -> Tables:
    """Read the tables that `Tables.save` or `framing annotate` wrote.

    Parameters
    ----------
    folder : path

    Returns
    -------
    Tables

    Raises
    ------
    ReadError
        The folder has no complete results, or one of its files is missing or damaged.
    FramingError
        A table does not match its schema.

    Examples
    --------
    >>> tables = analysis.load_tables("results")
    >>> tables
    Tables(articles 52, sentences ..., quotes ..., rejects 0)
    """
    from analysis.dataset import arrow, open_dataset

    expect(
        folder,
        (str, Path),
        what="folder",
        expected="a path",
        remedy='for instance analysis.load_tables("results")',
    )
    dataset = open_dataset(Path(folder))
    _expect_columns(dataset)
    # in one piece each, because some rows of a column in many pieces cannot be taken without joining all
    families = dataset.read(arrow.FAMILIES.name).combine_chunks()
    return tables_of(dataset, families.to_pandas().set_index("article_id"))


def tables_of(dataset: Dataset, families: pd.DataFrame) -> Tables:
    """Return the tables of an open results folder.

    Parameters
    ----------
    dataset : Dataset
        Its shards are read.
    families : pandas.DataFrame
        The column `family_id`, with the article_id as index.

    Returns
    -------
    Tables
    """
    from analysis.dataset import rejects

    numbers = tuple(shard.number for shard in dataset.shards)
    recent = Recent()
    data: dict[str, Any] = {name: OnDisk(dataset, name, numbers, recent=recent) for name in dataset.names}
    data["articles"] = data["articles"].with_columns(families)
    further = {name: data.pop(name) for name in dataset.names if name not in TABLES}
    return Tables(
        **data,
        rejects=rejects.from_csv(dataset.rejects),
        run=dataset.run,
        study=dataset.study,
        further=further,
    )


def _expect_columns(dataset: Dataset) -> None:
    """Raise an error if the tables lack columns that this version needs."""
    from analysis.dataset import arrow
    from analysis.dataset.parts import MEASURE_AGAIN

    for name in arrow.STORED:
        known = dataset.columns(name)
        missing = [column for column in TABLES[name].columns if column not in (*known, "family_id")]
        if known and missing:
            raise FramingError(
                f"this table was written by another version of the toolkit: it has no column '{missing[0]}'",
                path=dataset.folder / name,
                remedy=MEASURE_AGAIN,
            )


def _checked(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Check a table that was read from a folder against its contract."""
    if name not in TABLES:
        return frame
    table = TABLES[name]
    added = frame.columns.difference([*table.columns, *table.further_columns(frame.columns)])
    try:
        table.check(frame.drop(columns=added))
        return frame
    except FramingError as error:
        raise FramingError(
            f"this table was written by another version of the toolkit: {error}",
            remedy="measure the articles again: framing annotate ARTICLES --out FOLDER --overwrite",
        ) from None


def join_texts(tables: Tables, articles: pd.DataFrame) -> tuple[Tables, pd.DataFrame]:
    """Put the words of articles back into tables without text.

    A text is taken for a copy of an article if it is the same, has the same URL or the same outlet and headline, or
    has half of the sampled word sequences by which the article is recognised. If the texts differ, spans are moved to
    where their words stand in the copy. Spans that have no counterpart are left out and counted.

    Parameters
    ----------
    tables : Tables
        As `Tables.without_text` returns them.
    articles : pandas.DataFrame
        With the columns text, and where known title, url and outlet, as `analysis.read_articles` returns them.

    Returns
    -------
    joined : Tables
        The articles that were found, with their words.
    report : pandas.DataFrame
        One row per article of `tables`: article_id, match ('same text', 'same URL', 'same headline', 'similar text'
        or 'missing'), words_aligned (share of its words), spans, spans_lost.

    Raises
    ------
    FramingError
        The tables have their texts.

    Examples
    --------
    >>> tables = analysis.load_tables("results")
    >>> joined, report = analysis.join_texts(tables.without_text(), tables.articles)
    >>> joined.quotes["content"].equals(tables.quotes["content"]), int(report["spans_lost"].sum())
    (True, 0)
    """
    frames = {name: getattr(tables, name) for name in TABLES}
    joined = join_text({**frames, **tables.further}, articles)
    further = {name: table for name, table in joined.frames.items() if name not in TABLES}
    made = {name: joined.frames[name] for name in TABLES}
    return Tables(**made, run=tables.run, study=tables.study, further=further), joined.report


def _only(data: TableData, key: str, value: str) -> dict[str, Any]:
    """The row with this key."""
    import pandas as pd

    if isinstance(data, OnDisk):  # reads one shard
        data = data.select(pd.Index([article_of(value) if key == "quote_id" else value]))
    found = data.frame()
    rows = found[found[key] == value].to_dict("records")
    if not rows:
        some = ", ".join(found[key].head(3))
        raise FramingError(
            f"there is no {key} {value!r}", remedy=f"the first ids are {some}" if some else None
        )
    return {str(name): cell for name, cell in rows[0].items()}


assert {f.name for f in fields(Tables)} == {*TABLES, "run", "study", "further"}, (
    "a table of the schemas is missing in Tables"
)
