"""Fit the vectors of word pieces: `python -m training.themes.vectors --texts FILE ... --out analysis/models/themes`.

The teacher is all-MiniLM-L6-v2, mean over the pieces. A sentence of the texts gives one equation: the weighted mean
of the vectors of its pieces is the teacher's vector. The equations are solved by ridge regression around the
teacher's vectors of single pieces. The result is reduced to its principal components, scaled to variance 1.
The texts are JSONL files with a field `text`. Encoding 4,000 sentences takes about five minutes of one core.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.common.json_lines import read_json_lines
from training.common.minilm import MiniLM, load_minilm, load_tokenizer

SENTENCES, BACKGROUND, WIDTH = 4000, 1000, 64
RIDGE, COMMON = 0.03, 1e-3
LONGEST = 126  # pieces
CLS, SEP = 101, 102
_END = re.compile(r'(?<=[.!?”"])\s+(?=[A-Z“"])|\n+')

Array = NDArray[np.float32]


def sentences(paths: Sequence[Path], seed: int) -> list[str]:
    """Draw sentences of 40 to 500 characters, the same number from each file."""
    rng = random.Random(seed)
    drawn: list[str] = []
    for path in paths:
        texts = (record["text"] for record in read_json_lines(path))
        found = sorted({part for text in texts for part in _END.split(text) if 40 < len(part) < 500})
        drawn += rng.sample(found, min(len(found), -(-SENTENCES // len(paths))))
    rng.shuffle(drawn)
    return drawn[:SENTENCES]


@torch.inference_mode()
def teach(teacher: MiniLM, ids: Sequence[Sequence[int]]) -> Array:
    """Return the teacher's vectors."""
    rows = [teacher(torch.tensor([[CLS, *pieces, SEP]]))[0].mean(0).numpy() for pieces in ids]
    return np.array(rows, dtype=np.float32)


@torch.inference_mode()
def single(teacher: MiniLM, size: int) -> Array:
    """Return the teacher's vectors of single pieces."""
    rows = []
    for batch in torch.arange(size).split(512):
        ends = torch.full_like(batch, CLS), torch.full_like(batch, SEP)
        rows.append(teacher(torch.stack([ends[0], batch, ends[1]], dim=1)).mean(1).numpy())
    return np.concatenate(rows)


def weights_of(ids: Sequence[Sequence[int]], size: int) -> Array:
    """Weights that fall with the frequency of a piece (SIF)."""
    counts = Counter(piece for pieces in ids for piece in pieces)
    total = sum(counts.values())
    return np.array([COMMON / (COMMON + counts[piece] / total) for piece in range(size)], dtype=np.float32)


def solve(ids: Sequence[Sequence[int]], targets: Array, start: Array, weights: Array) -> Array:
    """Ridge regression of the targets on the weighted pieces, around the vectors in `start`; the dual form."""
    from scipy.sparse import csr_matrix

    rows = np.repeat(np.arange(len(ids)), [len(pieces) for pieces in ids])
    columns = np.concatenate([np.array(pieces) for pieces in ids])
    values = np.concatenate([weights[list(pieces)] / weights[list(pieces)].sum() for pieces in ids])
    bags = csr_matrix((values, (rows, columns)), shape=(len(ids), len(start)))
    known = bags @ start
    start = start * float((known * targets).sum() / (known**2).sum())
    gram = (bags @ bags.T).toarray().astype(np.float32) + RIDGE * np.eye(len(ids), dtype=np.float32)
    fitted: Array = start + bags.T @ np.linalg.solve(gram, (targets - bags @ start).astype(np.float32))
    return fitted


def reduce(fitted: Array, ids: Sequence[Sequence[int]], weights: Array) -> tuple[Array, Array]:
    """Principal components of the sentences, scaled to variance 1: vectors of pieces and of the first sentences."""
    means = np.array(
        [weights[list(pieces)] @ fitted[list(pieces)] / weights[list(pieces)].sum() for pieces in ids[:3000]]
    )
    _, spread, axes = np.linalg.svd(means, full_matrices=False)
    turn = axes[:WIDTH].T / (spread[:WIDTH] / np.sqrt(len(means)))
    return fitted @ turn, (means @ turn)[:BACKGROUND]


def save(out: Path, vectors: Array, weights: Array, background: Array) -> None:
    """Write vectors.npz, with the vectors in 8 bits."""
    scale = np.abs(vectors).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    np.savez_compressed(
        out / "vectors.npz",
        vectors=np.round(vectors / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        weights=weights.astype(np.float16),
        background=background.astype(np.float16),
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    tokenizer, teacher = load_tokenizer(), load_minilm(dropout=0.0).eval()
    drawn = sentences(args.texts, args.seed)
    ids = [tokenizer.encode(text, add_special_tokens=False).ids[:LONGEST] for text in drawn]
    size = tokenizer.get_vocab_size()
    weights = weights_of(ids, size)
    targets, start = teach(teacher, ids), single(teacher, size)
    used = sorted({piece for pieces in ids for piece in pieces})
    fitted = solve(ids, targets - targets.mean(0), start - start[used].mean(0), weights)
    vectors, background = reduce(fitted, ids, weights)
    args.out.mkdir(parents=True, exist_ok=True)
    save(args.out, vectors, weights, background)


if __name__ == "__main__":
    main()
