"""Coding tasks: what people are asked to code by hand, and what the toolkit answered for each unit.

- `themes`: Does the article address a theme? Units are articles, with one question per theme.
- `voice`: Whose words are in the sentence? Units are sentences. Finds both missed and false quotes.
- `tone`: How does the text present an actor? Units are classified mentions.
- `sides`: Is it a quote, who is its speaker, and for which side does the speaker speak? Units are the quotes that the
  toolkit found, with their words as size.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analysis.annotators.parsing.document import VoiceSegment
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voice_segments import voice_segments, words_by_quote
from analysis.errors import FramingError
from analysis.schemas import OUTLET, UNATTRIBUTED, TaskName

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

UNCLEAR = "unclear"  # always allowed: a forced guess is worse than no answer
YES, NO = "yes", "no"
TONES = {"negative": -1, "neutral": 0, "positive": 1}
UNNAMED = "unknown"  # the speaker of a quote whose source is not given


@dataclass(frozen=True)
class Question:
    """A question to coders.

    Attributes
    ----------
    name : str
        Column of the coding sheet.
    text : str
    answers : tuple of str
        Allowed answers, without 'unclear'. Empty if coders write a name.
    level : {'nominal', 'ordinal'}
        'ordinal' if the answers are ordered.
    if_no : str
        The answer if the first question of the unit is answered 'no'. Coders then leave the cell blank. Empty if the
        question does not depend on the first one.
    """

    name: str
    text: str
    answers: tuple[str, ...]
    level: Literal["nominal", "ordinal"] = "nominal"
    if_no: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """All allowed answers, with 'unclear'; empty if coders write a name."""
        return (*self.answers, UNCLEAR) if self.answers else ()


TONE = Question(
    "tone",
    "Does the text present the marked actor in a negative, neutral or positive light? Judge only what this passage "
    "says, no matter who says it.",
    tuple(TONES),
    "ordinal",
)


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
        unit (id), article_id, start, end (offsets of the marked passage; equal for a whole article). For the task
        'sides' also words (size of the quote) and spans (tuple of the offsets of its content).
    predicted : pandas.DataFrame
        The toolkit's answers: one row per unit, in the same order, and one column per question.
    whole_article : bool
        Whether coders need the article besides the marked passage.
    """

    name: TaskName
    instruction: str
    questions: tuple[Question, ...]
    units: pd.DataFrame
    predicted: pd.DataFrame
    whole_article: bool = False


def coding_task(tables: Tables, name: TaskName, *, themes: Sequence[str] | None = None) -> CodingTask:
    """All units and questions of a task.

    Parameters
    ----------
    tables : Tables
        With their study, whose definitions are part of the questions.
    name : {'themes', 'voice', 'tone', 'sides'}
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
    names = {value: name for name, value in TONES.items()}
    predicted = pd.DataFrame({"tone": rows["polarity"].map(names)}, index=units.index, dtype="str")
    return CodingTask("tone", "How does the text present the marked actor?", (TONE,), units, predicted)


def _sides(tables: Tables, _: Sequence[str] | None) -> CodingTask:
    import pandas as pd

    words = words_by_quote(tables)
    content = tables.quote_spans[tables.quote_spans["role"] == "content"].sort_values("start", kind="stable")
    spans: dict[str, list[tuple[int, int]]] = {}
    for quote_id, start, end in zip(content["quote_id"], content["start"], content["end"], strict=True):
        spans.setdefault(quote_id, []).append((int(start), int(end)))
    rows = tables.quotes[tables.quotes["quote_id"].isin(words)]
    rows = rows.sort_values(["article_id", "start", "quote_id"], kind="stable", ignore_index=True)
    units = rows[["article_id", "start", "end"]].assign(
        words=[words[quote_id] for quote_id in rows["quote_id"]],
        spans=rows["quote_id"].map({quote_id: tuple(found) for quote_id, found in spans.items()}),
    )
    units.insert(0, "unit", rows["quote_id"])
    predicted = pd.DataFrame(
        {"quote": YES, "speaker": rows["speaker_name"].fillna(UNNAMED), "side": rows["side"]},
        index=units.index,
        dtype="str",
    )
    questions = _side_questions(tables.study_or_error().side_labels)
    instruction = (
        "Is the marked passage a quote, who is its speaker, and for which side does the speaker speak?"
    )
    return CodingTask("sides", instruction, questions, units, predicted, whole_article=True)


def _side_questions(labels: Mapping[str, str]) -> tuple[Question, ...]:
    sides = {side: label for side, label in labels.items() if side not in (OUTLET, UNATTRIBUTED)}
    listed = ", ".join(f"{side} ({label})" for side, label in sides.items())
    return (
        Question(
            "quote",
            "Does the text attribute the marked words to somebody? yes: they are what a speaker said, wrote or "
            "thinks, word for word or not. no: they are the outlet's own words; leave the next columns blank.",
            (YES, NO),
        ),
        Question(
            "speaker",
            "Who is the speaker of the marked words? Write the name or description that the article gives, and for a "
            f"pronoun whom it stands for. {UNNAMED}: the article does not say. If quotes are nested, the innermost "
            "speaker counts.",
            (),
            if_no=OUTLET,
        ),
        Question(
            "side",
            f"For which side does the speaker speak? Use the whole article. Sides: {listed}. {UNATTRIBUTED}: it "
            "cannot be known from the article.",
            (*sides, UNATTRIBUTED),
            if_no=OUTLET,
        ),
    )


_TASKS: dict[str, Callable[[Tables, Sequence[str] | None], CodingTask]] = {
    "themes": _themes,
    "voice": _voice,
    "tone": _tone,
    "sides": _sides,
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
