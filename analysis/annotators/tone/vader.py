"""VADER scores of each voice of an article, and of the clause around a target.

VADER (Hutto & Gilbert 2014) is a sentiment lexicon with rules, made for social media. It serves as the baseline that
other studies report. Its accuracy on news is in the card of the tone model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.annotators.lexicon import alternation
from analysis.annotators.parsing.document import Document, VoiceSegment
from analysis.annotators.voice import words_by_voice
from analysis.corpus import WORD
from analysis.errors import FramingError

_NEUTRAL = 0.05
_CLAUSE_EDGE = re.compile(
    rf"[.!?;:\n\u2014]+(?=\s|$)|,\s+(?={alternation('clauses', 'after_comma')}\b)", re.IGNORECASE
)


@dataclass(frozen=True)
class VoiceTone:
    """VADER scores of one voice of an article.

    Attributes
    ----------
    voice : str
    n_words : int
    vader_compound : float
        Mean compound score (-1 to 1) of the sentences or parts of sentences in this voice, weighted by their words.
        VADER saturates on long texts, so a whole article is not scored at once.
    positive, negative : int
        Number of words with positive and with negative valence in the lexicon.
    """

    voice: str
    n_words: int
    vader_compound: float
    positive: int
    negative: int


def voice_tones(document: Document, segments: Sequence[VoiceSegment], text: str) -> list[VoiceTone]:
    """Score each voice of an article with VADER.

    Parameters
    ----------
    document : Document
    segments : sequence of VoiceSegment
        As `analysis.annotators.voice.partition` returns them.
    text : str
        The whole article. Its page furniture is not scored, but its words count.

    Returns
    -------
    list of VoiceTone
        One per voice that has words, sorted by voice. Their word counts add up to that of the article.
    """
    words = words_by_voice(text, segments)
    scored: dict[str, list[tuple[int, float]]] = {}
    valences: Counter[tuple[str, int]] = Counter()
    for voice, start, end in _stretches(document, segments):
        stretch = document.text[start:end]
        scored.setdefault(voice, []).append((len(WORD.findall(stretch)), compound(stretch)))
        valences.update((voice, sign) for sign in _signs(stretch))
    return [
        VoiceTone(
            voice=voice,
            n_words=n_words,
            vader_compound=_weighted_mean(scored.get(voice, [])),
            positive=valences[voice, 1],
            negative=valences[voice, -1],
        )
        for voice, n_words in words.items()
        if n_words
    ]


def compound(text: str) -> float:
    """VADER's compound score of a text, -1 to 1."""
    return float(_analyzer().polarity_scores(text)["compound"])


def clause_polarity(text: str, start: int, end: int) -> int:
    """VADER's polarity (-1, 0, 1) of the clause around a target.

    The clause ends at a full stop, semicolon, colon, line break, or a comma before a conjunction or relative pronoun.
    The thresholds of +-0.05 are those of Hutto & Gilbert (2014).
    """
    first = max((match.end() for match in _CLAUSE_EDGE.finditer(text, 0, start)), default=0)
    after = _CLAUSE_EDGE.search(text, end)
    score = compound(text[first : after.start() if after else len(text)])
    return (score >= _NEUTRAL) - (score <= -_NEUTRAL)


def _stretches(document: Document, segments: Sequence[VoiceSegment]) -> Iterator[tuple[str, int, int]]:
    """Sentences split at changes of voice."""
    place = 0
    for sentence in document.sentences:
        while place < len(segments) and segments[place].end <= sentence.start:
            place += 1
        for segment in segments[place:]:
            if segment.start >= sentence.end:
                break
            yield segment.voice, max(segment.start, sentence.start), min(segment.end, sentence.end)


def _weighted_mean(scored: list[tuple[int, float]]) -> float:
    n_words = sum(words for words, _ in scored)
    return round(sum(words * score for words, score in scored) / n_words, 6) if n_words else 0.0


def _signs(text: str) -> Iterator[int]:
    lexicon = _analyzer().lexicon
    for word in WORD.findall(text):
        valence = lexicon.get(word.lower(), 0.0)
        if valence:
            yield 1 if valence > 0 else -1


@cache
def _analyzer() -> Any:
    """nltk's VADER with the lexicon of the vaderSentiment package, so that nothing is downloaded."""
    import importlib.util

    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

    spec = importlib.util.find_spec("vaderSentiment")
    if spec is None or spec.origin is None:
        raise FramingError(
            "the package vaderSentiment is not installed; it contains the VADER lexicon",
            remedy="run: pip install vaderSentiment",
        )
    lexicon = Path(spec.origin).with_name("vader_lexicon.txt")

    class Scorer(SentimentIntensityAnalyzer):
        def __init__(self) -> None:  # nltk would look for the lexicon in its download folders
            self.lexicon_file = lexicon.read_text(encoding="utf-8")
            self.lexicon = self.make_lex_dict()
            self.constants = VaderConstants()

        def polarity_scores(self, text: str) -> dict[str, float]:
            # nltk joins every word with every mark of this list, which takes most of its time
            self.constants.PUNC_LIST = [mark for mark in VaderConstants.PUNC_LIST if mark in text]
            scores: dict[str, float] = super().polarity_scores(text)
            return scores

    return Scorer()
