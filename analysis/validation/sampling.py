"""Random samples for coding: the coding sheet for coders, and the key that stays with the researcher.

The sheet shows texts and questions, but not outlet, date or the toolkit's answers, which would bias the coders. Units
are identified by a code, since ids often begin with the outlet, and are in random order. The key keeps the sampling
probability of each unit, which the corrected estimates need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_column
from analysis.errors import FramingError
from analysis.schemas import TaskName
from analysis.validation.tasks import CodingTask, Question, coding_task

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

OPEN, CLOSE = "[[ ", " ]]"
LONGEST_CELL = 32_000  # characters; Excel holds 32,767
CUT = " [... {n:,} more characters are not shown; code only the text above]"
KEY_COLUMNS = ("task", "row", "code", "unit", "article_id", "stratum", "sampling_probability")


@dataclass(frozen=True)
class CodingSample:
    """A sample for one task.

    Attributes
    ----------
    task : {'themes', 'voice', 'tone', 'sides'}
    questions : tuple of Question
    sheet : pandas.DataFrame
        row, code, title, text, question, allowed (answers), then one empty column per question. If coders need the
        whole article, it is in the column article, with its date, after the text.
    key : pandas.DataFrame
        task, row, code, unit, article_id, stratum, sampling_probability.
    """

    task: TaskName
    questions: tuple[Question, ...]
    sheet: pd.DataFrame
    key: pd.DataFrame

    def question_table(self) -> pd.DataFrame:
        """The questions in full: one row per question with its column, text and allowed answers."""
        import pandas as pd

        rows = [{"column": q.name, "question": q.text, "allowed": _choices(q)} for q in self.questions]
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
    """Draw a stratified random sample of units for coding.

    Parameters
    ----------
    tables : Tables
        With their study.
    task : {'themes', 'voice', 'tone', 'sides'}
        See `analysis.validation.tasks`.
    n : int, default 200
        Number of units (articles, sentences, mentions or quotes). If there are fewer, all are drawn.
    by : str or sequence of str, default 'outlet'
        Columns of `articles`, or periods, that define the strata. At least one unit is drawn from each. Empty for a
        simple random sample.
    seed : int
        The same tables and seed give the same sample.
    themes : sequence of str, optional
        For the task 'themes': themes to ask about. All by default.

    Returns
    -------
    CodingSample

    Raises
    ------
    FramingError
        If `n` is below 1 or below the number of strata, a column or theme does not exist, or there is nothing to
        code.

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
        raise FramingError(f"sample size must be at least 1, got {n}")
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
    """Code of a unit in the coding sheet: uninformative, and always the same for the same unit."""
    from analysis.provenance import fingerprint

    return f"u{fingerprint(unit)[:10]}"


def build_sample(
    tables: Tables, work: CodingTask, key: pd.DataFrame, *, longest: int | None = LONGEST_CELL
) -> CodingSample:
    """Make the coding sheet for a key, when a sample is drawn and when answers are read back.

    Parameters
    ----------
    tables : Tables
    work : CodingTask
    key : pandas.DataFrame
        See `CodingSample`.
    longest : int or None, default 32000
        Characters after which a text is cut, because a cell of a spreadsheet holds no more; None cuts nothing.

    Returns
    -------
    CodingSample

    Raises
    ------
    FramingError
        If a unit of the key is not in the tables.
    """
    places = work.units.reset_index().set_index("unit")["index"].reindex(key["unit"])
    if places.isna().any():
        lost = str(places.index[places.isna()][0])
        raise FramingError(
            f"the unit '{lost}' of the key is not in these tables",
            remedy="use the results folder that the sample was drawn from",
        )
    units = work.units.loc[places.astype("int64")].reset_index(drop=True)
    sheet = key[["row", "code"]].assign(
        title=_titles(tables, units),
        text=[_cut(text, longest) for text in _texts(tables, units)],
        **(
            {"article": [_cut(text, longest) for text in _articles(tables, units)]}
            if work.whole_article
            else {}
        ),
        question=work.instruction,
        allowed=_allowed(work.questions),
        **{question.name: "" for question in work.questions},
    )
    return CodingSample(work.name, work.questions, sheet, key)


def _choices(question: Question) -> str:
    return " | ".join(question.allowed) or "a name or description"


def _allowed(questions: Sequence[Question]) -> str:
    """The allowed answers, column by column if they differ."""
    if len({question.allowed for question in questions}) == 1:
        return _choices(questions[0])
    return "\n".join(f"{question.name}: {_choices(question)}" for question in questions)


def _titles(tables: Tables, units: pd.DataFrame) -> list[str]:
    titles = dict(zip(tables.articles["article_id"], tables.articles["title"], strict=True))
    return [titles[article_id] for article_id in units["article_id"]]


def _texts(tables: Tables, units: pd.DataFrame) -> list[str]:
    """Texts for the coder: the article, or the marked passage with the sentences around it."""
    wanted = set(units["article_id"])
    articles = tables.articles[tables.articles["article_id"].isin(wanted)]
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    bounds = {
        article_id: list(zip(rows["start"], rows["end"], strict=True))
        for article_id, rows in tables.sentences[tables.sentences["article_id"].isin(wanted)].groupby(
            "article_id"
        )
    }
    marked = units["spans"] if "spans" in units else zip(zip(units["start"], units["end"], strict=True))
    made = []
    for article_id, spans in zip(units["article_id"], marked, strict=True):
        text, whole = texts[article_id], all(start == end for start, end in spans)
        made.append(text if whole else in_context(text, spans, bounds.get(article_id, [])))
    return made


def _articles(tables: Tables, units: pd.DataFrame) -> list[str]:
    """Whole articles, each after its date."""
    rows = tables.articles.set_index("article_id").loc[units["article_id"]]
    return [
        f"Published {day:%Y-%m-%d}.\n\n{text}" if day == day else text
        for day, text in zip(rows["published"], rows["text"], strict=True)
    ]


def in_context(text: str, spans: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]]) -> str:
    """A marked passage in its sentences, with one more sentence on each side.

    Parameters
    ----------
    text : str
    spans : sequence of (int, int)
        Offsets of the parts of the passage in order, end exclusive.
    sentences : sequence of (int, int)
        Offsets of the sentences of the text.
    """
    start, end = spans[0][0], spans[-1][1]
    touched = [i for i, (first, last) in enumerate(sentences) if first < end and start < last]
    place = sentences[max(0, touched[0] - 1)][0] if touched else start
    after = sentences[min(len(sentences) - 1, touched[-1] + 1)][1] if touched else end
    made = ""
    for first, last in spans:
        made += f"{text[place:first]}{OPEN}{text[first:last]}{CLOSE}"
        place = last
    return (made + text[end:after]).strip()


def _cut(text: str, longest: int | None) -> str:
    if longest is None or len(text) <= longest:
        return text
    return text[:longest] + CUT.format(n=len(text) - longest)
