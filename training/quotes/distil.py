"""Distil a large tagger into the small one.

    python -m training.quotes.distil --data POLNEAR --acts FILE --coded FILE --texts FILE ... --teacher FOLDER \\
        --unlabelled FILE ... --state FOLDER

The teacher labels the articles it was trained on and unlabelled texts. Tag sequences are sampled from its posterior,
so that the student also learns the teacher's uncertainty (sequence-level distillation, Kim and Rush 2016, with
samples in place of the best sequence). Labels are saved by shard, and the same command resumes an interrupted run.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from analysis.annotators.parsing.long_paragraphs import split_long_paragraphs
from analysis.annotators.parsing.onnx_encoder import WordPieces, pack_windows, tokenize
from analysis.annotators.quotes.crf import LinearChainCRF, log_matmul, time_steps
from analysis.annotators.quotes.surface_features import surface_features
from analysis.annotators.quotes.tagger import WordScores, scores_from_columns
from training.common.json_lines import read_json_lines
from training.common.run import device
from training.quotes.examples import LARGEST_WINDOW, NONE, UNKNOWN, WINDOW, Example, Labels, make_example
from training.quotes.model import LINK, PARTS, QuoteTagger
from training.quotes.polnear import Article
from training.quotes.train import (
    PretrainedEncoder,
    TrainingPlan,
    add_training_options,
    fit,
    load_pretrained,
    read_labelled,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARD = 200  # texts
OVERLAP = 64
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

    def crfs(self) -> tuple[LinearChainCRF, LinearChainCRF]:
        """Return the CRF of attributions and that of attributions within others."""
        outer, inner = (
            LinearChainCRF(*(part.detach().double().cpu().numpy() for part in crf.scores()))
            for crf in (self.tagger.crf, self.tagger.inner_crf)
        )
        return outer, inner

    @torch.no_grad()
    def columns(self, text: str, pieces: WordPieces) -> NDArray[np.float64]:
        """Return the columns of the head for every word."""
        features = surface_features(text, pieces)
        found = np.zeros((len(pieces), sum(PARTS.values())))
        where = device()
        for window in pack_windows(pieces.paragraphs, size=LARGEST_WINDOW, overlap=OVERLAP):
            inside = slice(window.start, window.stop)
            ids = torch.tensor([[self.base.ends[0], *pieces.ids[inside], self.base.ends[1]]], device=where)
            surface = torch.tensor(np.pad(features[inside], ((1, 1), (0, 0)))[None], device=where)
            with torch.autocast(where.type, dtype=torch.bfloat16, enabled=where.type == "cuda"):
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


def link_words(
    tags: NDArray[np.int64], content_query: NDArray[np.floating], scores: WordScores
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Link the words of a sampled tag sequence by the teacher's scores.

    Returns
    -------
    cue_of, source_of, acts : array of int64, shape (words,)
        As in `Labels`.
    """
    cue_of, source_of, acts = (np.full(len(tags), UNKNOWN) for _ in range(3))
    cues, sources = np.flatnonzero(tags == 3), np.flatnonzero(tags == 1)
    for word in np.flatnonzero(tags >= 5):
        votes = content_query[word] @ scores.cue_key / LINK**0.5
        cue_of[word] = _best(word, cues, votes, scores.no_cue[word])
    bearers = (tags == 3) | (tags == 4) | (cue_of == NONE)
    begins = bearers & (tags % 2 == 1)
    for word in np.flatnonzero(begins):
        votes = scores.cue_query[word] @ scores.source_key / LINK**0.5
        source_of[word] = _best(word, sources, votes, scores.no_source[word])
    acts[bearers] = scores.acts[bearers].argmax(axis=1)
    return cue_of, source_of, acts


def _best(word: int, answers: NDArray[np.int64], votes: NDArray[np.floating], none: float) -> int:
    """Return the answer with the most votes, `NONE` where none of those nearby has more than `none`."""
    near = answers[np.abs(answers - word) <= _MAX_DISTANCE]
    if not len(near) or votes[near].max() <= none:
        return NONE
    return int(near[votes[near].argmax()])


def sample_labels(
    text: str, student: WordPieces, teacher: Teacher, *, samples: int, seed: int
) -> list[Labels]:
    """Sample labels for a text; empty if the two tokenizers disagree about its words."""
    pieces = split_long_paragraphs(tokenize(text, teacher.base.tokenizer), text, WINDOW)
    if not np.array_equal(pieces.starts[pieces.first], student.starts[student.first]):
        return []
    paragraphs = pieces.paragraphs[pieces.first]
    scores = scores_from_columns(teacher.columns(text, pieces), PARTS, paragraphs)
    (crf, inner_crf), rng = teacher.crfs(), np.random.default_rng(seed)
    drawn = []
    for _ in range(samples):
        tags = sample_tags(crf, scores.tags, paragraphs, rng)
        inner_tags = sample_tags(inner_crf, scores.inner_tags, paragraphs, rng)
        cue_of, source_of, acts = link_words(tags, scores.content_query, scores)
        inner_cue_of, inner_source_of, inner_acts = link_words(inner_tags, scores.inner_content_query, scores)
        drawn.append(
            Labels(
                tags=tags,
                cue_of=cue_of,
                source_of=np.where(inner_source_of == UNKNOWN, source_of, inner_source_of),
                inner_tags=inner_tags,
                inner_cue_of=inner_cue_of,
                acts=np.where(inner_acts == UNKNOWN, acts, inner_acts),
            )
        )
    return drawn


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
            arrays[str(i)] = np.stack([astuple(one) for one in found]).astype(np.int32)
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
    records = chain.from_iterable(map(read_json_lines, paths))
    for i, record in enumerate(islice(records, limit)):
        yield Article(f"text-{i}", record["text"], (), nested=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_training_options(parser, steps=2000)
    parser.add_argument("--teacher", type=Path, required=True, help="state folder of the teacher's training")
    parser.add_argument("--mpnet", type=Path, help="folder with MPNet's wheels, if the teacher is one")
    parser.add_argument("--unlabelled", type=Path, nargs="*", default=[], help="JSON lines with a field text")
    parser.add_argument("--limit", type=int, default=4000, help="maximum number of unlabelled texts")
    parser.add_argument("--samples", type=int, default=4, help="label sequences sampled per text")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    student = load_pretrained()
    articles = [*read_labelled(args), *read_texts(args.unlabelled, args.limit)]
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
    fit(examples, student, TrainingPlan(args.steps, args.pieces, args.seed), args.state)


if __name__ == "__main__":
    main()
