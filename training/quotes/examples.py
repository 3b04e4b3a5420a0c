"""Training examples from annotated articles: a tag per word, and links from content to cue to source."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from analysis.annotators.parsing.onnx_encoder import Window, WordPieces, pack_windows, tokenize
from analysis.annotators.quotes.surface_features import SIZES, surface_features

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from analysis.annotators.parsing.document import Attribution, Span
    from training.quotes.polnear import Article

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
_BEGIN = {"source": 1, "cue": 3, "content": 5}
UNKNOWN = -1


@dataclass(frozen=True)
class Labels:
    """The labels of one annotator for each word.

    Parameters
    ----------
    tags : array of int64, shape (n_words,)
        Indices into `TAGS`.
    cue_of : array of int64, shape (n_words,)
        For words of a content the first word of its cue, else `UNKNOWN`.
    source_of : array of int64, shape (n_words,)
        For the first word of a cue the first word of its source, -2 where it has none; else `UNKNOWN`.
    """

    tags: NDArray[np.int64]
    cue_of: NDArray[np.int64]
    source_of: NDArray[np.int64]


@dataclass(frozen=True)
class Example:
    """One article as word pieces, with its labels by annotator."""

    pieces: WordPieces
    features: NDArray[np.int64]
    labels: tuple[Labels, ...]


@dataclass(frozen=True)
class Batch:
    """A batch of windows; shape (batch, pieces) for the network, (batch, words) for the losses.

    `words` is the index of each word's first piece. `starts` is True where a paragraph begins. `cues` and `sources`
    are indices of words in the window; in `sources`, 0 stands for "no source" and i + 1 for word i.
    """

    ids: Tensor
    features: Tensor
    mask: Tensor
    words: Tensor
    word_mask: Tensor
    starts: Tensor
    tags: Tensor
    cues: Tensor
    sources: Tensor


def make_example(article: Article, tokenizer: Tokenizer) -> Example:
    """Tokenize an article and label its words."""
    pieces = tokenize(article.text, tokenizer)
    labels = tuple(label_words(article.text, pieces, found) for found in article.annotations)
    return Example(pieces, surface_features(article.text, pieces), labels)


def label_words(text: str, pieces: WordPieces, attributions: Sequence[Attribution]) -> Labels:
    """Turn attributions into tags and links.

    Punctuation at the edges of a span is excluded, so that edges are consistent. A cue that consists of punctuation
    only ("WALLACE: ...") is kept.
    """
    first = pieces.first
    starts, ends = pieces.starts[first], pieces.ends[np.append(first[1:], len(pieces)) - 1]
    paragraphs = pieces.paragraphs[first]
    wordy = np.array(
        [any(c.isalnum() for c in text[a:b]) for a, b in zip(starts, ends, strict=True)], dtype=bool
    )
    n = len(first)
    group, begin = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    cue_of, source_of = np.full(n, UNKNOWN), np.full(n, UNKNOWN)
    number = 0

    def members(span: Span) -> NDArray[np.int64]:
        inside = np.flatnonzero((starts < span.end) & (ends > span.start))
        solid = inside[wordy[inside]]
        return inside[(inside >= solid[0]) & (inside <= solid[-1])] if len(solid) else inside

    places = []
    for role in ("content", "source", "cue"):  # where two overlap, the later one counts
        for owner, attribution in enumerate(attributions):
            for span in getattr(attribution, role):
                found = members(span)
                number += 1
                group[found], begin[found] = number, _BEGIN[role]
                places.append((role, owner, found))
    heads = _heads(places)
    for role, owner, found in places:
        if role == "content" and (owner, "cue") in heads:
            cue_of[found] = heads[owner, "cue"]
        elif role == "cue" and len(found):
            source_of[heads[owner, "cue"]] = heads.get((owner, "source"), -2)
    cue_of[begin != _BEGIN["content"]] = UNKNOWN
    source_of[begin != _BEGIN["cue"]] = UNKNOWN
    follows = (group == np.roll(group, 1)) & (paragraphs == np.roll(paragraphs, 1))
    if n:
        follows[0] = False
    return Labels(tags=begin + ((begin > 0) & follows), cue_of=cue_of, source_of=source_of)


def _heads(places: list[tuple[str, int, NDArray[np.int64]]]) -> dict[tuple[int, str], int]:
    """Return the first word of the cue and of the source of each attribution."""
    heads: dict[tuple[int, str], int] = {}
    for role, owner, found in places:
        if len(found):
            heads.setdefault((owner, role), int(found[0]))
    return heads


def batches(examples: Sequence[Example], *, pieces: int, seed: int, ends: tuple[int, int]) -> Iterator[Batch]:
    """Yield one epoch of batches of windows of similar length.

    Parameters
    ----------
    pieces : int
        Maximum number of word pieces per batch, including padding.
    seed : int
        Of window sizes, annotators (where an article has several) and order.
    ends : (int, int)
        Ids of the pieces that begin and end a window.
    """
    rng = random.Random(seed)
    cuts: list[tuple[Example, Labels, Window]] = []
    for example in examples:
        labels = rng.choice(example.labels)
        size = rng.randint(160, 254)
        cuts += [
            (example, labels, window)
            for window in pack_windows(example.pieces.paragraphs, size=size, overlap=0)
        ]
    cuts.sort(key=lambda item: (item[2].stop - item[2].start, rng.random()))
    groups: list[list[tuple[Example, Labels, Window]]] = [[]]
    for item in cuts:
        if (item[2].stop - item[2].start + 2) * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(item)
    rng.shuffle(groups)
    for group in groups:
        yield collate(group, ends)


def collate(items: Sequence[tuple[Example, Labels, Window]], ends: tuple[int, int]) -> Batch:
    """Pad windows to a batch."""
    length = max(window.stop - window.start for _, _, window in items) + 2
    size = len(items)
    ids, mask = np.zeros((size, length), dtype=np.int64), np.zeros((size, length), dtype=bool)
    features = np.zeros((size, length, len(SIZES)), dtype=np.int64)
    rows = []
    for row, (example, labels, window) in enumerate(items):
        n = window.stop - window.start
        ids[row, : n + 2] = [ends[0], *example.pieces.ids[window.start : window.stop], ends[1]]
        mask[row, : n + 2] = True
        features[row, 1 : n + 1] = example.features[window.start : window.stop]
        rows.append(_word_rows(example.pieces, labels, window))
    width = max(len(row["words"]) for row in rows)
    stacked = {
        key: torch.from_numpy(
            np.stack([np.pad(row[key], (0, width - len(row[key])), constant_values=fill) for row in rows])
        )
        for key, fill in _FILL.items()
    }
    return Batch(
        ids=torch.from_numpy(ids), features=torch.from_numpy(features), mask=torch.from_numpy(mask), **stacked
    )


_FILL = {"words": 0, "word_mask": False, "starts": False, "tags": 0, "cues": UNKNOWN, "sources": UNKNOWN}


def _word_rows(pieces: WordPieces, labels: Labels, window: Window) -> dict[str, NDArray]:
    """Return the word-level columns of one window. Links to words outside it are unknown."""
    first = pieces.first
    low, high = np.searchsorted(first, [window.start, window.stop])
    inside = first[low:high]
    tags = labels.tags[low:high].copy()
    if len(tags) and tags[0] in (2, 4, 6):
        tags[0] -= 1
    cues, sources = labels.cue_of[low:high] - low, labels.source_of[low:high]
    known = (cues >= 0) & (cues < high - low)
    moved = np.where(sources == -2, 0, sources - low + 1)
    reached = (sources == -2) | ((sources >= low) & (sources < high))
    return {
        "words": inside - window.start + 1,
        "word_mask": np.ones(len(inside), dtype=bool),
        "starts": np.diff(pieces.paragraphs[inside], prepend=-1) > 0,
        "tags": tags,
        "cues": np.where(known, cues, UNKNOWN),
        "sources": np.where(reached, moved, UNKNOWN),
    }
