"""Make the input of the head for outlets' own words from articles, as a run does.

    python -m training.tone.passages --articles FILE ... --out FOLDER

For each article in `portrayal_mentions.jsonl`, a file has its passages (`analysis.annotators.tone.passages`) about
all sides. Dates and outlets of the articles, by which a run also decides who is mentioned, are not used. This needs
the toolkit's own environment and about a second per article; a second call continues the first.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from analysis import load_study
from analysis.annotators.article import Article, MeasuredArticle
from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.annotators.parsing.onnx_encoder import MODELS
from analysis.annotators.tone.classifier import MODEL
from analysis.annotators.tone.passages import in_own_words, passages
from training.common.json_lines import read_json_lines

LABELS = Path(__file__).with_name("portrayal_mentions.jsonl")
STUDY = Path(__file__).parents[2] / "data"


def write_passages(path: Path, measured: MeasuredArticle, tokenizer: Tokenizer) -> None:
    """Write the passages of an article, with the start of each mention that is judged."""
    mentions = measured.mentions
    own = in_own_words(mentions, measured.segments)
    found = list(passages(measured.document, mentions, own, tokenizer))
    np.savez(
        path,
        ids=_joined([passage.ids for passage in found]),
        sizes=np.array([len(passage.ids) for passage in found], dtype=np.int64),
        starts=np.array([mentions[i].start for passage in found for i in passage.judged], dtype=np.int64),
        judged=np.array([len(passage.judged) for passage in found], dtype=np.int64),
    )


def _joined(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="files with the texts")
    parser.add_argument("--out", type=Path, required=True, help="folder for the passages")
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(MODELS / MODEL / "tokenizer.json"))
    study = load_study(STUDY)
    args.out.mkdir(parents=True, exist_ok=True)
    missing = {row["id"] for row in read_json_lines(LABELS)} - {path.stem for path in args.out.glob("*.npz")}
    for path in args.articles:
        for given in read_json_lines(path):
            if given["id"] in missing:
                text = PlainNewlines(given["text"]).text
                article = Article(given["id"], given.get("title") or "", text, None, path.name)
                write_passages(args.out / f"{given['id']}.npz", MeasuredArticle(article, study), tokenizer)
                missing.discard(given["id"])


if __name__ == "__main__":
    main()
