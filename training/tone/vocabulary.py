"""Select the vocabulary of the network: the most frequent word pieces in news, and every letter.

    python -m training.tone.vocabulary --data NEWSMTSC --texts NEWS --out FOLDER [--size 14000]

The embeddings of BERT's 30,522 pieces would take half of the shipped file, and 98.5 % of the pieces in English news
are among the 14,000 most frequent ones. Words with other pieces are split further. Writes tokenizer.json and
kept.json (the ids of the pieces in BERT's vocabulary, in order).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from analysis.annotators.tone.classifier import BEGIN, CLOSE, FINISH, MASK, OPEN
from training.common.minilm import load_tokenizer
from training.tone.newsmtsc import read_split
from training.tone.unlabelled import texts_of

_MARKS = (BEGIN, FINISH, OPEN, MASK, CLOSE, "[PAD]", "[UNK]", "[MASK]")
_LETTERS_BELOW = 0x250
"""Latin letters, digits and punctuation, so that any word can be spelled."""
_NEWSMTSC_WEIGHT = 5
"""Weight of a piece in NewsMTSC relative to one in the other texts."""
_BATCH = 200


def count_pieces(texts: Iterable[str], tokenizer: Tokenizer) -> NDArray[np.int64]:
    """Frequency of each word piece."""
    found = np.zeros(tokenizer.get_vocab_size(), dtype=np.int64)
    for part in _parts(texts):
        for encoding in tokenizer.encode_batch(part, add_special_tokens=False):
            np.add.at(found, np.array(encoding.ids, dtype=np.int64), 1)
    return found


def select_pieces(found: NDArray[np.int64], tokenizer: Tokenizer, size: int) -> list[int]:
    """Ids of `size` pieces in order: reserved pieces and letters, then the most frequent ones."""
    vocabulary = tokenizer.get_vocab()
    letters = {
        number
        for piece, number in vocabulary.items()
        if len(piece.removeprefix("##")) == 1 and ord(piece[-1]) < _LETTERS_BELOW
    }
    needed = letters | {vocabulary[mark] for mark in _MARKS}
    rest = [number for number in np.argsort(-found, kind="stable").tolist() if number not in needed]
    return sorted(needed | set(rest[: size - len(needed)]))


def restrict(tokenizer: Tokenizer, kept: list[int]) -> Tokenizer:
    """The tokenizer restricted to some of its pieces, with new ids."""
    spec = json.loads(tokenizer.to_str())
    number = {old: new for new, old in enumerate(kept)}
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    spec["model"]["vocab"] = {piece: number[old] for piece, old in pieces if old in number}
    for added in spec["added_tokens"]:
        added["id"] = number[added["id"]]
    spec["post_processor"] = None  # it would add reserved pieces by their old ids
    return Tokenizer.from_str(json.dumps(spec, ensure_ascii=False))


def load_vocabulary(folder: Path) -> tuple[Tokenizer, list[int]]:
    """The tokenizer, and the ids of its pieces in BERT's vocabulary."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return tokenizer, json.loads((folder / "kept.json").read_text(encoding="utf-8"))


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    held = list(texts)
    for first in range(0, len(held), _BATCH):
        yield held[first : first + _BATCH]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="JSON lines with a field text")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=14_000)
    args = parser.parse_args()
    tokenizer = load_tokenizer()
    own = count_pieces({mention.text for mention in read_split(args.data, "train")}, tokenizer)
    found = count_pieces(texts_of(args.texts), tokenizer) + _NEWSMTSC_WEIGHT * own
    kept = select_pieces(found, tokenizer, args.size)
    args.out.mkdir(parents=True, exist_ok=True)
    restrict(tokenizer, kept).save(str(args.out / "tokenizer.json"), pretty=False)
    (args.out / "kept.json").write_text(json.dumps(kept), encoding="utf-8")
    outside = 1 - found[kept].sum() / found.sum()
    print(f"{len(kept)} pieces; {100 * outside:.1f} % of the texts' pieces are split further")


if __name__ == "__main__":
    main()
