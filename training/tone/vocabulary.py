"""Choose the word pieces that the network knows: the most frequent of news, and every letter.

    python -m training.tone.vocabulary --data NEWSMTSC --texts NEWS --out FOLDER [--size 14000]

BERT's 30,522 pieces would fill half of the shipped file, and 98.5 % of the pieces of English news are among the
14,000 most frequent ones. Words with rarer pieces are cut finer. Writes tokenizer.json and kept.json (BERT's numbers
of the pieces, in order).
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
"""Latin letters, digits and punctuation, of which any word can be spelt."""
_OWN = 5
"""How much a piece of NewsMTSC counts for beside one of the other texts."""
_BATCH = 200


def counts(texts: Iterable[str], tokenizer: Tokenizer) -> NDArray[np.int64]:
    """How often each piece occurs."""
    found = np.zeros(tokenizer.get_vocab_size(), dtype=np.int64)
    for part in _parts(texts):
        for encoding in tokenizer.encode_batch(part, add_special_tokens=False):
            np.add.at(found, np.array(encoding.ids, dtype=np.int64), 1)
    return found


def choose(found: NDArray[np.int64], tokenizer: Tokenizer, size: int) -> list[int]:
    """The numbers of `size` pieces, in order: marks and letters, then the most frequent."""
    vocabulary = tokenizer.get_vocab()
    letters = {
        number
        for piece, number in vocabulary.items()
        if len(piece.removeprefix("##")) == 1 and ord(piece[-1]) < _LETTERS_BELOW
    }
    needed = letters | {vocabulary[mark] for mark in _MARKS}
    rest = [number for number in np.argsort(-found, kind="stable").tolist() if number not in needed]
    return sorted(needed | set(rest[: size - len(needed)]))


def shorten(tokenizer: Tokenizer, kept: list[int]) -> Tokenizer:
    """The tokenizer with only some of its pieces, numbered anew."""
    spec = json.loads(tokenizer.to_str())
    number = {old: new for new, old in enumerate(kept)}
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    spec["model"]["vocab"] = {piece: number[old] for piece, old in pieces if old in number}
    for added in spec["added_tokens"]:
        added["id"] = number[added["id"]]
    spec["post_processor"] = None  # it would add marks by their old numbers; nobody asks for them
    return Tokenizer.from_str(json.dumps(spec, ensure_ascii=False))


def load_vocabulary(folder: Path) -> tuple[Tokenizer, list[int]]:
    """The tokenizer, and BERT's numbers of its pieces."""
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
    own = counts({mention.text for mention in read_split(args.data, "train")}, tokenizer)
    found = counts(texts_of(args.texts), tokenizer) + _OWN * own
    kept = choose(found, tokenizer, args.size)
    args.out.mkdir(parents=True, exist_ok=True)
    shorten(tokenizer, kept).save(str(args.out / "tokenizer.json"), pretty=False)
    (args.out / "kept.json").write_text(json.dumps(kept), encoding="utf-8")
    outside = 1 - found[kept].sum() / found.sum()
    print(f"{len(kept)} pieces; {100 * outside:.1f} % of the texts' pieces are cut finer")


if __name__ == "__main__":
    main()
