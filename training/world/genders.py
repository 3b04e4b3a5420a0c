"""Collects who is a woman or a man from clones of the repositories that the roles came from.

    python -m training.world.genders --clones FOLDER --roles roles.tsv.gz --out training/world/genders.tsv.gz

Each folder below `--clones` holds a git repository: every-politician-scrapers/* (Wikidata, CC0) has `gender` in its
`html/*.csv`, unitedstates/congress-legislators (CC0) in the CSV of its branch gh-pages.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

from analysis.world.names import fold

_LETTER = {"male": "m", "female": "f", "M": "m", "F": "f"}
_WIKIDATA = ("html/current.csv", "html/holders21.csv", "html/legislators.csv")
_CONGRESS = ("legislators-current.csv", "legislators-historical.csv")


def main() -> None:
    """Write the names with one gender that the roles use."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clones", type=Path, required=True)
    parser.add_argument("--roles", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with gzip.open(given.roles, "rt", encoding="utf-8", newline="") as file:
        wanted = {fold(row["name"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    genders: dict[str, set[str]] = {}
    for folder in sorted(given.clones.iterdir()):
        if (folder / "repo").is_dir():
            for name, letter in _of_repository(folder / "repo"):
                genders.setdefault(fold(name), set()).add(letter)
    lines = [
        f"{name}\t{letters.pop()}\n"
        for name, letters in sorted(genders.items())
        if name in wanted and len(letters) == 1
    ]
    with given.out.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as packed:
        packed.write(("name\tgender\n" + "".join(lines)).encode())
    print(f"{len(lines):,} names")


def _of_repository(repository: Path) -> Iterator[tuple[str, str]]:
    for path in _WIKIDATA:
        for row in _table(repository, f"HEAD:{path}"):
            if row.get("gender") in _LETTER:
                yield row["person"], _LETTER[row["gender"]]
    for path in _CONGRESS:
        for row in _table(repository, f"gh-pages:{path}"):
            name = row["full_name"] or f"{row['first_name']} {row['last_name']}"
            yield name, _LETTER[row["gender"]]


def _table(repository: Path, path: str) -> list[dict[str, str]]:
    command = ["git", "-C", str(repository), "show", path]
    shown = subprocess.run(command, capture_output=True, check=False)
    return list(csv.DictReader(io.StringIO(shown.stdout.decode()))) if shown.returncode == 0 else []


if __name__ == "__main__":
    main()
