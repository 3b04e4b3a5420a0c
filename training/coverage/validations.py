"""The readers' coding as validations of the measured tables.

Readers coded whole articles. Their answers are given to the units of `analysis.validation.tasks`: articles for
themes, sentences for voices, and the quotes that the toolkit found for speakers and sides. The sampling probability
of a unit is the share of its collection that was coded. The readers are language models; the agreement names them so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.corpus import WORD
from analysis.schemas import OUTLET
from analysis.validation import Validation, build_sample, coding_task, validate
from analysis.validation.sampling import KEY_COLUMNS, unit_code
from analysis.validation.tasks import NO, UNNAMED, YES, CodingTask
from analysis.validation.validate import MODEL_CODER

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Spans = Sequence[tuple[int, int]]
_KEYS = {"article_id", "reading"}
_HALF = 0.5
_LEFT_OUT = ("errors", "gold", "confusion")


def validations(tables: Tables, coded: Mapping[str, pd.DataFrame], *, by: str) -> list[Validation]:
    """Validate themes, voices and sides with the coded articles.

    Parameters
    ----------
    tables : Tables
        With the words of the articles.
    coded : mapping of str to pandas.DataFrame
        As `training.coverage.coding.coded_tables` returns it.
    by : str
        Column of `articles` to group the corrected estimates by.

    Returns
    -------
    list of Validation
        Without errors, which hold words of the articles, and without the answers for each unit.
    """
    themes = [name for name in coded["themes"].columns if name not in _KEYS]
    words = _CodedWords(tables, coded)
    made = []
    for work in (
        coding_task(tables, "themes", themes=themes),
        coding_task(tables, "voice"),
        coding_task(tables, "sides"),
    ):
        key = _key(tables, work, coded["articles"])
        sample = build_sample(tables, work, key, longest=None)
        units = work.units[work.units["unit"].isin(key["unit"])]
        answers = {
            f"{MODEL_CODER} {reading}": _answers(work, units, coded, words, reading)
            for reading in sorted(coded["articles"]["reading"].unique())
        }
        found = validate(tables, work, sample, answers, by=by)
        made.append(replace(found, **{name: getattr(found, name).iloc[:0] for name in _LEFT_OUT}))
    return made


def _key(tables: Tables, work: CodingTask, articles: pd.DataFrame) -> pd.DataFrame:
    """All units of the coded articles, with the share of their collection that was coded."""
    measured = tables.metadata.set_index("article_id")["extra_collection"]
    coded = measured[measured.index.isin(articles["article_id"])]
    probability = coded.value_counts() / measured.value_counts()
    units = work.units[work.units["article_id"].isin(coded.index)].reset_index(drop=True)
    stratum = units["article_id"].map(coded)
    key = units[["unit", "article_id"]].assign(
        task=work.name,
        row=range(1, len(units) + 1),
        code=units["unit"].map(unit_code),
        stratum=stratum,
        sampling_probability=stratum.map(probability),
    )
    return key[list(KEY_COLUMNS)]


def _answers(
    work: CodingTask,
    units: pd.DataFrame,
    coded: Mapping[str, pd.DataFrame],
    words: _CodedWords,
    reading: int,
) -> pd.DataFrame:
    """The answers of one reading, by unit; only units of articles that were read."""
    import pandas as pd

    own = {name: table[table["reading"] == reading] for name, table in coded.items()}
    units = units[units["article_id"].isin(own["articles"]["article_id"])]
    if work.name == "themes":
        levels = own["themes"].set_index("article_id").reindex(units["article_id"])
        present = levels[[question.name for question in work.questions]] > 0
        return present.apply(lambda column: column.map({True: YES, False: NO})).set_axis(units["unit"])
    whole = [[place] for place in zip(units["start"], units["end"], strict=True)]
    spans = units.get("spans", whole)
    found = [
        words.speaker(article, reading, places)
        for article, places in zip(units["article_id"], spans, strict=True)
    ]
    if work.name == "voice":
        return pd.DataFrame({"voice": [side for side, _ in found]}, index=units["unit"], dtype="str")
    rows = [(NO if side == OUTLET else YES, name, side) for side, name in found]
    return pd.DataFrame(rows, columns=["quote", "speaker", "side"], index=units["unit"], dtype="str")


class _CodedWords:
    """Whose words each word of a coded article is."""

    def __init__(self, tables: Tables, coded: Mapping[str, pd.DataFrame]) -> None:
        ids = set(coded["articles"]["article_id"])
        rows = tables.articles[tables.articles["article_id"].isin(ids)]
        self._starts = {
            article: [word.start() for word in WORD.finditer(text)]
            for article, text in zip(rows["article_id"], rows["text"], strict=True)
        }
        keys = ["article_id", "reading", "quote"]
        contents = coded["quote_spans"][coded["quote_spans"]["role"] == "content"]
        joined = contents.merge(coded["quotes"], on=keys, how="left", validate="many_to_one")
        sizes = (joined["end"] - joined["start"]).groupby([joined[key] for key in keys]).transform("sum")
        longest_first = joined.assign(size=sizes).sort_values("size", ascending=False, kind="stable")
        self._speakers: dict[tuple[str, int], dict[int, tuple[str, str]]] = {}
        for row in longest_first.to_dict("records"):  # shorter quotes are inside longer ones
            of_word = self._speakers.setdefault((row["article_id"], row["reading"]), {})
            name = row["speaker"] if isinstance(row["speaker"], str) else UNNAMED
            for start in self._within(row["article_id"], [(row["start"], row["end"])]):
                of_word[start] = (row["side"], name)

    def speaker(self, article: str, reading: int, spans: Spans) -> tuple[str, str]:
        """Side and name of the speaker with most words in some spans; the outlet if half of them are its own."""
        of_word = self._speakers.get((article, reading), {})
        inside = self._within(article, spans)
        speakers = Counter(of_word[start] for start in inside if start in of_word)
        if sum(speakers.values()) <= _HALF * len(inside):
            return OUTLET, OUTLET
        return min(speakers, key=lambda speaker: (-speakers[speaker], speaker))

    def _within(self, article: str, spans: Spans) -> list[int]:
        starts = self._starts[article]
        return [place for place in starts if any(start <= place < end for start, end in spans)]
