"""Targets in unlabelled news sentences, for distillation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from training.common.json_lines import read_json_lines
from training.tone.newsmtsc import Mention

_SENTENCE = re.compile(r"(?<=[.!?])[\"\u201d\u2019)]*\s+(?=[\"\u201c\u2018(]?[A-Z])|[\r\n]+")
_WORD = r"(?:[A-Z][\w\u2019'-]+|[A-Z]\.)"
_NAME = re.compile(rf"{_WORD}(?: (?:(?:of|bin|al|de|van) )?{_WORD})*")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|him|[Tt]hey|them)\b")
_NOT_NAMES = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|The|A|An|In|On|At|But|And|It|This|That|These|Those|There|If|When|While|As|For|With|"
    r"What|Why|How|Who|We|You|He|She|They|His|Her|Their|Its|My|Our|Not|No|So|Yet|After|Before|Some|Many|Most|One)\Z"
)
_WORDS = range(6, 60)
_PRONOUN_SHARE = 0.15
"""Share of pronouns among the targets, about that of NewsMTSC."""
_TARGETS = 3
"""Maximum number of targets of one sentence."""


def sentences(texts: Sequence[str]) -> Iterator[str]:
    """Distinct sentences of 6 to 59 words."""
    seen: set[str] = set()
    for text in texts:
        for sentence in _SENTENCE.split(text):
            clean = sentence.strip()
            if len(clean.split()) in _WORDS and clean not in seen:
                seen.add(clean)
                yield clean


def candidates(sentence: str) -> list[tuple[int, int]]:
    """Spans of capitalised names."""
    spans = []
    for match in _NAME.finditer(sentence):
        name = match.group().removesuffix("'s").removesuffix("\u2019s")
        if not _NOT_NAMES.match(name):
            spans.append((match.start(), match.start() + len(name)))
    return spans


def read_unlabelled(paths: Sequence[Path], limit: int, seed: int, *, without: set[str]) -> list[Mention]:
    """Draw one random target in each of `limit` random sentences; the label is a placeholder.

    Parameters
    ----------
    paths : sequence of Path
        JSON lines with a field "text", gzipped or not.
    limit : int
        Maximum number of sentences.
    without : set of str
        Sentences to leave out: those of the development sets.
    """
    dice = np.random.default_rng(seed)
    found = []
    for sentence in _shuffled(paths, dice):
        pronouns = [match.span() for match in _PRONOUN.finditer(sentence)]
        spans = pronouns if pronouns and dice.random() < _PRONOUN_SHARE else candidates(sentence)
        if spans and sentence not in without:
            found.append(Mention(sentence, *spans[dice.integers(len(spans))], 1))
        if len(found) == limit:
            break
    return found


def read_multi_target(
    paths: Sequence[Path], limit: int, seed: int, *, without: set[str]
) -> list[list[Mention]]:
    """Draw sentences with several targets, up to three of each; the labels are placeholders.

    A student that sees one target per sentence learns the tone of the sentence. It then fails on sentences that are
    positive towards one target and negative towards another.

    Parameters
    ----------
    paths, limit, seed, without
        As for `read_unlabelled`.
    """
    dice = np.random.default_rng(seed)
    found = []
    for sentence in _shuffled(paths, dice):
        targets = targets_of(sentence)
        if len(targets) > 1 and sentence not in without:
            chosen = sorted(dice.permutation(len(targets))[:_TARGETS].tolist())
            found.append([targets[i] for i in chosen])
        if len(found) == limit:
            break
    return found


def targets_of(sentence: str) -> list[Mention]:
    """The targets of a sentence: one for each name, and one pronoun."""
    spans = candidates(sentence)
    spans += [match.span() for match in _PRONOUN.finditer(sentence)][:1]
    named = {sentence[start:end]: (start, end) for start, end in reversed(spans)}
    return [Mention(sentence, start, end, 1) for start, end in sorted(named.values())]


def texts_of(paths: Sequence[Path]) -> list[str]:
    """The field "text" of JSON lines, gzipped or not."""
    return [record["text"] for path in paths for record in read_json_lines(path)]


def _shuffled(paths: Sequence[Path], dice: np.random.Generator) -> Iterator[str]:
    texts = texts_of(paths)
    yield from sentences([texts[i] for i in dice.permutation(len(texts))])
