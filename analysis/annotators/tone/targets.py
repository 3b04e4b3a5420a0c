"""Tone towards the actors of an article in the pipeline, and towards targets in any text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING

from analysis.annotators.parsing.document import Document, Mention
from analysis.annotators.tone.classifier import TargetSentiment, classify, classify_targets, probabilities
from analysis.annotators.tone.context import Target
from analysis.corpus import warn_of_language
from analysis.errors import FramingError, expect, expect_text
from analysis.study.actors import Actors

if TYPE_CHECKING:
    import pandas as pd

_TARGETS = "pass names or spans, targets=['Iran', (10, 16)], or the actors of a study, targets=study.actors"

__all__ = ["classify", "probabilities", "target_sentiment", "tone"]


def target_sentiment(document: Document, mentions: Sequence[Mention]) -> list[TargetSentiment]:
    """Classify the sentiment towards the actor of each mention, in its sentence.

    Parameters
    ----------
    document : Document
    mentions : sequence of Mention
        Pronouns count as mentions of the actor they refer to.

    Returns
    -------
    list of TargetSentiment
        One per mention. Other names of the same actor in the sentence are masked as well, so that the result does
        not depend on who the actor is. Other actors are not masked.
    """
    return classify_targets(targets_of(document, mentions))


def targets_of(document: Document, mentions: Sequence[Mention]) -> list[Target]:
    """The target of each mention in its sentence, with the other names of the same actor to mask."""
    named: dict[tuple[int, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.how != "pronoun":
            named[document.sentence_at(mention.start), mention.actor_id].append(mention)
    return [_target(document, mention, named) for mention in mentions]


def tone(text: str, targets: Sequence[str | tuple[int, int]] | Actors) -> pd.DataFrame:
    """Classify the tone of a text towards targets.

    Parameters
    ----------
    text : str
    targets : sequence of str or (start, end), or Actors
        Names, each found wherever it occurs as a whole word; spans of `text`; or the actors of a study
        (`study.actors`), found by name, office, capital or pronoun, as in a run.

    Returns
    -------
    pandas.DataFrame
        One row per mention, in the order of the text, with the columns start, end, text, target (the name as given,
        the words of the span, or the id of the actor), polarity (-1, 0, 1), p_negative, p_neutral, p_positive
        (calibrated), and abstained (the reason if the model abstained; the polarity is then 0). Empty if no target
        is mentioned.

    Raises
    ------
    FramingError
        If a span is empty or outside the text, a name is empty, or an argument has the wrong type.

    Warns
    -----
    UserWarning
        The text is not in English.

    Notes
    -----
    The model reads the sentence of the mention. Its accuracy is in analysis/models/tone/MODEL_CARD.md.

    Examples
    --------
    >>> text = "Oman has been praised for its calm. Ruritania was condemned for the attack."
    >>> analysis.tone(text, targets=["Oman", "Ruritania"])["polarity"].tolist()
    [1, -1]
    """
    import pandas as pd

    expect_text(text)
    warn_of_language(text)
    rows = _of_actors(text, targets) if isinstance(targets, Actors) else _of_spans(text, targets)
    columns = {"start": "int64", "end": "int64", "text": "str", "target": "str", "polarity": "Int64"}
    table = pd.DataFrame(
        [
            {"start": f.start, "end": f.end, "text": text[f.start : f.end], "target": f.target}
            | sentiment._asdict()
            for f, sentiment in sorted(rows, key=lambda row: row[0])
        ],
        columns=[*columns, *TargetSentiment._fields[1:]],
    )
    numbers = dict.fromkeys(TargetSentiment._fields[1:4], "float64")
    return table.astype({**columns, **numbers, "abstained": "str"})


@dataclass(frozen=True, order=True)
class _Found:
    start: int
    end: int
    target: str


def _of_actors(text: str, actors: Actors) -> list[tuple[_Found, TargetSentiment]]:
    from analysis.annotators.actors.mentions import find_mentions
    from analysis.annotators.parsing.spacy_parser import parse

    document = parse(text)
    mentions = find_mentions(document, actors)
    found = target_sentiment(document, mentions)
    return [(_Found(m.start, m.end, m.actor_id), f) for m, f in zip(mentions, found, strict=True)]


def _of_spans(text: str, targets: Sequence[str | tuple[int, int]]) -> list[tuple[_Found, TargetSentiment]]:
    if isinstance(targets, str):
        raise FramingError("targets must be a list, not a string", remedy=f"write targets=['{targets}']")
    expect(targets, (list, tuple, set, frozenset), what="targets", expected="a list", remedy=_TARGETS)
    found = sorted({found for target in targets for found in _spans(text, target)})
    return list(zip(found, classify_targets([(text, f.start, f.end) for f in found]), strict=True))


def _spans(text: str, target: str | tuple[int, int]) -> Iterator[_Found]:
    if not isinstance(target, str):
        try:
            start, end = map(index, target)
        except (TypeError, ValueError):
            raise FramingError(
                f"target {target!r} is neither a name nor a (start, end) span", remedy=_TARGETS
            ) from None
        yield _Found(start, end, text[start:end])
        return
    if not target.strip():
        raise FramingError("a target is empty", remedy="pass a name or a (start, end) span")
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
