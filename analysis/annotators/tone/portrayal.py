"""How an outlet portrays an actor in its own words.

`analysis.annotators.tone.classifier` reads one sentence and was trained on sentences that were labelled one by one. A
reader of a whole article asks something else: does the *outlet* portray the actor favourably or unfavourably? In a
plain report a bad event is no criticism, in commentary the same words are. The network therefore has a second head,
trained on sentences that readers judged within their article. Its logits are corrected by measures of the style of
the article's own words, so that the mean of p(positive) - p(negative) over an article's own mentions of a side
predicts the code that readers gave it (-1, 0 or 1). Neither the head nor the style depends on the names of outlets,
actors or sides.

The second head judges mentions in the outlet's own words. In attributed words, the first head decides.
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
    LABELS,
    MODEL,
    TargetSentiment,
    classified,
    network_logits,
    scaled,
    softmax,
)
from analysis.annotators.tone.passages import in_own_words, own_words_logits
from analysis.annotators.tone.targets import targets_of
from analysis.corpus import WORD
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    from numpy.typing import NDArray

STYLE = ("length", "obligation")
"""The measures of style, in the order of `writing_style`."""

MAX_DEVIATION = 2.0
"""Limit of the standardized style, in standard deviations: a text of few words has extreme rates."""

_NEUTRAL = 1  # column of the neutral class


@dataclass(frozen=True)
class Portrayal:
    """From the logits of the network's head for the outlet's own words to probabilities.

    Attributes
    ----------
    scale : float
        Factor of the logits.
    bias : array of float64, shape (3,)
        Added to the scaled logits.
    style_mean, style_scale, style_weights : array of float64, shape (2,)
        The standardized style times its weights is subtracted from the logit of the neutral class.
    fitted : dict
        The `sides` it was fitted to, and how well it predicts the readers' codes of other articles, with their number
        (`cross_validated`, `check`), compared with the sentence alone (`sentence_alone`, `check_sentence_alone`).
    """

    scale: float
    bias: NDArray[np.float64]
    style_mean: NDArray[np.float64]
    style_scale: NDArray[np.float64]
    style_weights: NDArray[np.float64]
    fitted: dict[str, Any]

    def probabilities(self, logits: NDArray[np.float64], style: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities of negative, neutral and positive portrayal, shape (n, 3).

        Parameters
        ----------
        logits : array of float64, shape (n, 3)
            Of n mentions in the own words of one article.
        style : array of float64, shape (2,)
            See `writing_style`.
        """
        corrected = logits * self.scale + self.bias
        corrected[:, _NEUTRAL] -= standardized(style, self.style_mean, self.style_scale) @ self.style_weights
        return softmax(corrected)


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
    scale, fitted = stored.pop("scale"), stored.pop("fitted")
    arrays = {name: np.array(values, dtype=np.float64) for name, values in stored.items()}
    return Portrayal(scale=scale, **arrays, fitted=fitted)


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
    targets = targets_of(document, mentions)
    own = in_own_words(mentions, segments)
    probabilities = np.zeros((len(mentions), len(LABELS)))
    attributed = [targets[i] for i in np.flatnonzero(~own).tolist()]
    probabilities[~own] = softmax(scaled(network_logits(attributed)))
    logits = own_words_logits(document, mentions, own)[own]
    style = writing_style(document.text, segments)
    probabilities[own] = load_portrayal().probabilities(logits, style)
    return classified(probabilities)


def writing_style(text: str, segments: Sequence[VoiceSegment]) -> NDArray[np.float64]:
    """Measures that tell commentary from plain reports, of the outlet's own words.

    Parameters
    ----------
    text : str
    segments : sequence of VoiceSegment

    Returns
    -------
    array of float64, shape (2,)
        In the order of `STYLE`: the natural logarithm of the number of the outlet's own words, and how many of 100 of
        them express an obligation (`lexicon/en/commentary.yml`).
    """
    own = [
        word.casefold()
        for segment in segments
        if segment.voice == OUTLET
        for word in WORD.findall(text[segment.start : segment.end])
    ]
    obligations = words("commentary", "obligation")
    n_words = max(1, len(own))
    return np.array([np.log(n_words), 100 * sum(word in obligations for word in own) / n_words])
