"""Cooperation or conflict between two actors, on public event-coding sentences, beside two baselines.

    python -m benchmarks.relations ../shared/data/events            # the half to work on
    python -m benchmarks.relations ../shared/data/events --held-out # the half to report
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.annotate.document import Document, Mention
from analysis.annotate.language import parse
from analysis.annotate.relations import Relation, relations_among
from benchmarks.event_records import COOPERATION, CONFLICT, Record, load

FOUND = frozenset({"GPE", "NORP", "PERSON", "ORG", "LOC"})


def given(document: Document, record: Record) -> list[Mention]:
    """The two actors of the record."""
    return [
        Mention(*span, name, name, "alias")
        for name, span in (("source", record.source), ("target", record.target))
    ]


def judge(record: Record, mentions: Callable[[Document, Record], list[Mention]] = given) -> list[Relation]:
    document = parse(record.text)
    return [r for r in relations_among(document, mentions(document, record)) if r.kind.sign]


if __name__ == "__main__":
    import sys
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    for record in load(options.folder, held_out=False):
        found = judge(record)
        best = max(found, key=lambda r: r.score, default=None)
        mark = "none" if best is None else "ok" if best.kind.direction == record.direction else "WRONG"
        print(record.collection[:2], mark, record.quadrant, [(r.verb, r.kind.name, r.score) for r in found], "|", record.text[slice(*record.source)], "->", record.text[slice(*record.target)], "|", record.text[:400] if mark != "ok" else "")
