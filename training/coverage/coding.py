"""What readers coded, as tables of offsets and answers without the words of the articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.corpus import count_words

if TYPE_CHECKING:
    import pandas as pd

PARTS = ("train", "dev")
_ROLES = ("content", "source", "cue")
_LONGEST_NAME = 4  # words; a longer name may be a description in the words of the article
_ACT = ("start", "direction", "source", "target")


def coded_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the coded articles.

    Parameters
    ----------
    folder : pathlib.Path
        With train.jsonl and dev.jsonl.

    Returns
    -------
    dict of str to pandas.DataFrame
        `articles` (one row per article and coder, with `part`, `reading`, tone of the outlet's own words towards
        Russia, Iran and the US, relation, and frames joined by semicolons), `themes` (0 absent, 1 passing, 2
        central), `quotes`, `quote_spans`, and `acts` of Russia and Iran on each other (at most six per article).
    """
    import pandas as pd

    articles, themes, quotes, spans, acts = [], [], [], [], []
    for part, reading, coded in _readings(folder):
        key = {"article_id": coded["id"], "reading": reading}
        tone = {f"tone_{side}": value for side, value in coded["tone"].items()}
        articles.append(
            key
            | {"part": part, "coder": coded["coder"], "relation": coded["relation"]}
            | {"frames": ";".join(sorted(coded["frames"]))}
            | tone
        )
        themes.append(key | coded["themes"])
        for number, quote in enumerate(coded["quotes"], start=1):
            name = quote["speaker"]
            kept = name if name and count_words(name) <= _LONGEST_NAME else None
            about = {column: quote[column] for column in ("kind", "act", "side")}
            quotes.append(key | {"quote": number} | about | {"speaker": kept})
            spans += [
                key | {"quote": number, "role": role, "start": start, "end": end}
                for role in _ROLES
                for start, end in quote[role] or ()
            ]
        acts += [key | {name: act[name] for name in _ACT} for act in coded["dyads"]]
    tables = {"articles": articles, "themes": themes, "quotes": quotes, "quote_spans": spans, "acts": acts}
    return {name: _whole_numbers(pd.DataFrame(rows)) for name, rows in tables.items()}


def _readings(folder: Path) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """The part, the number of the reading of an article that several coders read, and the coding."""
    for part in PARTS:
        seen: dict[str, int] = {}
        for coded in _sorted(folder / f"{part}.jsonl"):
            seen[coded["id"]] = seen.get(coded["id"], 0) + 1
            yield part, seen[coded["id"]], coded


def _sorted(path: Path) -> Iterable[dict[str, Any]]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return sorted(rows, key=lambda row: str(row["id"]))  # coders of one article stay in the order of the file


def _whole_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Columns of whole numbers with empty cells as such, so that they are written without a decimal point."""
    numbers = table.select_dtypes("number").columns
    return table.astype(dict.fromkeys(numbers, "Int64"))
