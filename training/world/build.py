"""Makes the table of the world's actors from its sources.

    python -m training.world.build --roles roles.tsv.gz --out analysis/world/world.parquet

Reads the roles of the sources, the additions made by hand (`additions/*.tsv`) and the genders (`genders.tsv.gz`).
Rows are cleaned (`training.world.sources`), merged (`training.world.merging`) and written. Two runs give the same
bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import FramingError
from analysis.world.rows import BODIES, COLUMNS, DATE, KINDS, ROLE_CLASSES
from analysis.world.world import keys_of
from training.world.merging import merged
from training.world.rows import Row
from training.world.sources import cleaned

HERE = Path(__file__).parent
_ADDITION = (*COLUMNS[:-1], "note")


def main() -> None:
    """Read, clean, merge, write, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roles", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--additions", type=Path, default=HERE / "additions")
    parser.add_argument("--genders", type=Path, default=HERE / "genders.tsv.gz")
    given = parser.parse_args()
    rows = build(given.roles, additions=given.additions, genders=given.genders)
    write(rows, given.out)
    print(f"{len(rows):,} rows, {given.out.stat().st_size:,} bytes")
    for what in ("source", "role_class", "kind", "gender"):
        counts = Counter(str(getattr(row, what)) for row in rows)
        print(what, *(f"{name or '-'} {count:,}" for name, count in counts.most_common()), sep="; ")


def build(roles: Path, *, additions: Path, genders: Path) -> list[Row]:
    """The rows of the table, in order.

    Parameters
    ----------
    roles : path
        `roles.tsv.gz`: name, aliases, country, kind, role, from, to, source.
    additions : path
        Folder of tab-separated files.
    genders : path
        `genders.tsv.gz`: name, gender.

    Returns
    -------
    list of Row
    """
    gender_of = {row["name"]: row["gender"] for row in _table(genders)}
    rows = [clean for raw in _table(roles) if (clean := cleaned(raw, gender_of)) is not None]
    for path in sorted(additions.glob("*.tsv")):
        rows += [_added(raw, f"{path}, line {line}") for line, raw in enumerate(_table(path), start=2)]
    return merged(rows)


def write(rows: Iterable[Row], out: Path) -> None:
    """Write the table: every column of words kept once, packed with zstd."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    records = [row.record() for row in rows]
    columns = {name: [record[name] for record in records] for name in COLUMNS}
    columns["keys"] = [keys_of(record["name"], record["aliases"]) for record in records]
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    pq.write_table(
        table, out, compression="zstd", compression_level=19, row_group_size=len(table), store_schema=False
    )


def _table(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return list(csv.DictReader(text.split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE))


def _added(raw: dict[str, str], where: str) -> Row:
    """A row made by hand, refused where it is not whole."""
    wrong = [
        problem
        for problem, found in (
            (f"columns {', '.join(raw)}", tuple(raw) != _ADDITION),
            ("no name", not raw.get("name")),
            (f"country {raw.get('country')!r}", not _is_country(raw.get("country") or "")),
            (f"kind {raw.get('kind')!r}", raw.get("kind") not in KINDS),
            (f"role_class {raw.get('role_class')!r}", raw.get("role_class") not in ROLE_CLASSES),
            (f"gender {raw.get('gender')!r}", raw.get("gender") not in ("m", "f", "")),
            (
                f"dates {raw.get('from')!r} to {raw.get('to')!r}",
                not _in_order(raw.get("from"), raw.get("to")),
            ),
            ("no note on the source", not raw.get("note")),
        )
        if found
    ]
    if wrong:
        raise FramingError("; ".join(wrong), where=where, remedy=f"columns are {', '.join(_ADDITION)}")
    return Row(
        name=raw["name"],
        aliases=tuple(alias for alias in raw["aliases"].split("|") if alias),
        country=raw["country"],
        kind=raw["kind"],
        organisation=raw["organisation"],
        role=raw["role"],
        role_class=raw["role_class"],
        start=raw["from"],
        end=raw["to"],
        gender=raw["gender"],
        source="hand",
    )


def _is_country(code: str) -> bool:
    return code in BODIES or (len(code) == 2 and code.isalpha() and code.isupper())


def _in_order(start: str | None, end: str | None) -> bool:
    if start is None or end is None or not all(not day or DATE.fullmatch(day) for day in (start, end)):
        return False
    shared = min(len(start), len(end))
    return not shared or start[:shared] <= end[:shared]


if __name__ == "__main__":
    main()
