"""Make examples of attributions within others: sentences with attributions are put into the mouth of a speaker.

Readers coded only 158 such attributions in the train articles. "Officials deny it" becomes "Officials deny it, she
said", in which the attribution to the officials stands within the content of another one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.onnx_encoder import PARAGRAPH
from training.quotes.polnear import Article

_SENTENCE_END = re.compile(r"(?<=[a-z0-9]{2}[.!?])[\"”’)]{0,2}\s+(?=[\"“‘(]?[A-Z])")
_MARKS = re.compile(r"[\"“”„«»]")
_FEWEST_WORDS, _MOST_WORDS = 6, 60
_SHARE_WITH, _SHARE_WITHOUT = 0.7, 0.15  # of the sentences with and without an attribution of their own
_SOURCES = (
    "he", "she", "they", "the official", "officials", "the minister", "a senior diplomat", "the spokesman",
    "the ministry", "the president", "analysts", "Mr. Hall", "Anna Weber", "the general", "the newspaper",
    "a former adviser", "the foreign minister", "one of the envoys", "Omar Said", "the agency",
)  # fmt: skip
_CUES = (
    "said", "said", "said", "added", "argued", "claimed", "wrote", "announced", "told reporters", "believes",
    "noted", "warned", "insisted", "says", "stressed",
)  # fmt: skip
_FORMS = ("{s} {c} that \0.", "{s} {c} \0.", "“\0,” {s} {c}.", "“\0,” {c} {s}.", "\0, {s} {c}.")
_ROLES = ("content", "source", "cue")


def nested_article(article: Article, seed: int) -> Article:
    """Return an article in which speakers of our own say some of the sentences.

    Parameters
    ----------
    article : Article
        The attributions of its first annotator are used.
    seed : int
        Other seeds choose other sentences and speakers.
    """
    rng = random.Random(f"{article.name} {seed}")
    attributions = article.annotations[0]
    text, moved, done = "", [], 0
    for sentence in _sentences(article.text):
        inside = [one for one in attributions if _overlaps(one, sentence)]
        whole = all(_lies_within(one, sentence) for one in inside)
        if not whole or rng.random() > (_SHARE_WITH if inside else _SHARE_WITHOUT):
            continue
        form = rng.choice(_FORMS)
        if "“" in form and _MARKS.search(article.text, *sentence):
            continue
        moved += [
            _shifted(one, len(text) - done)
            for one in attributions
            if done <= _hull(one).start and _hull(one).end <= sentence.start
        ]
        text += article.text[done : sentence.start]
        clause = _Clause(form, rng.choice(_SOURCES), rng.choice(_CUES))
        start = len(text) + len(clause.before)
        moved += [_shifted(one, start - sentence.start) for one in inside]
        moved.append(clause.attribution(start, start + sentence.end - sentence.start))
        text += clause.before + article.text[slice(*sentence)] + clause.after
        done = sentence.end + 1  # the full stop is part of the clause
    moved += [_shifted(one, len(text) - done) for one in attributions if _hull(one).start >= done]
    return replace(article, text=text + article.text[done:], annotations=(tuple(moved),))


class _Clause:
    """A reporting clause: what stands before and after the sentence that is reported."""

    def __init__(self, form: str, source: str, cue: str) -> None:
        before, self.after = form.format(s=source, c=cue).split("\0")
        self.before = before[:1].upper() + before[1:]
        self.source, self.cue = source, cue

    def attribution(self, start: int, end: int) -> Attribution:
        """Return the attribution of the sentence, which begins and ends at these offsets."""
        return Attribution(
            content=(Span(start, end),),
            source=(self._place(self.source, start, end),),
            cue=(self._place(self.cue, start, end),),
            act="belief" if self.cue == "believes" else "speech",
        )

    def _place(self, words: str, start: int, end: int) -> Span:
        place = self.before.casefold().find(words.casefold())
        first = start - len(self.before) + place if place >= 0 else end + self.after.index(words)
        return Span(first, first + len(words))


def _sentences(text: str) -> Iterator[Span]:
    """Yield the sentences that end with a full stop, without it."""
    for paragraph in PARAGRAPH.finditer(text):
        begin = paragraph.start()
        ends = [match.start() for match in _SENTENCE_END.finditer(text, begin, paragraph.end())]
        for end in (*ends, paragraph.end()):
            sentence = text[begin:end].strip()
            if (
                sentence.endswith(".")
                and sentence[0].isalpha()
                and _FEWEST_WORDS <= len(sentence.split()) <= _MOST_WORDS
            ):
                start = text.index(sentence, begin)
                yield Span(start, start + len(sentence) - 1)
            begin = end


def _hull(one: Attribution) -> Span:
    """Return the span from the first to the last word of an attribution."""
    spans = [span for role in _ROLES for span in getattr(one, role)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _overlaps(one: Attribution, sentence: Span) -> bool:
    hull = _hull(one)
    return hull.start < sentence.end and hull.end > sentence.start


def _lies_within(one: Attribution, sentence: Span) -> bool:
    hull = _hull(one)
    return sentence.start <= hull.start and hull.end <= sentence.end + 1


def _shifted(one: Attribution, by: int) -> Attribution:
    moved = {
        role: tuple(Span(span.start + by, span.end + by) for span in getattr(one, role)) for role in _ROLES
    }
    return replace(one, **moved)
