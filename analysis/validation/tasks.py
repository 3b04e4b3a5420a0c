"""Coding tasks: what people are asked to code by hand, and what the toolkit answered for each unit.

- `themes`: Does the article address a theme? Units are articles, with one question per theme.
- `voice`: Whose words are in the sentence? Units are sentences. Finds both missed and false quotes.
- `tone`: How does the text present an actor? Units are scored mentions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analysis.annotators.parsing.document import VoiceSegment
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voice_segments import voice_segments
from analysis.errors import FramingError
from analysis.schemas import OUTLET, UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

UNCLEAR = "unclear"  # always allowed: a forced guess is worse than no answer
YES, NO = "yes", "no"
TONES = {"negative": -1, "neutral": 0, "positive": 1}
TaskName = Literal["themes", "voice", "tone"]


@dataclass(frozen=True)
class Question:
    """A question to coders.

    Attributes
    ----------
    name : str
        Column of the coding sheet.
    text : str
    answers : tuple of str
        Allowed answers, without 'unclear'.
    level : {'nominal', 'ordinal'}
        'ordinal' if the answers are ordered.
    """

    name: str
    text: str
    answers: tuple[str, ...]
    level: Literal["nominal", "ordinal"] = "nominal"

    @property
    def allowed(self) -> tuple[str, ...]:
        """All allowed answers, with 'unclear'."""
        return (*self.answers, UNCLEAR)


@dataclass(frozen=True)
class CodingTask:
    """All units of a task, with its questions and the toolkit's answers.

    Attributes
    ----------
    name : str
    instruction : str
        Shown to the coders with every unit.
    questions : tuple of Question
    units : pandas.DataFrame
        unit (id), article_id, start, end (offsets of the marked passage; equal for a whole article).
    predicted : pandas.DataFrame
        The toolkit's answers: one row per unit, in the same order, and one column per question.
    """

    name: TaskName
    instruction: str
    questions: tuple[Question, ...]
    units: pd.DataFrame
    predicted: pd.DataFrame


def coding_task(tables: Tables, name: TaskName, *, themes: Sequence[str] | None = None) -> CodingTask:
    """All units and questions of a task.

    Parameters
    ----------
    tables : Tables
        With their study, whose definitions are part of the questions.
    name : {'themes', 'voice', 'tone'}
    themes : sequence of str, optional
        For the task 'themes': ids of the themes to ask about. All by default.

    Returns
    -------
    CodingTask

    Raises
    ------
    FramingError
        If there is no such task or theme, or nothing to code.
    """
    if name not in _TASKS:
        raise FramingError(f"unknown coding task '{name}'", remedy=f"choose from: {', '.join(_TASKS)}")
    task = _TASKS[name](tables, themes)
    if task.units.empty:
        raise FramingError(f"the tables have no units for the task '{name}'")
    return task


def _themes(tables: Tables, themes: Sequence[str] | None) -> CodingTask:
    import pandas as pd

    codebook = tables.study_or_error().codebook
    known = {theme.id: theme for theme in codebook.themes}
    unknown = [theme for theme in themes or () if theme not in known]
    if unknown:
        raise FramingError(f"unknown theme {', '.join(unknown)}", remedy=f"choose from: {', '.join(known)}")
    questions = []
    for theme in (known[i] for i in themes or known):
        parts = [f"{theme.label}: {theme.definition}", theme.include and f"Counts: {theme.include}"]
        parts.append(theme.exclude and f"Does not count: {theme.exclude}")
        questions.append(Question(theme.id, " ".join(part for part in parts if part), (YES, NO)))
    articles = tables.articles.sort_values("article_id", kind="stable", ignore_index=True)
    units = pd.DataFrame(
        {"unit": articles["article_id"], "article_id": articles["article_id"], "start": 0, "end": 0}
    )
    hits = theme_hits(tables)
    found = set(zip(hits["article_id"], hits["theme"], strict=True))
    predicted = pd.DataFrame(
        {q.name: [YES if (i, q.name) in found else NO for i in units["article_id"]] for q in questions},
        index=units.index,
        dtype="str",
    )
    return CodingTask(
        "themes", "Which of these themes does the article address?", tuple(questions), units, predicted
    )


def _voice(tables: Tables, _: Sequence[str] | None) -> CodingTask:
    import pandas as pd

    labels = tables.study_or_error().side_labels
    sides = [side for side in labels if side not in (OUTLET, UNATTRIBUTED)]
    rows = tables.sentences.sort_values(["article_id", "sentence"], kind="stable", ignore_index=True)
    units = pd.DataFrame(
        {
            "unit": rows["article_id"] + "-s" + rows["sentence"].astype("str"),
            "article_id": rows["article_id"],
            "start": rows["start"],
            "end": rows["end"],
        }
    )
    text = (
        "Whose words make up most of the marked sentence? outlet: the outlet's own words. Otherwise: the side of the "
        f"person quoted, directly or indirectly. {UNATTRIBUTED}: the side of that person is unknown."
    )
    question = Question("voice", text, (OUTLET, *sides, UNATTRIBUTED))
    predicted = pd.DataFrame({"voice": sentence_voices(tables, rows)}, index=units.index, dtype="str")
    return CodingTask("voice", "Whose words are in the marked sentence?", (question,), units, predicted)


def _tone(tables: Tables, _: Sequence[str] | None) -> CodingTask:
    import pandas as pd

    classed = tables.mentions["polarity"].notna() & tables.mentions["abstained"].isna()
    judged = tables.mentions[classed]
    rows = judged.sort_values(["article_id", "start"], kind="stable", ignore_index=True)
    units = pd.DataFrame(
        {
            "unit": rows["article_id"] + "-m" + rows["start"].astype("str"),
            "article_id": rows["article_id"],
            "start": rows["start"],
            "end": rows["end"],
        }
    )
    text = (
        "Does the text present the marked actor in a negative, neutral or positive light? Judge only what this "
        "passage says, no matter who says it."
    )
    question = Question("tone", text, tuple(TONES), "ordinal")
    names = {value: name for name, value in TONES.items()}
    predicted = pd.DataFrame({"tone": rows["polarity"].map(names)}, index=units.index, dtype="str")
    return CodingTask("tone", "How does the text present the marked actor?", (question,), units, predicted)


_TASKS: dict[str, Callable[[Tables, Sequence[str] | None], CodingTask]] = {
    "themes": _themes,
    "voice": _voice,
    "tone": _tone,
}


def sentence_voices(tables: Tables, sentences: pd.DataFrame) -> list[str]:
    """Voice with the most characters in each sentence. Ties go to the outlet, then to the first voice by name.

    Parameters
    ----------
    tables : Tables
    sentences : pandas.DataFrame
        Rows with article_id, start and end.

    Returns
    -------
    list of str
        One voice per row.
    """
    segments = voice_segments(tables, set(sentences["article_id"]))
    voices = []
    for article_id, start, end in zip(
        sentences["article_id"], sentences["start"], sentences["end"], strict=True
    ):
        shares: Counter[str] = Counter()
        own = segments[article_id]
        for place in range(max(0, bisect_right(own, start, key=_starts) - 1), len(own)):
            if own[place].start >= end:
                break
            shares[own[place].voice] += min(end, own[place].end) - max(start, own[place].start)
        voices.append(min(shares, key=lambda voice: (-shares[voice], voice != OUTLET, voice), default=OUTLET))
    return voices


def _starts(segment: VoiceSegment) -> int:
    return segment.start
