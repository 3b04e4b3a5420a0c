"""Accuracy of speakers on the hand coding of the bundled articles, with the coded spans given."""

import csv
import json
from collections import defaultdict
from datetime import datetime

import pytest

from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.parsing.document import Span
from analysis.annotators.parsing.spacy_parser import parse_many
from analysis.annotators.speakers.resolver import resolve_speakers
from tests.annotators.speakers.test_resolver import Quote
from tests.conftest import DATA


@pytest.fixture(scope="module")
def gold(actors):
    """Coded and found speakers of the bundled corpus, the coded spans given."""
    spans = defaultdict(lambda: defaultdict(lambda: {"content": [], "source": [], "cue": []}))
    coded = defaultdict(dict)
    for row in _rows("quotes"):
        spans[row["article_id"]][int(row["quote"])][row["role"]].append(
            Span(int(row["start"]), int(row["end"]))
        )
    for row in _rows("speakers"):
        coded[row["article_id"]][int(row["quote"])] = row
    articles = [
        json.loads(line)
        for path in sorted((DATA / "articles").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    items = [(a["text"], datetime.fromisoformat(a["date"].replace("Z", "+00:00"))) for a in articles]
    pairs = []
    for article, document in zip(articles, parse_many(items), strict=True):
        numbers = sorted(coded[article["id"]])
        quotes = [
            Quote(
                tuple(tuple(sorted(spans[article["id"]][n][role])) for role in ("content", "source", "cue"))
            )
            for n in numbers
        ]
        found = resolve_speakers(document, quotes, find_mentions(document, actors), actors)
        pairs += zip((coded[article["id"]][n] for n in numbers), found, strict=True)
    return pairs


def _rows(name):
    with (DATA / "gold" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_right_actor_or_rightly_empty_on_the_gold(gold):
    right = sum((speaker.actor_id or "") == row["speaker"] for row, speaker in gold)
    assert right / len(gold) >= 0.97
    named = [(row, speaker) for row, speaker in gold if speaker.actor_id]
    assert sum(speaker.actor_id == row["speaker"] for row, speaker in named) / len(named) >= 0.95
    coded = [(row, speaker) for row, speaker in gold if row["speaker"]]
    assert sum(speaker.actor_id == row["speaker"] for row, speaker in coded) / len(coded) >= 0.94


def test_sides_on_the_gold(gold):
    right = sum(speaker.side == row["side"] for row, speaker in gold)
    assert right / len(gold) >= 0.87
