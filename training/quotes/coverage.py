"""Articles on Russia and Iran whose quotes were coded by readers, as `training.quotes.polnear.Article`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from analysis.annotators.parsing.document import Attribution, Span
from training.common.json_lines import read_json_lines
from training.quotes.polnear import Article


def read_coded(coded: Sequence[Path], texts: Sequence[Path]) -> Iterator[Article]:
    """Yield the coded articles, with one tuple of attributions per reader.

    Parameters
    ----------
    coded : sequence of Path
        JSON lines with `id` and `quotes`; an article that two readers coded has two lines.
    texts : sequence of Path
        JSON lines with `id` and `text`, compressed or not.
    """
    annotations: dict[str, list[tuple[Attribution, ...]]] = {}
    for record in chain.from_iterable(map(read_json_lines, coded)):
        found = tuple(_attribution(quote) for quote in record["quotes"])
        annotations.setdefault(record["id"], []).append(found)
    records = chain.from_iterable(map(read_json_lines, texts))
    text = {record["id"]: record["text"] for record in records if record["id"] in annotations}
    if missing := sorted(annotations.keys() - text.keys()):
        raise SystemExit(
            f"no text of the coded articles {', '.join(missing[:3])}; give all files of articles with --texts"
        )
    for name, found_by in annotations.items():
        yield Article(name, text[name], tuple(found_by), nested=True)


def _attribution(quote: dict[str, Any]) -> Attribution:
    content, source, cue = (
        tuple(sorted(Span(*span) for span in quote[role] or ())) for role in ("content", "source", "cue")
    )
    return Attribution(content=content, source=source, cue=cue, act=quote["act"])
