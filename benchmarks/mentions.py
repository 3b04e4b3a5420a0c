"""Precision and recall of actor mentions by side, on the fifteen real articles coded in data/gold/real_mentions.csv.

    python -m benchmarks.mentions [--data ../shared/data/coverage/core.jsonl] [--study data]

A mention is right where span, actor and form (name or pronoun) are those of the coding. Recall of pronouns is left
out: not all were coded. data/gold/real_mentions.md says so, and also that these articles were looked at while the
rules were written, so that the figures are an upper bound: there is no held-out part. Intervals are Wilson's over
mentions; mentions of one article are not independent, so they are too narrow rather than too wide.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

from analysis import load_study
from analysis.annotate.actors import find_mentions
from analysis.annotate.language import parse_many
from analysis.compare.intervals import wilson

Item = tuple[str, int, int, str, str]  # article, start, end, actor, form


def coded(path: Path) -> set[Item]:
    """The coding."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["article_id"], int(row["start"]), int(row["end"]), row["actor_id"], row["form"])
            for row in csv.DictReader(file)
        }


def line(name: str, right: int, found: int, there: int | None) -> str:
    """One row of the table: precision, and recall where there is something to recall."""
    cells = [f"{name:24}"]
    for total in (found, there):
        if not total:
            cells.append(f"{'-':>22}")
            continue
        low, high = wilson(right, total)
        cells.append(f"{right / total:6.3f} [{low:.2f}, {high:.2f}]" + f"{total:5}".rjust(6))
    return " ".join(cells)


def main() -> int:
    """Print precision and recall of names by side, and precision of pronouns."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data/coverage/core.jsonl"))
    parser.add_argument("--study", type=Path, default=Path("data"))
    options = parser.parse_args()
    if not options.data.exists():
        print(f"skipped: the real articles are not at {options.data}; they are not part of the repository")
        return 0
    study = load_study(options.study)
    gold = coded(study.gold_path / "real_mentions.csv")
    wanted = {item[0] for item in gold}
    rows = [json.loads(row) for row in options.data.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["id"] in wanted]
    times = [datetime.fromisoformat(row["date"]) if row["date"] else None for row in rows]
    documents = parse_many(zip([row["text"] for row in rows], times, strict=True))
    found: set[Item] = {
        (row["id"], m.start, m.end, m.actor_id, "pronoun" if m.how == "pronoun" else "name")
        for row, document in zip(rows, documents, strict=True)
        for m in find_mentions(document, study.actors)
    }
    print(f"{len(rows)} of {len(wanted)} articles\n{'':24} {'precision':>16} found {'recall':>16} coded")
    side = {actor.id: actor.side for actor in study.actors.actors}
    names = [
        Counter(side[item[3]] for item in items if item[4] == "name") for items in (gold & found, found, gold)
    ]
    right, seen, there = names
    for key in sorted(there | seen, key=lambda key: (-there[key], key)):
        print(line(f"names, {key}", right[key], seen[key], there[key]))
    print(line("names, all", right.total(), seen.total(), there.total()))
    pronouns = [sum(item[4] == "pronoun" for item in items) for items in (gold & found, found)]
    print(line("pronouns, all", *pronouns, None))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
