"""Tone towards the actors of a text: of an article in the pipeline, or of one text for a quick look."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING

from analysis.annotators.parsing.document import Document, Mention
from analysis.annotators.tone.classifier import Judgement, classify, judge, probabilities
from analysis.annotators.tone.context import Target
from analysis.errors import FramingError, expect, expect_text
from analysis.study.actors import Actors

if TYPE_CHECKING:
    import pandas as pd

_TARGETS = "give names or spans: targets=['Iran', (10, 16)]; or the actors of a study: study.actors"

__all__ = ["classify", "probabilities", "tone", "towards"]


def towards(document: Document, mentions: Sequence[Mention]) -> list[Judgement]:
    """Tone towards the actor of each mention, in its sentence.

    Parameters
    ----------
    document : Document
    mentions : sequence of Mention
        Pronouns among them count for whom they stand.

    Returns
    -------
    list of Judgement
        One per mention. The names of the same actor elsewhere in the sentence are hidden, too, so that no answer
        depends on who the actor is; other actors stay visible.
    """
    named: dict[tuple[int, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.how != "pronoun":
            named[document.sentence_at(mention.start), mention.actor_id].append(mention)
    return judge([_target(document, mention, named) for mention in mentions])


def tone(text: str, targets: Sequence[str | tuple[int, int]] | Actors) -> pd.DataFrame:
    """Tone of a text towards targets, for a quick look.

    Parameters
    ----------
    text : str
    targets : sequence of str or (start, end), or Actors
        Names, each found wherever it stands as a whole word; spans of `text`; or the actors of a study
        (`study.actors`), found as in a run: by any of their names, by office, capital or pronoun.

    Returns
    -------
    pandas.DataFrame
        One row per mention, in order: start, end, text (the words), target (the name as given, the words of a span,
        or the actor's id), polarity (-1, 0, 1), p_negative, p_neutral, p_positive (calibrated), and abstained: why
        there is no class, in which case the polarity is 0. Empty where nobody is mentioned.

    Raises
    ------
    FramingError
        A span lies outside the text or is empty, or a name is; or text or targets are something else.

    Notes
    -----
    What is read is the mention's sentence. The model and its accuracy: analysis/models/tone/MODEL_CARD.md.

    Examples
    --------
    >>> text = "Oman has been praised for its calm. Ruritania was condemned for the attack."
    >>> analysis.tone(text, targets=["Oman", "Ruritania"])["polarity"].tolist()
    [1, -1]
    """
    import pandas as pd

    expect_text(text)
    rows = _of_actors(text, targets) if isinstance(targets, Actors) else _of_spans(text, targets)
    columns = {"start": "int64", "end": "int64", "text": "str", "target": "str", "polarity": "Int64"}
    table = pd.DataFrame(
        [
            {"start": f.start, "end": f.end, "text": text[f.start : f.end], "target": f.target}
            | judgement._asdict()
            for f, judgement in sorted(rows, key=lambda row: row[0])
        ],
        columns=[*columns, *Judgement._fields[1:]],
    )
    numbers = dict.fromkeys(Judgement._fields[1:4], "float64")
    return table.astype({**columns, **numbers, "abstained": "str"})


@dataclass(frozen=True, order=True)
class _Found:
    start: int
    end: int
    target: str


def _of_actors(text: str, actors: Actors) -> list[tuple[_Found, Judgement]]:
    from analysis.annotators.actors.mentions import find_mentions
    from analysis.annotators.parsing.spacy_parser import parse

    document = parse(text)
    mentions = find_mentions(document, actors)
    judged = towards(document, mentions)
    return [(_Found(m.start, m.end, m.actor_id), j) for m, j in zip(mentions, judged, strict=True)]


def _of_spans(text: str, targets: Sequence[str | tuple[int, int]]) -> list[tuple[_Found, Judgement]]:
    if isinstance(targets, str):
        raise FramingError(f"targets is the text '{targets}'", remedy=f"give a list: targets=['{targets}']")
    expect(targets, (list, tuple, set, frozenset), what="targets", expected="a list", remedy=_TARGETS)
    found = sorted({found for target in targets for found in _spans(text, target)})
    return list(zip(found, judge([(text, f.start, f.end) for f in found]), strict=True))


def _spans(text: str, target: str | tuple[int, int]) -> Iterator[_Found]:
    if not isinstance(target, str):
        try:
            start, end = map(index, target)
        except (TypeError, ValueError):
            raise FramingError(
                f"the target {target!r} is neither a name nor a span", remedy=_TARGETS
            ) from None
        yield _Found(start, end, text[start:end])
        return
    if not target.strip():
        raise FramingError("an empty target names nobody", remedy="give a name or a (start, end) span")
    for match in re.finditer(rf"(?<!\w){re.escape(target.strip())}(?!\w)", text):
        yield _Found(*match.span(), target)


def _target(document: Document, mention: Mention, named: dict[tuple[int, str], list[Mention]]) -> Target:
    number = document.sentence_at(mention.start)
    first, last = document.sentences[number]
    last = max(last, mention.end)
    others = tuple(
        (other.start - first, other.end - first)
        for other in named[number, mention.actor_id]
        if other is not mention and other.end <= last
    )
    return Target(document.text[first:last], mention.start - first, mention.end - first, others)
