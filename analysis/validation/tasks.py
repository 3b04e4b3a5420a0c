"""What people are asked to code by hand, and what the toolkit itself answered, unit by unit.

Three tasks cover what the comparisons rest on:

- `themes`: does an article bring a theme up? (units: articles; one question per theme)
- `voice`: whose words is a sentence in? (units: sentences; finds missed and invented quotes alike)
- `tone`: in what light does the text put an actor? (units: mentions that have a class)
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

UNCLEAR = "unclear"  # an answer everywhere: a forced guess is worse than none
YES, NO = "yes", "no"
TONES = {"negative": -1, "neutral": 0, "positive": 1}
TaskName = Literal["themes", "voice", "tone"]


@dataclass(frozen=True)
class Question:
    """One question, with the answers allowed besides 'unclear'; 'ordinal' where they have an order."""

    name: str
    text: str
    answers: tuple[str, ...]
    level: Literal["nominal", "ordinal"] = "nominal"

    @property
    def allowed(self) -> tuple[str, ...]:
        """The answers that a coder may give."""
        return (*self.answers, UNCLEAR)


@dataclass(frozen=True)
class CodingTask:
    """Everything that could be coded, and what the toolkit says of it.

    Attributes
    ----------
    name : str
    instruction : str
        For the coders, above the single questions.
    questions : tuple of Question
    units : pandas.DataFrame
        unit (id), article_id, start, end: the stretch that is marked; the same place twice for a whole article.
    predicted : pandas.DataFrame
        The toolkit's answer per unit (same rows) and question.
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
        With their study, whose definitions stand in the questions.
    name : {'themes', 'voice', 'tone'}
    themes : sequence of str, optional
        For 'themes': ids of the codebook to ask for; all by default.

    Returns
    -------
    CodingTask

    Raises
    ------
    FramingError
        There is no such task or theme, or nothing to code.
    """
    if name not in _TASKS:
        raise FramingError(f"there is no coding task '{name}'", remedy=f"choose {', '.join(_TASKS)}")
    task = _TASKS[name](tables, themes)
    if task.units.empty:
        raise FramingError(f"these tables hold nothing to code for the task '{name}'")
    return task


def _themes(tables: Tables, themes: Sequence[str] | None) -> CodingTask:
    import pandas as pd

    codebook = tables.study_or_error().codebook
    known = {theme.id: theme for theme in codebook.themes}
    unknown = [theme for theme in themes or () if theme not in known]
    if unknown:
        raise FramingError(
            f"no theme is called {', '.join(unknown)}", remedy=f"there are: {', '.join(known)}"
        )
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
        "themes", "Which of these themes does the article bring up?", tuple(questions), units, predicted
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
        "Whose words are most of the marked sentence? outlet: the outlet's own. Otherwise the side of whoever is "
        f"quoted or reported, word for word or not; {UNATTRIBUTED}: somebody whose side cannot be told."
    )
    question = Question("voice", text, (OUTLET, *sides, UNATTRIBUTED))
    predicted = pd.DataFrame({"voice": sentence_voices(tables, rows)}, index=units.index, dtype="str")
    return CodingTask(
        "voice", "In whose voice does the marked sentence speak?", (question,), units, predicted
    )


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
        "In what light does the marked passage put the actor between the marks: negative, neutral or positive? "
        "Judge what is said here, whoever says it, not what you know."
    )
    question = Question("tone", text, tuple(TONES), "ordinal")
    names = {value: name for name, value in TONES.items()}
    predicted = pd.DataFrame({"tone": rows["polarity"].map(names)}, index=units.index, dtype="str")
    return CodingTask("tone", "How does the text put the marked actor?", (question,), units, predicted)


_TASKS: dict[str, Callable[[Tables, Sequence[str] | None], CodingTask]] = {
    "themes": _themes,
    "voice": _voice,
    "tone": _tone,
}


def sentence_voices(tables: Tables, sentences: pd.DataFrame) -> list[str]:
    """The voice that has most characters of each sentence.

    Parameters
    ----------
    tables : Tables
    sentences : pandas.DataFrame
        Rows of the table `sentences`.

    Returns
    -------
    list of str
        Of voices with equally many characters the outlet's, then the first by name.
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
