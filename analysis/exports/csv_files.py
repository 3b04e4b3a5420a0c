"""Export as a folder of CSV files, with a README and the record of the run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.dataset.folder import RUN_FILE
from analysis.exports.dictionary import HOW_TO_READ, contents, data_dictionary, introduction, origin
from analysis.exports.reading import readable, table_names
from analysis.exports.safe import MOST_CHARACTERS, Changes, long_texts, safe_cells
from analysis.files import partial_files
from analysis.provenance import published_run

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

README, DICTIONARY = "README.md", "data_dictionary.csv"


def write_csv_files(tables: Tables, folder: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the files of a CSV export, shard by shard, so that the tables need not fit into memory.

    Parameters
    ----------
    tables : Tables
    folder : path
        An existing folder.

    Returns
    -------
    tuple of pathlib.Path
        `NAME.csv` for each table, `data_dictionary.csv`, `README.md`, `run.json`. They are moved to these names when
        all of them are complete.
    tuple of str
        Notes on what was changed.

    Raises
    ------
    FramingError
        A file cannot be written.
    """
    changes = Changes()
    sizes: Counter[str] = Counter()
    too_long: Counter[str] = Counter()
    heads: dict[str, pd.DataFrame] = {}
    with partial_files(folder) as files:
        for part in tables.shards():
            for name, frame in readable(part, every=not heads).items():
                text = safe_cells(frame, changes).to_csv(
                    index=False, header=name not in heads, lineterminator="\n"
                )
                # without a byte order mark, Excel assumes the system's legacy encoding
                files.append(f"{name}.csv", text.encode("utf-8" if name in heads else "utf-8-sig"))
                heads.setdefault(name, frame.iloc[:0])
                sizes[name] += len(frame)
                too_long.update({f"{name}.{column}": len(long_texts(frame[column])) for column in frame})
        notes = (*changes.notes(), *_too_long(too_long))
        dictionary = data_dictionary(heads)
        text = safe_cells(dictionary, Changes()).to_csv(index=False, lineterminator="\n")
        files.append(DICTIONARY, text.encode("utf-8-sig"))
        files.append(README, _readme(tables, sizes, dictionary, notes).encode("utf-8"))
        run = json.dumps(published_run(tables.run), indent=1, ensure_ascii=False, sort_keys=True)
        files.append(RUN_FILE, f"{run}\n".encode())
    return files.paths, notes


def csv_names(tables: Tables) -> tuple[str, ...]:
    """Names of the files that `write_csv_files` writes."""
    return (*(f"{name}.csv" for name in table_names(tables)), DICTIONARY, README, RUN_FILE)


def _too_long(counts: Mapping[str, int]) -> list[str]:
    found = [f"{column} ({n:,})" for column, n in counts.items() if n]
    if not found:
        return []
    return [
        f"cells longer than {MOST_CHARACTERS:,} characters, which Excel truncates when it opens the file. The file "
        f"itself is complete; --to xlsx splits these cells over several columns: {', '.join(found)}"
    ]


def _readme(
    tables: Tables, sizes: Mapping[str, int], dictionary: pd.DataFrame, notes: tuple[str, ...]
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
            [(f"{t}.csv", f"{n:,}", m) for t, n, m in contents(sizes).to_numpy()],
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
