"""Precision and recall of actor mentions by side, on the bundled articles and on fifteen real ones.

    python -m benchmarks.mentions [--data ../shared/data/coverage/core.jsonl] [--study data]

The hand coding is data/gold/mentions.csv for the bundled articles and data/gold/real_mentions.csv for the real
ones, which are skipped if the file is missing. A mention is right if its span, actor and form (name or pronoun)
are as coded. Recall of pronouns is not reported, because not all pronouns were coded. The rules were written
with these articles in view, so all scores are upper bounds; there is no held-out part (see
data/gold/real_mentions.md). Intervals are Wilson intervals over mentions. Mentions of one article are not
independent, so the intervals are too narrow.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from analysis import load_study, read_articles
from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.parsing.spacy_parser import parse_many
from analysis.compare._core.intervals import wilson
from analysis.study import Study

Item = tuple[str, int, int, str, str]  # article, start, end, actor, form


def coded(path: Path) -> set[Item]:
    """The hand coding."""
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


def found(items: Sequence[tuple[str, str, datetime | None]], study: Study) -> set[Item]:
    """The mentions measured in articles: id, text and time."""
    documents = parse_many([(text, published) for _, text, published in items])
    return {
        (article_id, m.start, m.end, m.actor_id, "pronoun" if m.how == "pronoun" else "name")
        for (article_id, _, _), document in zip(items, documents, strict=True)
        for m in find_mentions(document, study.actors)
    }


def show(gold: set[Item], seen: set[Item], study: Study) -> None:
    """Print precision and recall of names by side, and precision of pronouns."""
    print(f"{'':24} {'precision':>16} found {'recall':>16} coded")
    side = {actor.id: actor.side for actor in study.actors.actors}
    right, measured, there = (
        Counter(side[item[3]] for item in items if item[4] == "name") for items in (gold & seen, seen, gold)
    )
    for key in sorted(there | measured, key=lambda key: (-there[key], key)):
        print(line(f"names, {key}", right[key], measured[key], there[key]))
    print(line("names, all", right.total(), measured.total(), there.total()))
    pronouns = [sum(item[4] == "pronoun" for item in items) for items in (gold & seen, seen)]
    print(line("pronouns, all", *pronouns, None))


def bundled(study: Study) -> list[tuple[str, str, datetime | None]]:
    """The articles of the study."""
    articles = read_articles(study.articles_path, outlets=study.outlets)
    return [(row.article_id, row.text, row.published.to_pydatetime()) for row in articles.itertuples()]


def real(path: Path, wanted: set[str]) -> list[tuple[str, str, datetime | None]]:
    """The coded articles of the collection."""
    rows = [json.loads(row) for row in path.read_text("utf-8").splitlines()]
    return [
        (row["id"], row["text"], datetime.fromisoformat(row["date"]) if row["date"] else None)
        for row in rows
        if row["id"] in wanted
    ]


def main() -> int:
    """Print the scores on both sets of articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data/coverage/core.jsonl"))
    parser.add_argument("--study", type=Path, default=Path("data"))
    options = parser.parse_args()
    study = load_study(options.study)
    items = bundled(study)
    print(f"{len(items)} bundled articles")
    show(coded(study.gold_path / "mentions.csv"), found(items, study), study)
    if not options.data.exists():
        print(f"skipped: the real articles are not at {options.data}; they are not part of the repository")
        return 0
    gold = coded(study.gold_path / "real_mentions.csv")
    items = real(options.data, {item[0] for item in gold})
    print(f"\n{len(items)} real articles")
    show(gold, found(items, study), study)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
