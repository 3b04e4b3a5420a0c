"""How an outlet portrays an actor in its own words.

`analysis.annotators.tone.classifier` reads one sentence and was trained on sentences that were labelled one by one. A
reader of a whole article asks something else: does the *outlet* portray the actor favourably or unfavourably? In a
plain report a bad event is no criticism, in commentary the same words are. A second classification head takes this
into account. It reads the same network's features of the sentence and the style of the article's own words. It was
fitted so that the mean of p(positive) - p(negative) over an article's own mentions of a side predicts the code that
readers gave it (-1, 0 or 1). Neither the head nor the style depends on the names of outlets, actors or sides.

The head applies to mentions in the outlet's own words. In attributed words, the sentence alone decides.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.document import Document, Mention, VoiceSegment
from analysis.annotators.parsing.onnx_encoder import MODELS
from analysis.annotators.tone.classifier import (
    MODEL,
    NetworkOutputs,
    TargetSentiment,
    classified,
    network_outputs,
    scaled,
    softmax,
)
from analysis.annotators.tone.targets import targets_of
from analysis.annotators.voice import voice_at
from analysis.corpus import WORD
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    from numpy.typing import NDArray

STYLE = ("own_words", "toned_mentions", "reporting", "past", "obligation")
"""The measures of style, in the order of `writing_style`."""

MAX_DEVIATION = 2.0
"""Limit of the standardized style, in standard deviations: a text of few words has extreme rates."""

_NEUTRAL = 1  # column of the neutral class


@dataclass(frozen=True)
class Portrayal:
    """The classification head for the outlet's own words.

    Attributes
    ----------
    weights : array of float64, shape (768, 3)
    bias : array of float64, shape (3,)
        Added to the network's logits after temperature scaling.
    style_mean, style_scale, style_weights : array of float64, shape (5,)
        The standardized style times its weights is subtracted from the logit of the neutral class.
    fitted : dict
        The `sides` it was fitted to, and how well it predicts the readers' codes of other articles, with their number
        (`cross_validated`, `check`), compared with the sentence alone (`sentence_alone`, `check_sentence_alone`).
    """

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    style_mean: NDArray[np.float64]
    style_scale: NDArray[np.float64]
    style_weights: NDArray[np.float64]
    fitted: dict[str, Any]

    def probabilities(self, outputs: NetworkOutputs, style: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive portrayal, shape (n, 3).

        Parameters
        ----------
        outputs : NetworkOutputs
            Of n mentions in the own words of one article.
        style : array of float64, shape (5,)
            See `writing_style`.
        """
        logits = scaled(outputs.logits) + outputs.features @ self.weights + self.bias
        logits[:, _NEUTRAL] -= standardized(style, self.style_mean, self.style_scale) @ self.style_weights
        return softmax(logits)


def standardized(
    style: NDArray[np.float64], mean: NDArray[np.float64], scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Style in standard deviations from the mean, at most `MAX_DEVIATION`."""
    limited: NDArray[np.float64] = np.clip((style - mean) / scale, -MAX_DEVIATION, MAX_DEVIATION)
    return limited


@cache
def load_portrayal() -> Portrayal:
    """Read `analysis/models/tone/portrayal.json`."""
    stored = json.loads((MODELS / MODEL / "portrayal.json").read_text(encoding="utf-8"))
    fitted = stored.pop("fitted")
    return Portrayal(
        **{name: np.array(values, dtype=np.float64) for name, values in stored.items()}, fitted=fitted
    )


def mention_sentiment(
    document: Document, mentions: Sequence[Mention], segments: Sequence[VoiceSegment]
) -> list[TargetSentiment]:
    """Classify the sentiment towards the actor of each mention, by the voice in which it stands.

    Parameters
    ----------
    document : Document
    mentions : sequence of Mention
        All mentions of the article.
    segments : sequence of VoiceSegment
        As `analysis.annotators.voice.partition` returns them.

    Returns
    -------
    list of TargetSentiment
        One per mention: how the outlet portrays the actor in its own words, or the sentiment of the sentence in
        attributed words (as `analysis.annotators.tone.targets.target_sentiment`).
    """
    outputs = network_outputs(targets_of(document, mentions))
    probabilities = softmax(scaled(outputs.logits))
    own = np.array([voice_at(segments, mention.start).voice == OUTLET for mention in mentions], dtype=bool)
    style = writing_style(document.text, segments, probabilities[own])
    in_own_words = NetworkOutputs(outputs.logits[own], outputs.features[own])
    probabilities[own] = load_portrayal().probabilities(in_own_words, style)
    return classified(probabilities)


def writing_style(
    text: str, segments: Sequence[VoiceSegment], probabilities: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Measures that tell commentary from plain reports, of the outlet's own words.

    Parameters
    ----------
    text : str
    segments : sequence of VoiceSegment
    probabilities : array of float64, shape (n, 3)
        Of the sentence alone, for the mentions in the outlet's own words.

    Returns
    -------
    array of float64, shape (5,)
        In the order of `STYLE`: the share of the article's words that are the outlet's own; the mean probability that
        a mention in them is not neutral; words of the three lists in `lexicon/en/commentary.yml` per 100 own words.
    """
    own: list[str] = []
    n_words = 0
    for segment in segments:
        spoken = WORD.findall(text[segment.start : segment.end])
        n_words += len(spoken)
        if segment.voice == OUTLET:
            own += [word.casefold() for word in spoken]
    per_100 = 100 / max(1, len(own))
    lists = [words("commentary", name) for name in STYLE[2:]]
    counts = [sum(word in listed for word in own) * per_100 for listed in lists]
    scored = probabilities[~np.isnan(probabilities[:, _NEUTRAL]), _NEUTRAL]
    toned = 1 - scored.mean() if len(scored) else 0.0
    return np.array([len(own) / max(1, n_words), toned, *counts])
