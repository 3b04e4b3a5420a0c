"""Distil a large tagger into the small one.

    python -m training.quotes.distil --data POLNEAR --teacher FOLDER --texts FILE ... --state FOLDER

The teacher labels PolNeAR's train split and unlabelled texts. Tag sequences are sampled from its posterior, so that
the student also learns the teacher's uncertainty (sequence-level distillation, Kim and Rush 2016, with samples in
place of the best sequence). Labels are saved by shard, and the same command resumes an interrupted run.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from analysis.annotators.parsing.onnx_encoder import WordPieces, pack_windows, tokenize
from analysis.annotators.quotes.crf import LinearChainCRF, log_matmul, time_steps
from analysis.annotators.quotes.surface_features import surface_features
from training.common.run import device
from training.quotes.examples import UNKNOWN, Example, Labels, make_example
from training.quotes.model import LINK, PARTS, QuoteTagger
from training.quotes.polnear import Article, read_split
from training.quotes.train import PretrainedEncoder, TrainingPlan, add_training_options, fit, load_pretrained

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARD = 200  # texts
WINDOW, OVERLAP = 254, 64
_MAX_DISTANCE = 200  # words between content and cue, or cue and source


@dataclass(frozen=True)
class Teacher:
    """A trained tagger that labels texts."""

    base: PretrainedEncoder
    tagger: QuoteTagger

    @classmethod
    def load(cls, state: Path, mpnet: Path | None) -> Teacher:
        base = load_pretrained(mpnet)
        tagger = QuoteTagger(base.encoder, base.width)
        tagger.load_state_dict(load_file(state / "model.safetensors"))
        return cls(base, tagger.to(device()).eval())

    def crf(self) -> LinearChainCRF:
        parts = (part.detach().double().cpu().numpy() for part in self.tagger.crf.scores())
        return LinearChainCRF(*parts)

    @torch.no_grad()
    def columns(self, text: str, pieces: WordPieces) -> NDArray[np.float64]:
        """Return the columns of the head for every word."""
        features = surface_features(text, pieces)
        found = np.zeros((len(pieces), sum(PARTS)))
        where = device()
        for window in pack_windows(pieces.paragraphs, size=WINDOW, overlap=OVERLAP):
            inside = slice(window.start, window.stop)
            ids = torch.tensor([[self.base.ends[0], *pieces.ids[inside], self.base.ends[1]]], device=where)
            surface = torch.tensor(np.pad(features[inside], ((1, 1), (0, 0)))[None], device=where)
            with torch.autocast(where.type, dtype=torch.bfloat16):
                output = self.tagger(ids, surface)[0, 1:-1].float().cpu().numpy()
            kept = slice(window.kept_start - window.start, window.kept_stop - window.start)
            found[window.kept_start : window.kept_stop] = output[kept]
        return found[pieces.first]


def sample_tags(
    crf: LinearChainCRF, emissions: NDArray, sequences: NDArray, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Sample a tag sequence from the posterior (forward filtering, backward sampling)."""
    forward = emissions.copy()
    weights = np.exp(crf.transitions)
    order = list(time_steps(sequences))
    for first, here in order:
        forward[here] += crf.starts if first else log_matmul(forward[here - 1], weights)
    noise = rng.gumbel(size=forward.shape)
    tags = np.zeros(len(forward), dtype=np.int64)
    last = np.flatnonzero(np.diff(sequences, append=-1))
    tags[last] = (forward[last] + crf.ends + noise[last]).argmax(axis=1)
    for first, here in reversed(order):
        if not first:
            tags[here - 1] = (forward[here - 1] + crf.transitions[:, tags[here]].T + noise[here - 1]).argmax(
                axis=1
            )
    return tags


def link_words(tags: NDArray[np.int64], columns: NDArray[np.float64]) -> Labels:
    """Link the words of a sampled tag sequence by the teacher's scores."""
    _, content_query, cue_key, cue_query, source_key, no_source = np.split(
        columns, np.cumsum(PARTS)[:-1], axis=1
    )
    cue_of, source_of = np.full(len(tags), UNKNOWN), np.full(len(tags), UNKNOWN)
    cues, sources = np.flatnonzero(tags == 3), np.flatnonzero(tags == 1)
    for word in np.flatnonzero(tags >= 5):
        near = cues[np.abs(cues - word) <= _MAX_DISTANCE]
        if len(near):
            cue_of[word] = near[(cue_key[near] @ content_query[word]).argmax()]
    for word in cues:
        near = sources[np.abs(sources - word) <= _MAX_DISTANCE]
        scores = source_key[near] @ cue_query[word] / LINK**0.5
        source_of[word] = near[scores.argmax()] if len(near) and scores.max() > no_source[word, 0] else -2
    return Labels(tags, cue_of, source_of)


def sample_labels(
    text: str, student: WordPieces, teacher: Teacher, *, samples: int, seed: int
) -> list[Labels]:
    """Sample labels for a text; empty if the two tokenizers disagree about its words."""
    pieces = tokenize(text, teacher.base.tokenizer)
    if not np.array_equal(pieces.starts[pieces.first], student.starts[student.first]):
        return []
    columns = teacher.columns(text, pieces)
    crf, rng = teacher.crf(), np.random.default_rng(seed)
    sequences = pieces.paragraphs[pieces.first]
    drawn = (sample_tags(crf, columns[:, : PARTS[0]], sequences, rng) for _ in range(samples))
    return [link_words(tags, columns) for tags in drawn]


def label_shard(
    articles: Sequence[Article], first: int, path: Path, teacher: Teacher, tokenizer: Tokenizer, samples: int
) -> None:
    """Label a shard of articles and write the labels atomically."""
    arrays = {}
    for i, article in enumerate(articles):
        found = sample_labels(
            article.text, tokenize(article.text, tokenizer), teacher, samples=samples, seed=first + i
        )
        if found:
            arrays[str(i)] = np.stack([(one.tags, one.cue_of, one.source_of) for one in found]).astype(
                np.int32
            )
    scratch = path.with_suffix(".part")
    with scratch.open("wb") as file:
        np.savez_compressed(file, **arrays)
    scratch.replace(path)


def read_shard(articles: Sequence[Article], path: Path, tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield the examples of a shard. Where there are human labels, they are half of the choices."""
    with np.load(path, allow_pickle=False) as arrays:
        for i, article in enumerate(articles):
            drawn = [Labels(*rows.astype(np.int64)) for rows in arrays[str(i)]] if str(i) in arrays else []
            example = make_example(article, tokenizer)
            human = example.labels * max(1, len(drawn) // max(1, len(example.labels)))
            if human or drawn:
                yield replace(example, labels=(*human, *drawn))


def read_texts(paths: Sequence[Path], limit: int) -> Iterator[Article]:
    """Yield unlabelled texts: the field "text" of JSON lines, compressed or not."""

    def lines() -> Iterator[str]:
        for path in paths:
            with (
                gzip.open(path, "rt", encoding="utf-8")
                if path.suffix == ".gz"
                else path.open(encoding="utf-8") as file
            ):
                yield from file

    for i, line in enumerate(islice(lines(), limit)):
        yield Article(f"text-{i}", json.loads(line)["text"], ())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_training_options(parser, epochs=3)
    parser.add_argument("--teacher", type=Path, required=True, help="state folder of the teacher's training")
    parser.add_argument("--mpnet", type=Path, help="folder with MPNet's wheels, if the teacher is one")
    parser.add_argument(
        "--texts", type=Path, nargs="*", default=[], help="JSON lines with a field text, unlabelled"
    )
    parser.add_argument("--limit", type=int, default=4000, help="maximum number of unlabelled texts")
    parser.add_argument("--samples", type=int, default=4, help="label sequences sampled per text")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    student = load_pretrained()
    articles = [*read_split(args.data / "train"), *read_texts(args.texts, args.limit)]
    folder = args.state / "labels"
    folder.mkdir(parents=True, exist_ok=True)
    examples: list[Example] = []
    teacher = Teacher.load(args.teacher, args.mpnet)
    for first in range(0, len(articles), SHARD):
        part, path = articles[first : first + SHARD], folder / f"{first:06d}.npz"
        if not path.exists():
            label_shard(part, first, path, teacher, student.tokenizer, args.samples)
        examples += read_shard(part, path, student.tokenizer)
    del teacher
    fit(examples, student, TrainingPlan(args.epochs, args.pieces, args.seed), args.state)


if __name__ == "__main__":
    main()
