"""Training examples from annotated articles: tags and acts per word, and links from content to cue to source."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import Tensor

from analysis.annotators.parsing.long_paragraphs import split_long_paragraphs
from analysis.annotators.parsing.onnx_encoder import Window, WordPieces, pack_windows, tokenize
from analysis.annotators.quotes.surface_features import SIZES, surface_features

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from analysis.annotators.parsing.document import Attribution, Span
    from training.quotes.polnear import Article

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ACTS = ("speech", "document", "belief", "intent")
_BEGIN = {"source": 1, "cue": 3, "content": 5}
UNKNOWN, NONE = -1, -2
WINDOW = 190
"""Word pieces in a window at run time."""
NOT_NESTED_WEIGHT = 0.1
"""Weight of the labels "no attribution within another" of articles in which these are not annotated."""
LARGEST_WINDOW = 254
"""In training, the size of the windows is drawn between the two for each article."""


@dataclass(frozen=True)
class Labels:
    """The labels of one annotator for each word.

    The attributions within the content of another one ("She said that *he had denied it*") are labelled apart from
    the others, since their words have a role in both.

    Parameters
    ----------
    tags, inner_tags : array of int64, shape (n_words,)
        Indices into `TAGS`.
    cue_of, inner_cue_of : array of int64, shape (n_words,)
        For words of a content the first word of its cue, `NONE` where it has none; else `UNKNOWN`.
    source_of : array of int64, shape (n_words,)
        For the first word of a cue, or of a content without cue, the first word of its source, `NONE` where it has
        none; else `UNKNOWN`.
    acts : array of int64, shape (n_words,)
        For words of a cue, or of a content without cue, an index into `ACTS`; else `UNKNOWN`.
    """

    tags: NDArray[np.int64]
    cue_of: NDArray[np.int64]
    source_of: NDArray[np.int64]
    inner_tags: NDArray[np.int64]
    inner_cue_of: NDArray[np.int64]
    acts: NDArray[np.int64]


@dataclass(frozen=True)
class Example:
    """One article as word pieces, with its labels by annotator.

    `inner_weight` is the weight of the labels of attributions within others.
    """

    pieces: WordPieces
    features: NDArray[np.int64]
    labels: tuple[Labels, ...]
    inner_weight: float


@dataclass(frozen=True)
class Batch:
    """A batch of windows; shape (batch, pieces) for the network, (batch, words) for the losses.

    `words` is the index of each word's first piece. `starts` is True where a paragraph begins. `cues`, `inner_cues`
    and `sources` are indices of words in the window: 0 stands for "no cue" or "no source" and i + 1 for word i.
    `inner_weights`, shape (batch,), are the weights of `inner_tags`.
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
    inner_tags: Tensor
    inner_cues: Tensor
    acts: Tensor
    inner_weights: Tensor


def make_example(article: Article, tokenizer: Tokenizer) -> Example:
    """Tokenize an article as at run time and label its words."""
    pieces = split_long_paragraphs(tokenize(article.text, tokenizer), article.text, WINDOW)
    labels = tuple(label_words(article.text, pieces, found) for found in article.annotations)
    weight = 1.0 if article.nested else NOT_NESTED_WEIGHT
    return Example(pieces, surface_features(article.text, pieces), labels, weight)


def label_words(text: str, pieces: WordPieces, attributions: Sequence[Attribution]) -> Labels:
    """Turn attributions into tags, links and acts.

    Punctuation at the edges of a span is excluded, so that edges are consistent. A cue that consists of punctuation
    only ("WALLACE: ...") is kept.
    """
    inner = {i for i, one in enumerate(attributions) if is_within_another(one, attributions)}
    outer = _label_layer(text, pieces, [one for i, one in enumerate(attributions) if i not in inner])
    within = _label_layer(text, pieces, [attributions[i] for i in sorted(inner)])
    return Labels(
        tags=outer.tags,
        cue_of=outer.cue_of,
        source_of=np.where(within.source_of == UNKNOWN, outer.source_of, within.source_of),
        inner_tags=within.tags,
        inner_cue_of=within.cue_of,
        acts=np.where(within.acts == UNKNOWN, outer.acts, within.acts),
    )


def is_within_another(one: Attribution, attributions: Sequence[Attribution]) -> bool:
    """Whether an attribution stands within the content of another: its cue, or its content if it has no cue."""
    start, end = (one.cue or one.content)[0]
    return any(
        other is not one
        and any(span.start <= start and end <= span.end for span in other.content)
        and (one.cue or set(one.content) != set(other.content))
        for other in attributions
    )


class _Layer(NamedTuple):
    """The labels of attributions that do not stand within one another; see `Labels`."""

    tags: NDArray[np.int64]
    cue_of: NDArray[np.int64]
    source_of: NDArray[np.int64]
    acts: NDArray[np.int64]


def _label_layer(text: str, pieces: WordPieces, attributions: Sequence[Attribution]) -> _Layer:
    first = pieces.first
    starts, ends = pieces.starts[first], pieces.ends[np.append(first[1:], len(pieces)) - 1]
    paragraphs = pieces.paragraphs[first]
    wordy = np.array(
        [any(c.isalnum() for c in text[a:b]) for a, b in zip(starts, ends, strict=True)], dtype=bool
    )
    n = len(first)
    group, begin = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    cue_of, source_of, acts = (np.full(n, UNKNOWN) for _ in range(3))
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
        bearer = "cue" if (owner, "cue") in heads else "content"
        if role == "content":
            cue_of[found] = heads.get((owner, "cue"), NONE)
        if role == bearer and len(found):
            source_of[heads[owner, bearer]] = heads.get((owner, "source"), NONE)
            if (act := attributions[owner].act) is not None:
                acts[found] = ACTS.index(act)
    cue_of[begin != _BEGIN["content"]] = UNKNOWN
    source_of[(begin != _BEGIN["cue"]) & (cue_of != NONE)] = UNKNOWN
    follows = (group == np.roll(group, 1)) & (paragraphs == np.roll(paragraphs, 1))
    if n:
        follows[0] = False
    return _Layer(begin + ((begin > 0) & follows), cue_of, source_of, acts)


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
        size = rng.randint(WINDOW, LARGEST_WINDOW)
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
        ids=torch.from_numpy(ids),
        features=torch.from_numpy(features),
        mask=torch.from_numpy(mask),
        inner_weights=torch.tensor([example.inner_weight for example, _, _ in items]),
        **stacked,
    )


_FILL = {
    "words": 0,
    "word_mask": False,
    "starts": False,
    "tags": 0,
    "cues": UNKNOWN,
    "sources": UNKNOWN,
    "inner_tags": 0,
    "inner_cues": UNKNOWN,
    "acts": UNKNOWN,
}


def _word_rows(pieces: WordPieces, labels: Labels, window: Window) -> dict[str, NDArray]:
    """Return the word-level columns of one window. Links to words outside it are unknown."""
    first = pieces.first
    low, high = np.searchsorted(first, [window.start, window.stop])
    inside = first[low:high]

    def links(targets: NDArray[np.int64]) -> NDArray[np.int64]:
        part = targets[low:high]
        reached = (part >= low) & (part < high)
        return np.where(reached, part - low + 1, np.where(part == NONE, 0, UNKNOWN))

    return {
        "words": inside - window.start + 1,
        "word_mask": np.ones(len(inside), dtype=bool),
        "starts": np.diff(pieces.paragraphs[inside], prepend=-1) > 0,
        "tags": _begun(labels.tags[low:high]),
        "cues": links(labels.cue_of),
        "sources": links(labels.source_of),
        "inner_tags": _begun(labels.inner_tags[low:high]),
        "inner_cues": links(labels.inner_cue_of),
        "acts": labels.acts[low:high],
    }


def _begun(tags: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return tags of which the first does not continue a span."""
    tags = tags.copy()
    if len(tags) and tags[0] in (2, 4, 6):
        tags[0] -= 1
    return tags
