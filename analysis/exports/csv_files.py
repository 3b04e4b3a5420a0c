"""Export as a folder of CSV files, with a README and the record of the run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.dataset.folder import RUN_FILE
from analysis.exports.dictionary import HOW_TO_READ, contents, data_dictionary, introduction, origin
from analysis.exports.reading import readable
from analysis.exports.safe import MOST_CHARACTERS, Changes, is_long, safe_cells
from analysis.provenance import published_run

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

README, DICTIONARY = "README.md", "data_dictionary.csv"


def csv_files(tables: Tables) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    """Make the files of a CSV export.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    mapping of str to bytes
        Content by file name: `NAME.csv` for each table, `data_dictionary.csv`, `README.md`, `run.json`.
    tuple of str
        Notes on what was changed.
    """
    frames = readable(tables)
    changes = Changes()
    files = {f"{name}.csv": _csv(frame, changes) for name, frame in frames.items()}
    notes = (*changes.notes(), *_too_long(frames))
    dictionary = data_dictionary(frames)
    files[DICTIONARY] = _csv(dictionary, Changes())
    files[README] = _readme(tables, frames, dictionary, notes).encode("utf-8")
    files[RUN_FILE] = (
        f"{json.dumps(published_run(tables.run), indent=1, ensure_ascii=False, sort_keys=True)}\n".encode()
    )
    return files, notes


def _csv(frame: pd.DataFrame, changes: Changes) -> bytes:
    """A table as CSV in UTF-8 (RFC 4180, except for Unix line ends)."""
    text = safe_cells(frame, changes).to_csv(index=False, lineterminator="\n")
    # without a byte order mark, Excel assumes the system's legacy encoding
    return text.encode("utf-8-sig")


def _too_long(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    found = [
        f"{name}.{column} ({n:,})"
        for name, frame in frames.items()
        for column in frame
        if (n := sum(map(is_long, frame[column])))
    ]
    if not found:
        return []
    return [
        f"cells longer than {MOST_CHARACTERS:,} characters, which Excel truncates when it opens the file. The file "
        f"itself is complete; --to xlsx splits these cells over several columns: {', '.join(found)}"
    ]


def _readme(
    tables: Tables, frames: Mapping[str, pd.DataFrame], dictionary: pd.DataFrame, notes: tuple[str, ...]
) -> str:
    title = tables.study.codebook.title if tables.study else "Media framing"
    lines = [f"# {_inline(title)}: results", ""]
    for line in (*introduction(tables), HOW_TO_READ):
        lines += [line, ""]
    lines += [
        "The files are CSV in UTF-8 with a byte order mark, which Excel needs for letters such as “é”. Read them "
        'with `pandas.read_csv(NAME, encoding="utf-8-sig")` or `readr::read_csv(NAME)`. Times are in UTC. A cell '
        "that begins with an apostrophe and a sign such as = is text that no spreadsheet runs.",
        "",
        "## Changes and notes",
        "",
        *([f"- {note}" for note in notes] or ["- none"]),
        "",
        "## Files",
        "",
        *_grid(
            ("file", "rows", "one row"),
            [(f"{t}.csv", f"{n:,}", m) for t, n, m in contents(frames).to_numpy()],
        ),
    ]
    for name, rows in dictionary.groupby("table", sort=False):
        columns = ["column", "kind", "meaning", "values", "may_be_empty"]
        lines += ["", f"## {name}.csv", "", *_grid(("column", "kind", "meaning", "values", "may be empty"),
                                                   rows[columns].to_numpy())]  # fmt: skip
    lines += ["", f"## Origin (`{RUN_FILE}`)", "", *_grid(("", ""), list(origin(tables).items()))]
    return "\n".join(lines) + "\n"


def _grid(head: tuple[str, ...], rows: object) -> list[str]:
    """A Markdown table."""
    cells = [head, ("---",) * len(head), *rows]  # type: ignore[misc]
    return [f"| {' | '.join(_inline(str(cell)) for cell in row)} |" for row in cells]


def _inline(text: str) -> str:
    """Escape a text for a cell of a Markdown table: one line, no HTML, no links."""
    line = " ".join(text.split())
    for found in ("\\", "|", "<", "](", "!["):
        line = line.replace(found, f"\\{found}")
    return line
