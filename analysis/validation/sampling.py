"""A random sample to be coded by hand: the sheet that coders fill in and the key that stays with the researcher.

The sheet shows texts and questions and neither outlet, date nor what the toolkit answered, since all three sway
coders. Units go by a code, since ids often begin with the outlet, and stand in random order. The key keeps the
probability with which each unit was drawn, without which no estimate could be put right afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_column
from analysis.errors import FramingError
from analysis.validation.tasks import CodingTask, Question, TaskName, coding_task

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

OPEN, CLOSE = "[[ ", " ]]"
LONGEST_CELL = 32_000  # characters; Excel holds 32,767
CUT = " [... cut: {n:,} more characters; code what stands here]"
KEY_COLUMNS = ("task", "row", "code", "unit", "article_id", "stratum", "sampling_probability")
FIXED_COLUMNS = ("row", "code", "title", "text", "question", "allowed")


@dataclass(frozen=True)
class CodingSample:
    """A sample for one task.

    Attributes
    ----------
    task : {'themes', 'voice', 'tone'}
    questions : tuple of Question
    sheet : pandas.DataFrame
        row, code, title, text, question, allowed (answers), then one empty column per question.
    key : pandas.DataFrame
        task, row, code, unit, article_id, stratum, sampling_probability.
    """

    task: TaskName
    questions: tuple[Question, ...]
    sheet: pd.DataFrame
    key: pd.DataFrame

    def question_table(self) -> pd.DataFrame:
        """The questions in full: column, question, allowed."""
        import pandas as pd

        rows = [
            {"column": q.name, "question": q.text, "allowed": " | ".join(q.allowed)} for q in self.questions
        ]
        return pd.DataFrame(rows, columns=["column", "question", "allowed"])


def draw_sample(
    tables: Tables,
    task: TaskName = "themes",
    *,
    n: int = 200,
    by: str | Sequence[str] = "outlet",
    seed: int = 0,
    themes: Sequence[str] | None = None,
) -> CodingSample:
    """Draw units at random within strata, with the probability each had.

    Parameters
    ----------
    tables : Tables
        With their study.
    task : {'themes', 'voice', 'tone'}
        See `analysis.validation.tasks`.
    n : int, default 200
        Units to draw: articles, sentences or mentions; all where there are no more.
    by : str or sequence of str, default 'outlet'
        Columns of `articles`, or periods, that make the strata; at least one unit comes from each. Empty for none.
    seed : int
        Same tables and seed: same sample.
    themes : sequence of str, optional
        For 'themes': the ones to ask for; all by default.

    Returns
    -------
    CodingSample

    Raises
    ------
    FramingError
        Fewer units than strata, an unknown column or theme, or nothing to code.

    Examples
    --------
    >>> from analysis.validation.sampling import draw_sample
    >>> sample = draw_sample(analysis.load_tables("results"), "themes", n=16, themes=["sanctions"])
    >>> len(sample.sheet), sorted(set(sample.key["stratum"]))[:2], len(set(sample.key["stratum"]))
    (16, ['Alborz Times', 'Bosphorus Herald'], 8)
    """
    import numpy as np

    from analysis.corpus import sample

    if n < 1:
        raise FramingError(f"a sample of {n} units is none")
    work = coding_task(tables, task, themes=themes)
    names = [by] if isinstance(by, str) else list(by)
    strata = tables.articles[["article_id"]].assign(
        **{name: group_column(tables.articles, name) for name in names}
    )
    units = work.units.merge(strata, on="article_id", how="left", validate="many_to_one")
    drawn = sample(units, n, by=names, seed=seed)
    order = np.random.default_rng(seed).permutation(len(drawn))
    key = drawn.iloc[order].reset_index(drop=True).assign(task=task, row=range(1, len(drawn) + 1))
    key["code"] = [unit_code(unit) for unit in key["unit"]]
    return build_sample(tables, work, key[list(KEY_COLUMNS)])


def unit_code(unit: str) -> str:
    """What stands for a unit in the sheet: says nothing, and is the same each time."""
    from analysis.provenance import fingerprint

    return f"u{fingerprint(unit)[:10]}"


def build_sample(tables: Tables, work: CodingTask, key: pd.DataFrame) -> CodingSample:
    """The sheet that belongs to a key; the same when it is drawn and when it is read back.

    Parameters
    ----------
    tables : Tables
    work : CodingTask
    key : pandas.DataFrame
        As `sheets.read_key` returns it.

    Returns
    -------
    CodingSample

    Raises
    ------
    FramingError
        A unit of the key is not in the tables.
    """
    places = work.units.reset_index().set_index("unit")["index"].reindex(key["unit"])
    if places.isna().any():
        lost = str(places.index[places.isna()][0])
        raise FramingError(
            f"the unit '{lost}' of the key is not in these tables",
            remedy="give the results folder that the sample was drawn from",
        )
    units = work.units.loc[places.astype("int64")].reset_index(drop=True)
    allowed = " | ".join(work.questions[0].allowed)
    sheet = key[["row", "code"]].assign(
        title=_titles(tables, units),
        text=_texts(tables, units),
        question=work.instruction,
        allowed=allowed,
        **{question.name: "" for question in work.questions},
    )
    return CodingSample(work.name, work.questions, sheet, key)


def _titles(tables: Tables, units: pd.DataFrame) -> list[str]:
    titles = dict(zip(tables.articles["article_id"], tables.articles["title"], strict=True))
    return [titles[article_id] for article_id in units["article_id"]]


def _texts(tables: Tables, units: pd.DataFrame) -> list[str]:
    """What the coder reads: the article, or the marked stretch with the sentences around it."""
    wanted = set(units["article_id"])
    articles = tables.articles[tables.articles["article_id"].isin(wanted)]
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    bounds = {
        article_id: list(zip(rows["start"], rows["end"], strict=True))
        for article_id, rows in tables.sentences[tables.sentences["article_id"].isin(wanted)].groupby(
            "article_id"
        )
    }
    made = []
    for article_id, start, end in zip(units["article_id"], units["start"], units["end"], strict=True):
        text = texts[article_id]
        made.append(_cut(text if start == end else in_context(text, start, end, bounds.get(article_id, []))))
    return made


def in_context(text: str, start: int, end: int, sentences: Sequence[tuple[int, int]]) -> str:
    """A stretch between marks, in its sentence or sentences, with one more on either side."""
    touched = [i for i, (first, last) in enumerate(sentences) if first < end and start < last]
    before = sentences[max(0, touched[0] - 1)][0] if touched else start
    after = sentences[min(len(sentences) - 1, touched[-1] + 1)][1] if touched else end
    return f"{text[before:start]}{OPEN}{text[start:end]}{CLOSE}{text[end:after]}".strip()


def _cut(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    return text[:LONGEST_CELL] + CUT.format(n=len(text) - LONGEST_CELL)
