"""`Tables`: everything measured on a set of articles, as data frames in memory and Parquet files on disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.display.article import AnnotatedArticle, annotated
from analysis.display.tables import tables_html
from analysis.errors import FramingError, expect
from analysis.files import make_folder
from analysis.schemas import TABLES, UNATTRIBUTED, Table
from analysis.spreadsheet import harmless, original

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Shard
    from analysis.study import Study


@dataclass(frozen=True)
class Tables:
    """The tables of one run; `analysis.schemas.TABLES` describes every column.

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

    articles: pd.DataFrame
    sentences: pd.DataFrame
    quotes: pd.DataFrame
    quote_spans: pd.DataFrame
    mentions: pd.DataFrame
    themes: pd.DataFrame
    tones: pd.DataFrame
    relations: pd.DataFrame
    rejects: pd.DataFrame
    run: dict[str, Any] = field(default_factory=dict, repr=False)
    study: Study | None = field(default=None, repr=False)
    further: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @classmethod
    def from_rows(
        cls,
        rows: dict[str, list[dict[str, Any]]],
        *,
        articles: pd.DataFrame,
        further: Iterable[Table] = (),
    ) -> Tables:
        """Tables out of rows as the annotators give them; tables without rows are empty."""
        frames: dict[str, Any] = {
            name: table.frame(rows.get(name, [])) for name, table in TABLES.items() if name != "articles"
        }
        more = {table.name: table.check(table.frame(rows.get(table.name, []))) for table in further}
        return cls(articles=articles, **frames, further=more)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(getattr(self, name)):,}" for name in TABLES)
        return f"Tables({sizes})"

    def _repr_html_(self) -> str:
        return tables_html({name: getattr(self, name) for name in TABLES}, self.run)

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
        row = _only(self.quotes, "quote_id", quote_id)
        text = _only(self.articles, "article_id", row["article_id"])["text"]
        spans = self.quote_spans[self.quote_spans["quote_id"] == quote_id]
        first = text.rfind("\n", 0, int(spans["start"].min())) + 1
        last = text.find("\n", int(spans["end"].max()))
        return self._annotated(row["article_id"], (first, len(text) if last < 0 else last))

    def _annotated(self, article_id: str, passage: tuple[int, int] | None) -> AnnotatedArticle:
        article = _only(self.articles, "article_id", article_id)
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
        wanted = set(article_ids)
        quotes = self.quotes[self.quotes["article_id"].isin(wanted)]
        chosen = {
            name: getattr(self, name)[getattr(self, name)["article_id"].isin(wanted)].reset_index(drop=True)
            for name, table in TABLES.items()
            if "article_id" in table.columns and name != "rejects"
        }
        spans = self.quote_spans[self.quote_spans["quote_id"].isin(set(quotes["quote_id"]))]
        further = {
            name: table[table["article_id"].isin(wanted)].reset_index(drop=True)
            for name, table in self.further.items()
        }
        return replace(self, **chosen, quote_spans=spans.reset_index(drop=True), further=further)

    def with_rejects(self, *others: pd.DataFrame | None) -> Tables:
        """Return the tables with more rejects, the earliest first.

        Articles that are among the rejects are removed from `articles`: an article is either measured or refused.
        """
        import pandas as pd

        failed = set(self.rejects["article_id"].dropna())
        kept = self.articles[~self.articles["article_id"].isin(failed)].reset_index(drop=True)
        known = [table for table in (*reversed(others), self.rejects) if table is not None and len(table)]
        rejects = pd.concat(known, ignore_index=True) if known else self.rejects
        return replace(self, articles=kept, rejects=rejects)

    def with_origin(self, run: dict[str, Any], study: Study) -> Tables:
        """Return the tables with the record of their run and their study."""
        return replace(self, run=run, study=study)

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
            The folder cannot be written.
        """
        from analysis.dataset import arrow
        from analysis.dataset.folder import commit

        self.check()
        folder = make_folder(folder)
        commit(
            folder,
            run=self.run,
            finished=self._write_shards(folder),
            families=arrow.from_frame(self.articles, arrow.FAMILIES),
            rejects=harmless(self.rejects).to_csv(index=False, lineterminator="\n").encode("utf-8"),
            study=self.study,
        )
        return folder

    def _write_shards(self, folder: Path) -> list[Shard]:
        """Write the tables in shards, as `analysis.annotate` would have written them."""
        from analysis.dataset import arrow, layout, parts, shards
        from analysis.provenance import environment_fingerprint

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
        environment = environment_fingerprint(self.run)
        written = []
        for number in range(n_shards):
            rows = {
                name: arrow.from_frame(frame[numbers[name] == number], arrow.STORED.get(name))
                for name, frame in frames.items()
            }
            ordered = {
                name: arrow.sort_by_key(table, arrow.STORED[name].key) if name in arrow.STORED else table
                for name, table in rows.items()
            }
            mark = shards.shard_fingerprint(environment, parts.parquet(ordered["articles"]))
            written.append(shards.write_shard(folder, number, mark, ordered))
        return written


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
    frames = {name: dataset.read(name).to_pandas() for name in dataset.names}
    families = dataset.read(arrow.FAMILIES.name).to_pandas()
    articles = frames["articles"].merge(families, on="article_id", how="left", validate="1:1")
    extra = [name for name in articles if name not in TABLES["articles"].columns]
    frames["articles"] = articles[[*TABLES["articles"].columns, *extra]]
    frames["rejects"] = _rejects(dataset.rejects)
    for name, table in TABLES.items():
        try:
            table.check(frames[name])
        except FramingError as error:
            raise FramingError(
                f"this table was written by another version of the toolkit: {error}",
                path=Path(folder) / name,
                remedy="measure the articles again: framing annotate ARTICLES --out FOLDER --overwrite",
            ) from None
    further = {name: frame for name, frame in frames.items() if name not in TABLES}
    return Tables(
        **{name: frames[name] for name in TABLES}, run=dataset.run, study=dataset.study, further=further
    )


def _only(table: pd.DataFrame, key: str, value: str) -> dict[str, Any]:
    found = table[table[key] == value].to_dict("records")
    if not found:
        some = ", ".join(table[key].head(3))
        raise FramingError(
            f"there is no {key} {value!r}", remedy=f"the first ids are {some}" if some else None
        )
    return {str(name): cell for name, cell in found[0].items()}


def _rejects(content: bytes) -> pd.DataFrame:
    """Return the table of rejects from the content of its CSV file."""
    import io

    import pandas as pd

    columns = TABLES["rejects"].columns
    table = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False).map(original)
    required = [name for name, column in columns.items() if not column.nullable and name in table]
    table = table.where(table != "", None).astype("str")
    table[required] = table[required].fillna("")
    return table


assert {f.name for f in fields(Tables)} == {*TABLES, "run", "study", "further"}, (
    "a table of the schemas is missing in Tables"
)
