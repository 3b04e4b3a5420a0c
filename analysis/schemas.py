"""The column contracts: one `Table` per table of the toolkit, checked where tables enter and leave.

The contracts are plain data, so that the data dictionary can be printed from them and importing this module
costs nothing; the pandera schema is made when a table is checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("direct", "indirect", "mixed")
ACTS = ("speech", "belief", "intent", "document")
CUE_CLASSES = ("neutral", "asserting", "doubting", "approving", "directive", "belief")
ROLES = ("content", "source", "cue")
PART_SEPARATOR = " [...] "  # between the parts of a discontinuous content, source or cue
DIRECTIONS = ("cooperation", "conflict", "neutral")
QUADRANTS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
STATUSES = ("actual", "future", "hypothetical")
POLARITIES = (-1, 0, 1)
LOW_CONFIDENCE = "low confidence"  # no class was likely enough
NO_CONTEXT = "no context"  # no word stands around the mention in its sentence
ABSTENTIONS = (LOW_CONFIDENCE, NO_CONTEXT)
OUTLET = "outlet"  # the voice of the outlet itself
UNATTRIBUTED = "unattributed"  # the voice of a quoted speaker without a known side
SPEAKER_RULES = (
    "study",  # an actor of the study
    "full_name",  # a person of the world's actors, by full name
    "surname",  # the same by a surname that the article never gives in full
    "description",  # the words beside the name or in the source
    "group",  # the group that "they" or "one of them" takes up
    "joint",  # several names that are joined
    "text",  # a treaty or another joint text
    "last_state",  # "the country" takes up the state named last
    "last_speaker",  # somebody whom nothing places, beside a speaker of the side that the article is about
    "home_role",  # an office or group without a country, of the outlet's or the article's own
    "national_politics",  # words of one country's politics: "Sen.", "Tory"
    "first_person",  # "we" in the text of a ministry or agency
    "dateline",  # the place of the dateline
    "vague",  # critics, observers and others whom the text does not place
    "turn",  # a question by the press, or a speaker by the label of a transcript
    "correction",  # corrected by hand
)
TaskName = Literal["themes", "voice", "tone", "sides"]  # what coders decide; see analysis.validation.tasks

_DTYPES = {
    "text": "str",
    "integer": "int64",
    "optional integer": "Int64",
    "number": "float64",
    "flag": "bool",
    "time": "datetime64[us, UTC]",
}


@dataclass(frozen=True)
class Column:
    """One column: its kind (a key of the dtypes above), meaning and allowed values."""

    kind: str
    meaning: str
    nullable: bool = False
    values: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class Table:
    """One table: its columns in order and the columns that make a row unique.

    Further columns are allowed if their names start with `extra` (where it is not empty). They hold text.
    """

    name: str
    key: tuple[str, ...]
    columns: dict[str, Column] = field(hash=False)
    meaning: str
    extra: str = ""

    def empty(self) -> pd.DataFrame:
        """A table of no rows with the right columns and dtypes."""
        return self.frame([])

    def frame(self, rows: list[dict[str, Any]]) -> pd.DataFrame:
        """Rows as a table: columns in contract order, contract dtypes, sorted by key.

        Parameters
        ----------
        rows : list of dict
            One dict per row; a nullable column may be left out.

        Returns
        -------
        pandas.DataFrame
        """
        import pandas as pd

        data = {}
        for name, column in self.columns.items():
            values = [row.get(name) if column.nullable else row[name] for row in rows]
            data[name] = _series(values, column.kind)
        for name in self.further_columns({name for row in rows for name in row}):
            data[name] = _series([row.get(name) for row in rows], "text")
        table = pd.DataFrame(data)
        return table.sort_values(list(self.key), kind="stable", ignore_index=True) if self.key else table

    def check(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table unchanged, or raise an error that names the column and the first bad rows.

        Parameters
        ----------
        table : pandas.DataFrame

        Raises
        ------
        FramingError
            A column is missing, has another dtype, or holds values outside the contract.
        """
        import pandera.errors

        extra = self.further_columns(table.columns)
        try:
            _schema(self).validate(table.drop(columns=extra) if extra else table, lazy=True)
        except pandera.errors.SchemaErrors as error:
            cases = error.failure_cases[["column", "check", "failure_case", "index"]].head(5)
            raise FramingError(
                f"the table '{self.name}' does not match its schema:\n{cases.to_string(index=False)}",
                remedy="analysis.schemas lists the columns and their allowed values",
            ) from None
        wrong = [name for name in extra if table[name].dtype != _DTYPES["text"]]
        if wrong:
            raise FramingError(
                f"the table '{self.name}' does not match its schema: '{wrong[0]}' does not hold text",
                remedy=f"table['{wrong[0]}'].astype('str')",
            )
        return table

    def further_columns(self, names: Iterable[str]) -> list[str]:
        """Return the names of further columns in order."""
        return sorted(name for name in names if self.extra and str(name).startswith(self.extra))


def _series(values: list[Any], kind: str) -> pd.Series:
    import pandas as pd

    if kind == "time":
        times = pd.to_datetime(pd.Series(values, dtype="object"), utc=True, format="ISO8601")
        return times.dt.as_unit("us")
    dtype: Any = _DTYPES[kind]
    return pd.Series(values, dtype=dtype)


@cache
def _schema(table: Table) -> Any:
    import pandera.pandas as pa

    columns = {
        column_name: pa.Column(
            _DTYPES[column.kind],
            nullable=column.nullable,
            checks=pa.Check.isin(column.values) if column.values is not None else None,
        )
        for column_name, column in table.columns.items()
    }
    order = pa.Check(
        lambda df: df["start"] <= df["end"] if "start" in df and "end" in df else True,
        name="start <= end",
    )
    return pa.DataFrameSchema(columns, checks=order, unique=list(table.key), strict=True, ordered=True)


def _text(meaning: str, **options: Any) -> Column:
    return Column("text", meaning, **options)


def _integer(meaning: str, **options: Any) -> Column:
    return Column("integer", meaning, **options)


_ARTICLE = _text("the article, a key of `articles`")
_SENTENCE = _integer("number of the sentence in the article, from 0")
_START = _integer("first character, in code points of `articles.text`")
_END = _integer("one past the last character")
_VOICE = _text(f"whose words: '{OUTLET}', the side of the quoted speaker, or '{UNATTRIBUTED}'")
_QUOTE = _text("the innermost quote around it", nullable=True)
_PROBABILITY = Column("number", "calibrated probability", nullable=True)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "articles",
            ("article_id",),
            {
                "article_id": _text(
                    "the id in the source; if there is none, a fingerprint of outlet, date, title and text"
                ),
                "outlet": _text("canonical name of the outlet; 'unknown' if the source gives none"),
                "outlet_country": _text("country of the outlet, from outlets.yml", nullable=True),
                "published": Column(
                    "time", "time of publication, UTC; midnight if only the day is known", nullable=True
                ),
                "title": _text("headline; empty if the source has none"),
                "text": _text("the text that is measured; every offset counts its code points"),
                "url": _text("address; never fetched", nullable=True),
                "author": _text("byline", nullable=True),
                "language": _text("ISO 639-1 code of the language the text is in"),
                "family_id": _text(
                    "the family of near-identical articles; the article's own id if there is none"
                ),
                "n_words": _integer("words in the text"),
                "source_file": _text("the file it was read from"),
            },
            "one row per article that was measured; other fields of the source are in further columns, extra_*",
            extra="extra_",
        ),
        Table(
            "sentences",
            ("article_id", "sentence"),
            {"article_id": _ARTICLE, "sentence": _SENTENCE, "start": _START, "end": _END},
            "one row per sentence",
        ),
        Table(
            "quotes",
            ("quote_id",),
            {
                "quote_id": _text("article_id, '-q' and a running number"),
                "article_id": _ARTICLE,
                "sentence": _integer("the sentence in which the quote starts"),
                "kind": _text("all, none or part of the content in quotation marks", values=KINDS),
                "act": _text("what the source does", values=ACTS),
                "content": _text("the words attributed; parts joined by ' [...] '"),
                "source": _text("the source of the words, as written", nullable=True),
                "cue": _text("the words that introduce the quote", nullable=True),
                "cue_lemma": _text("lemma of the cue's main word", nullable=True),
                "cue_class": _text("how the outlet presents the words", values=CUE_CLASSES, nullable=True),
                "speaker": _text("actor_id of the source; empty if uncertain", nullable=True),
                "speaker_name": _text("canonical name of the speaker, listed or not", nullable=True),
                "side": _text("side of the speaker; 'unattributed' if unknown"),
                "speaker_rule": _text("the rule that found the side", values=SPEAKER_RULES, nullable=True),
                "speaker_source": _text(
                    "where that knowledge comes from: 'study' (actors.yml or world.tsv), 'article', 'outlet', a "
                    "source of the world's actors, or 'correction' by hand",
                    nullable=True,
                ),
                "start": _START,
                "end": _END,
                "score": Column("number", "certainty of the attribution, 0 to 1"),
            },
            "one row per quote; start and end span content, source and cue together",
        ),
        Table(
            "quote_spans",
            ("quote_id", "role", "start"),
            {
                "quote_id": _text("the quote, a key of `quotes`"),
                "role": _text("part of the quote", values=ROLES),
                "start": _START,
                "end": _END,
            },
            "the spans of each quote; a discontinuous quote has several content rows",
        ),
        Table(
            "mentions",
            ("article_id", "start"),
            {
                "article_id": _ARTICLE,
                "start": _START,
                "end": _END,
                "text": _text("the words"),
                "sentence": _SENTENCE,
                "actor_id": _text("who is named, a key of actors.yml"),
                "side": _text("side of the actor"),
                "voice": _VOICE,
                "quote_id": _QUOTE,
                "polarity": Column(
                    "optional integer",
                    "tone towards the actor (in the outlet's own words: its portrayal); 0 where the model abstained",
                    nullable=True,
                    values=POLARITIES,
                ),
                "p_negative": _PROBABILITY,
                "p_neutral": _PROBABILITY,
                "p_positive": _PROBABILITY,
                "abstained": _text(
                    "why there is no class; empty if there is one", nullable=True, values=ABSTENTIONS
                ),
            },
            "one row per mention of an actor",
        ),
        Table(
            "themes",
            ("article_id", "start", "theme"),
            {
                "article_id": _ARTICLE,
                "start": _START,
                "theme": _text("theme id of the codebook"),
                "end": _END,
                "text": _text("the words that matched"),
                "sentence": _SENTENCE,
                "pattern": _text(
                    "the pattern that matched; 'examples' for a sentence similar to the theme's examples"
                ),
                "voice": _VOICE,
                "quote_id": _QUOTE,
                "negated": Column("flag", "negated in its clause"),
                "probability": Column(
                    "number", "probability of the theme; 1 for a match of a pattern", nullable=True
                ),
            },
            "one row per hit of the codebook",
        ),
        Table(
            "tones",
            ("article_id", "voice"),
            {
                "article_id": _ARTICLE,
                "voice": _VOICE,
                "n_words": _integer("words in this voice; over all voices they add up to the article"),
                "vader_compound": Column(
                    "number", "mean VADER compound score of the parts in this voice, weighted by words"
                ),
                "positive": _integer("words of the VADER lexicon with positive valence"),
                "negative": _integer("words of the VADER lexicon with negative valence"),
            },
            "one row per article and voice",
        ),
        Table(
            "relations",
            ("article_id", "start", "end", "source_actor", "target_actor", "verb"),
            {
                "article_id": _ARTICLE,
                "sentence": _SENTENCE,
                "start": _START,
                "end": _END,
                "source_actor": _text("the acting actor"),
                "source_side": _text("side of the acting actor"),
                "target_actor": _text("the actor acted on"),
                "target_side": _text("side of the actor acted on"),
                "verb": _text("the words that express the act, as lemmas: 'condemn', 'impose sanction'"),
                "direction": _text("cooperation, conflict or neutral", values=DIRECTIONS),
                "quadrant": _text(
                    "words or deeds, of cooperation or conflict; empty if neutral",
                    nullable=True,
                    values=QUADRANTS,
                ),
                "weight": Column("number", "from -10 (war) to 10, modelled on Goldstein's scale"),
                "status": _text("reported as done, as planned, or as possible or wished", values=STATUSES),
                "negated": Column(
                    "flag", "a word of the act is negated; the direction takes this into account"
                ),
                "passive": Column("flag", "the act is in the passive voice"),
                "mutual": Column("flag", "both actors do it; the source is the one named first"),
                "score": Column("number", "probability that source, target, direction and status are right"),
                "voice": _VOICE,
                "quote_id": _QUOTE,
            },
            "acts, one per row: who does what to whom; start and end span source, act and target together",
        ),
        Table(
            "rejects",
            (),
            {
                "source_file": _text("the file"),
                "row": _text("row, line or record in it, from 1", nullable=True),
                "article_id": _text("the id, if there was one", nullable=True),
                "title": _text("headline, if there was one", nullable=True),
                "reason": _text("a short code for the reason"),
                "detail": _text("what was found, and the remedy"),
            },
            "one row per article that was refused, with the reason",
        ),
    )
}
