"""Quotes of a PolNeAR split as predictions for its scorer, and how long they take.

    python -m benchmarks.quotes_polnear SPLIT --out predictions.jsonl

SPLIT is a folder with text/*.txt. Each line of the output is {"article_id", "quotes": [{"content", "source",
"cue"}]} with spans as [start, end]. The times are CPU times of one thread: the tagger alone per 750 words, and all of
it per article, parse and quotation-mark layer included.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from analysis.annotate.attribution import attribute
from analysis.annotate.language import parse
from analysis.annotate.quotes import QuoteRecord, quote_records
from analysis.schemas import ROLES


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("split", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    paths = sorted((options.split / "text").glob("*.txt"))
    if not paths:
        parser.error(f"{options.split} holds no text/*.txt")
    quote_records(parse("A first sentence loads the models."))
    # Without newline translation: gold offsets count every character.
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in paths}
    started = time.process_time()
    for text in texts.values():
        attribute(text)
    tagged = time.process_time()
    with options.out.open("w", encoding="utf-8") as out:
        for name, text in texts.items():
            records = quote_records(parse(text))
            line = {"article_id": name, "quotes": [_spans(record) for record in records]}
            out.write(json.dumps(line) + "\n")
    words = sum(len(text.split()) for text in texts.values())
    print(f"tagger: {750_000 * (tagged - started) / words:.0f} ms CPU per 750 words")
    print(
        f"all: {1000 * (time.process_time() - tagged) / len(texts):.0f} ms CPU per article, {len(texts)} articles"
    )


def _spans(record: QuoteRecord) -> dict[str, Any]:
    return {role: [list(span) for span in spans] for role, spans in zip(ROLES, record.spans, strict=True)}


if __name__ == "__main__":
    main()
