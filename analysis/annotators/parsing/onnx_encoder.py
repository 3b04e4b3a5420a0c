"""Small transformer encoders, run with onnxruntime.

A text is split into word pieces, and the pieces are packed into windows of whole paragraphs. Each window is run
alone, so that its output does not depend on other windows. The outputs are joined to one array over the pieces of the
text; callers do not see the windows.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import FramingError
from analysis.integrity import check_files

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODELS = Path(__file__).resolve().parents[2] / "models"
_SLOWER = ("SkipLayerNormFusion", "BiasGeluFusion")
"""Fusions of onnxruntime that make a network slower; layer normalization fused with a sum takes 20 times as long."""

KNOWN_ANSWERS = "known_answers.json"
"""File with some inputs of a network and its outputs, from `training.common.known_answers`."""

_TOLERANCE = 1.0
"""Between a known output and that of this processor. Other orders of summation change logits by up to .1; sums that
overflow, by 2 to 5."""

PARAGRAPH = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True)
class WordPieces:
    """The word pieces of a text, in order.

    Parameters
    ----------
    ids : array of int64, shape (n,)
        Indices into the vocabulary.
    starts, ends : array of int64, shape (n,)
        Code points in the text.
    words : array of int64, shape (n,)
        Number of the word or punctuation mark that the piece belongs to; from 0, without gaps.
    paragraphs : array of int64, shape (n,)
        Number of the paragraph; from 0, without gaps.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: NDArray[np.int64]
    paragraphs: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def first(self) -> NDArray[np.int64]:
        """Indices of the first piece of each word."""
        return np.flatnonzero(np.diff(self.words, prepend=-1))


def tokenize(text: str, tokenizer: Tokenizer) -> WordPieces:
    """Split a text into word pieces, paragraph by paragraph.

    Parameters
    ----------
    text : str
        Line breaks of any kind end paragraphs.
    tokenizer : tokenizers.Tokenizer

    Returns
    -------
    WordPieces
        Empty for a text of white space and control characters only.
    """
    matches = [match for match in PARAGRAPH.finditer(text) if not match.group().isspace()]
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    words: list[int] = []
    paragraphs: list[int] = []
    number = words_before = 0
    for match, encoding in zip(
        matches, tokenizer.encode_batch([m.group() for m in matches], add_special_tokens=False), strict=True
    ):
        if not encoding.ids:
            continue
        base = match.start()
        ids += encoding.ids
        offsets += [(base + start, base + end) for start, end in encoding.offsets]
        words += [words_before + word for word in encoding.word_ids if word is not None]
        paragraphs += [number] * len(encoding.ids)
        number += 1
        words_before = words[-1] + 1
    bounds = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    word = np.array(words, dtype=np.int64)
    return WordPieces(
        ids=np.array(ids, dtype=np.int64),
        starts=bounds[:, 0],
        ends=bounds[:, 1],
        words=np.cumsum(np.diff(word, prepend=word[:1]) > 0),
        paragraphs=np.array(paragraphs, dtype=np.int64),
    )


@dataclass(frozen=True)
class Window:
    """Pieces `start` to `stop` are the network's input; the outputs of `kept_start` to `kept_stop` are used."""

    start: int
    stop: int
    kept_start: int
    kept_stop: int


def pack_windows(paragraphs: NDArray[np.int64], *, size: int, overlap: int) -> list[Window]:
    """Pack paragraphs into windows.

    Parameters
    ----------
    paragraphs : array of int64, shape (n,)
        As in `WordPieces`.
    size : int
        Maximum number of pieces per window.
    overlap : int
        Pieces that two windows share where a paragraph is longer than `size` and has to be split. The output of each
        shared piece is taken from the window in which it is further from the edge.

    Returns
    -------
    list of Window
        In order. Every piece is kept in exactly one window.
    """
    edges = np.flatnonzero(np.diff(paragraphs, prepend=-1, append=-1)).tolist()
    packed: list[Window] = []
    start = kept = 0
    for begin, end in pairwise(edges):
        if end - start > size and begin > start:
            packed.append(Window(start, begin, kept, begin))
            start = kept = begin
        while end - start > size:
            packed.append(Window(start, start + size, kept, start + size - overlap // 2))
            kept = packed[-1].kept_stop
            start += size - overlap
    if edges:
        packed.append(Window(start, edges[-1], kept, edges[-1]))
    return packed


class Encoder:
    """A trained network with its tokenizer and configuration.

    Parameters
    ----------
    folder : Path
        Contains model.onnx, tokenizer.json and config.json.

    Raises
    ------
    FramingError
        A file is missing or cannot be read, or this processor computes something else than it should.

    Notes
    -----
    The session uses one thread, so that worker processes do not compete for the cores.
    """

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        try:
            self.config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self.tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
            self._session = _session(folder / "model.onnx")
            known = folder / KNOWN_ANSWERS
            answers = json.loads(known.read_text(encoding="utf-8")) if known.exists() else []
        except (OSError, ValueError) as error:
            raise FramingError(
                f"{folder}: the model cannot be read ({error}); reinstall the toolkit"
            ) from error
        self._cls, self._sep = (np.array([self.tokenizer.token_to_id(mark)]) for mark in ("[CLS]", "[SEP]"))
        self._expect(answers, folder)

    def _expect(self, answers: list[dict[str, Any]], folder: Path) -> None:
        """Compare the network's outputs with known ones."""
        for answer in answers:
            given = {name: np.array(values) for name, values in answer["inputs"].items()}
            known = np.array(answer["output"])  # the first columns
            apart = np.abs(self.run_window(**given)[..., : known.shape[-1]] - known).max()
            if not apart < _TOLERANCE:
                raise FramingError(
                    f"the network gives wrong results on this processor, by up to {apart:.1f}",
                    path=folder / "model.onnx",
                    remedy="install the version of onnxruntime in requirements.lock, or use another machine",
                )

    def tokenize(self, text: str) -> WordPieces:
        """Split a text into word pieces; see `tokenize`."""
        return tokenize(text, self.tokenizer)

    def run(self, pieces: WordPieces, **features: NDArray[np.int64]) -> NDArray[np.float32]:
        """Run the network on the pieces of a text.

        Parameters
        ----------
        pieces : WordPieces
        **features : array of int64, shape (len(pieces), k)
            Further inputs of the network, by name.

        Returns
        -------
        array of float32, shape (len(pieces), columns)
            The output for each piece.
        """
        outputs = np.zeros((len(pieces), self.config["columns"]), dtype=np.float32)
        size, overlap = self.config["window"], self.config["overlap"]
        for window in pack_windows(pieces.paragraphs, size=size, overlap=overlap):
            inside = slice(window.start, window.stop)
            inputs = {name: _framed(values[inside]) for name, values in features.items()}
            output = self.run_window(ids=np.concatenate((self._cls, pieces.ids[inside], self._sep)), **inputs)
            skipped = window.start - 1  # the output begins with [CLS]
            outputs[window.kept_start : window.kept_stop] = output[
                window.kept_start - skipped : window.kept_stop - skipped
            ]
        return outputs

    def run_window(self, **inputs: NDArray[np.int64]) -> NDArray[np.float32]:
        """Run the network on one window.

        Parameters
        ----------
        **inputs : array of int64, shape (n, ...)
            Inputs by name, including [CLS] and [SEP].

        Returns
        -------
        array of float32
            The first output of the network.
        """
        return self.run_outputs(**inputs)[0]

    def run_outputs(self, **inputs: NDArray[np.int64]) -> list[NDArray[np.float32]]:
        """Run the network on one window and return all outputs; see `run_window`."""
        found: list[NDArray[np.float32]] = self._session.run(
            None, {name: values[None] for name, values in inputs.items()}
        )
        return [output[0] for output in found]


@functools.cache
def load_encoder(name: str) -> Encoder:
    """Return the encoder in `analysis/models/<name>`, loaded once per process after a check of its checksum."""
    check_files()
    return Encoder(MODELS / name)


def _framed(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pad with zeros for [CLS] and [SEP]."""
    return np.pad(values, [(1, 1)] + [(0, 0)] * (values.ndim - 1))


def _session(path: Path) -> InferenceSession:
    """Open a network so that its results are the same on every processor.

    Processors without VNNI add 8-bit products in 16 bits, which can overflow. On these a slower, exact product is
    used.
    """
    exactly = {"session.x64quantprecision": "1"} if _int8_overflows() else {}
    return _open(path, **exactly)


@functools.cache
def _int8_overflows() -> bool:
    """Whether this processor overflows when it adds the largest 8-bit products."""
    size = 16
    given = np.full((size, size), 255, dtype=np.uint8)
    (sums,) = _open(MODELS / "eight_bit_sums.onnx").run(None, {"given": given})
    return bool((sums != 255 * 127 * size).any())


def _open(path: Path, **entries: str) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    if not path.is_file():
        raise FileNotFoundError(f"{path.name} is missing")
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Every result has memory of its own: 3 to 7 % faster with the same results, for a few dozen MB.
    options.enable_mem_reuse = options.enable_mem_pattern = False
    for name, value in {"session.intra_op.allow_spinning": "0", **entries}.items():
        options.add_session_config_entry(name, value)
    return InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(_SLOWER)
    )
