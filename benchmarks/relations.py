"""Cooperation or conflict between two actors, on public event-coding sentences, with two baselines.

    python -m benchmarks.relations ../shared/data/events            # the development half
    python -m benchmarks.relations ../shared/data/events --held-out # the half to report

Each record is a sentence with a source, a target and a direction. In the rows *given*, the two actors are
known, as with an actor list. In the rows *found*, the named entities are the actors. The relation with the
highest score between the two decides. No relation, or a neutral one, is an abstention. Accuracy is over the
records that were decided.

The baselines are the most frequent direction, and naive Bayes over the words of the sentence (McCallum & Nigam
1998). Naive Bayes is scored on all records, and on its most certain ones, as many as the toolkit decided. It is
trained on the other half for the held-out half, and in five folds for the development half.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.annotators.parsing.document import Document, Mention
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.relations.extract import Relation, relations_among
from analysis.compare._core.intervals import wilson
from benchmarks.event_records import COOPERATION, Record, load

ENTITIES = frozenset({"GPE", "NORP", "PERSON", "ORG", "LOC"})
FOLDS = 5

Answer = Relation | None


def given(document: Document, record: Record) -> list[Mention]:
    """The two actors of a record."""
    spans = sorted({(record.source, "source"), (record.target, "target")})
    return [Mention(*span, name, name, "alias") for span, name in spans]


def found(document: Document, record: Record) -> list[Mention]:
    """Named entities, each name an actor."""
    return [
        Mention(entity.start, entity.end, name, name, "alias")
        for entity in document.entities
        if entity.label in ENTITIES and (name := document.text[entity.start : entity.end].casefold())
    ]


def answer(record: Record, mentions: Callable[[Document, Record], list[Mention]]) -> Answer:
    """The surest row between source and target, in either order, that is cooperation or conflict."""
    document = parse(record.text)
    rows = [
        row
        for row in relations_among(document, mentions(document, record))
        if row.kind.sign and _about(row, record.source, record.target)
    ]
    return max(rows, key=lambda row: row.score, default=None)


def _about(row: Relation, one: tuple[int, int], other: tuple[int, int]) -> bool:
    return (_meets(row.source, one) and _meets(row.target, other)) or (
        _meets(row.source, other) and _meets(row.target, one)
    )


def _meets(mention: Mention, span: tuple[int, int]) -> bool:
    return mention.start < span[1] and span[0] < mention.end


class NaiveBayes:
    """Multinomial naive Bayes over lower-case words, with one added to each count."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.classes = Counter(record.direction for record in records)
        self.counts = {name: Counter[str]() for name in self.classes}
        for record in records:
            self.counts[record.direction].update(_words(record))
        self.vocabulary = len({word for counts in self.counts.values() for word in counts})

    def margin(self, record: Record) -> float:
        """Log odds of cooperation."""
        odds = {name: math.log(count) for name, count in self.classes.items()}
        for name, counts in self.counts.items():
            total = sum(counts.values()) + self.vocabulary
            odds[name] += sum(math.log((counts[word] + 1) / total) for word in _words(record))
        other = next(name for name in odds if name != COOPERATION)
        return odds[COOPERATION] - odds[other]


def _words(record: Record) -> Iterator[str]:
    return (word for word in re.findall(r"[a-z']+", record.text.casefold()))


@dataclass(frozen=True)
class Line:
    """One line of the result."""

    what: str
    right: int
    decided: int
    records: int

    def __str__(self) -> str:
        if not self.decided:
            return f"{self.what:<34} nothing decided of {self.records}"
        low, high = wilson(self.right, self.decided)
        return (
            f"{self.what:<34} accuracy {self.right / self.decided:.3f} [{low:.3f}, {high:.3f}]"
            f"  decided {self.decided} of {self.records}, abstained {1 - self.decided / self.records:.1%}"
        )


def lines(records: Sequence[Record], training: Sequence[Record] | None) -> Iterator[Line]:
    """The results on some records; without training data the baseline learns in folds."""
    answers = {name: [answer(record, way) for record in records] for name, way in WAYS.items()}
    for name, rows in answers.items():
        pairs = [(record, row) for record, row in zip(records, rows, strict=True) if row is not None]
        right = [(record, row) for record, row in pairs if row.kind.direction == record.direction]
        yield Line(f"relations, actors {name}", len(right), len(pairs), len(records))
        if name == "given":
            ordered = [row for _, row in right if not row.mutual]
            straight = sum(row.source.actor_id == "source" for row in ordered)
            yield Line("  who acts on whom, where right", straight, len(ordered), len(ordered))
    commonest = Counter(record.direction for record in records).most_common(1)[0][1]
    yield Line("always the commoner direction", commonest, len(records), len(records))
    margins = _margins(records, training)
    hits = [(abs(margin), (margin > 0) == (record.direction == COOPERATION)) for record, margin in margins]
    yield Line("naive Bayes", sum(hit for _, hit in hits), len(hits), len(hits))
    decided = sum(row is not None for row in answers["given"])
    surest = sorted(hits, key=lambda hit: -hit[0])[:decided]
    yield Line("naive Bayes, its surest", sum(hit for _, hit in surest), decided, len(hits))


def _margins(records: Sequence[Record], training: Sequence[Record] | None) -> list[tuple[Record, float]]:
    if training is not None:
        model = NaiveBayes(training)
        return [(record, model.margin(record)) for record in records]
    folds: dict[str, int] = {record.text: len(record.text) % FOLDS for record in records}
    models = [
        NaiveBayes([record for record in records if folds[record.text] != fold]) for fold in range(FOLDS)
    ]
    return [(record, models[folds[record.text]].margin(record)) for record in records]


WAYS = {"given": given, "found": found}


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument(
        "--errors", action="store_true", help="print the records of the half to work on that fail"
    )
    options = parser.parse_args(arguments)
    records = load(options.folder, held_out=options.held_out)
    training = load(options.folder, held_out=False) if options.held_out else None
    for collection in ("plover", "universalpetrarch", "petrarch2"):
        chosen = [record for record in records if record.collection == collection]
        learnt = training and [record for record in training if record.collection == collection]
        print(f"{collection}: {len(chosen)} records")
        print(*lines(chosen, learnt), sep="\n")
    print(f"all: {len(records)} records")
    print(*lines(records, training), sep="\n")
    if options.errors and not options.held_out:
        for record in records:
            row = answer(record, given)
            if row is None or row.kind.direction != record.direction:
                print(record.quadrant, row and (row.verb, row.kind.name), record.text, sep=" | ")


if __name__ == "__main__":
    main()
