"""Input of the network's head for an outlet's own words: an article's sentences about one side, one after another.

A reader judges a sentence as part of its article. The head therefore reads all sentences in which the outlet's own
words mention a side, as far as they fit into the network, and judges every mention in them at once. Each of the
mentions is masked, by whatever name, so that the result does not depend on who the side is. Names of other sides are
not masked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.annotators.parsing.document import Document, Mention, VoiceSegment
from analysis.annotators.parsing.onnx_encoder import load_encoder
from analysis.annotators.tone.classifier import BEGIN, CLOSE, FINISH, LABELS, MASK, MODEL, OPEN, piece_id
from analysis.annotators.voice import voice_at
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

MAX_PIECES = 196
"""Maximum number of word pieces of a passage, with those at both ends."""

MAX_SENTENCE_PIECES = 110
"""A longer sentence is divided after so many word pieces, unless the rest would be short (`_REST`)."""

_REST = 20  # word pieces
_MARK = 3  # pieces in place of a mention
_CACHE_SIZE = 1024  # passages per process
_WORD = re.compile(r"\w")


class Passage(NamedTuple):
    """Sentences, or parts of them, about one side.

    Attributes
    ----------
    ids : array of int64, shape (n,)
        Ids of the word pieces. A reserved piece between two others stands in place of each mention that is judged.
    judged : list of int
        Numbers of these mentions, in the order of the text.
    """

    ids: NDArray[np.int64]
    judged: list[int]


def in_own_words(mentions: Sequence[Mention], segments: Sequence[VoiceSegment]) -> NDArray[np.bool_]:
    """Whether each of n mentions stands in the outlet's own words, shape (n,)."""
    return np.array([voice_at(segments, mention.start).voice == OUTLET for mention in mentions], dtype=bool)


def own_words_logits(
    document: Document, mentions: Sequence[Mention], own: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Run the head for an outlet's own words.

    Parameters
    ----------
    document : Document
    mentions : sequence of Mention
        All mentions of the article, in the order of the text.
    own : array of bool, shape (n,)
        See `in_own_words`.

    Returns
    -------
    array of float64, shape (n, 3)
        In the order of `classifier.LABELS`. NaN for mentions that are not in own words, and for those in sentences
        without another word.
    """
    found = np.full((len(mentions), len(LABELS)), np.nan)
    for passage in passages(document, mentions, own, load_encoder(MODEL).tokenizer):
        found[passage.judged] = _logits(passage.ids.tobytes())
    return found


def passages(
    document: Document, mentions: Sequence[Mention], own: NDArray[np.bool_], tokenizer: Tokenizer
) -> Iterator[Passage]:
    """The passages about each side; parameters as in `own_words_logits`."""
    sides: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, mention in enumerate(mentions):
        sides[mention.side][document.sentence_at(mention.start)].append(number)
    for sentences in sides.values():
        about = [numbers for numbers in sentences.values() if own[numbers].any()]
        parts = (part for numbers in about for part in _parts(document, mentions, numbers, own, tokenizer))
        yield from _packed(parts, tokenizer)


def marks_and_sentences(
    ids: NDArray[np.int64], tokenizer: Tokenizer
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the mentions of a passage and their sentences are.

    Parameters
    ----------
    ids : array of int64, shape (n,)
        See `Passage`.
    tokenizer : tokenizers.Tokenizer

    Returns
    -------
    marks, sentences : array of int64, shape (m, n)
        1 for the pieces in place of each of the m mentions, and 1 for those of its sentence, else 0.
    """
    places = np.arange(len(ids))
    starts = np.flatnonzero(ids == piece_id(tokenizer, OPEN))[:, None]
    ends = np.flatnonzero(ids == piece_id(tokenizer, FINISH))
    after = np.searchsorted(ends, starts)
    first, last = np.concatenate(([0], ends))[after] + 1, ends[after]
    marks = (places >= starts) & (places < starts + _MARK)
    sentences = (places >= first) & (places < last)
    return marks.astype(np.int64), sentences.astype(np.int64)


@lru_cache(maxsize=_CACHE_SIZE)
def _logits(ids: bytes) -> NDArray[np.float32]:
    """Logits for the mentions of one passage, shape (m, 3)."""
    encoder = load_encoder(MODEL)
    pieces = np.frombuffer(ids, dtype=np.int64)
    marks, sentences = marks_and_sentences(pieces, encoder.tokenizer)
    found = encoder.run_window(ids=pieces, marks=marks, sentences=sentences, own_words=np.array(1))
    return found.reshape(-1, len(LABELS))


def _packed(parts: Iterable[tuple[list[int], list[int]]], tokenizer: Tokenizer) -> Iterator[Passage]:
    """Join sentences to passages."""
    begin, finish = (piece_id(tokenizer, name) for name in (BEGIN, FINISH))
    ids, judged = [begin], list[int]()
    for pieces, numbers in parts:
        if len(ids) + len(pieces) + 1 > MAX_PIECES:
            yield Passage(np.array(ids, dtype=np.int64), judged)
            ids, judged = [begin], []
        ids += [*pieces, finish]
        judged += numbers
    if judged:
        yield Passage(np.array(ids, dtype=np.int64), judged)


def _parts(
    document: Document,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    own: NDArray[np.bool_],
    tokenizer: Tokenizer,
) -> Iterator[tuple[list[int], list[int]]]:
    """Word pieces of one sentence with its mentions of a side masked, divided if it is long; and who is judged."""
    first, last = document.sentences[document.sentence_at(mentions[numbers[0]].start)]
    starts, ends = zip(*((mentions[number].start, mentions[number].end) for number in numbers), strict=True)
    bounds = zip((first, *ends), (*starts, max(last, *ends)), strict=True)
    between = [document.text[start:end] for start, end in bounds]
    if not any(map(_WORD.search, between)):
        return
    mark_open, mask, mark_close = (piece_id(tokenizer, name) for name in (OPEN, MASK, CLOSE))
    pieces, *following = (tokenizer.encode(words, add_special_tokens=False).ids for words in between)
    places: dict[int, int] = {}  # of the mentions that are judged
    for number, after in zip(numbers, following, strict=True):
        if own[number]:
            places[number] = len(pieces)
        pieces += [mark_open, mask, mark_close] if own[number] else [mask]
        pieces += after
    for begin, stop in _divided(len(pieces), places.values()):
        inside = [number for number, place in places.items() if begin <= place < stop]
        if inside:
            yield pieces[begin:stop], inside


def _divided(size: int, places: Collection[int]) -> Iterator[tuple[int, int]]:
    """Bounds of the parts of a sentence of `size` pieces; none is within a mention, which begin at `places`."""
    begin = 0
    while begin < size:
        stop = size if size - begin <= MAX_SENTENCE_PIECES + _REST else begin + MAX_SENTENCE_PIECES
        stop = next((place for place in places if place < stop < place + _MARK), stop)
        yield begin, stop
        begin = stop
