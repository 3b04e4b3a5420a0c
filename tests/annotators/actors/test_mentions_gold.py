"""Floors of mentions against the hand coding of the bundled articles, by side."""

from collections import Counter

import pytest

from benchmarks import mentions
from tests.conftest import DATA

# (precision, recall) of names, a little below what `python -m benchmarks.mentions` measures; only ever raised.
FLOORS = {
    "iran": (0.99, 0.99),
    "russia": (0.99, 0.99),
    "us": (0.98, 0.96),
    "turkey": (0.98, 0.96),
    "azerbaijan": (0.90, 0.98),
    "ukraine": (0.98, 0.98),
    "syria": (0.98, 0.98),
    "europe": (0.98, 0.94),
    "other": (0.96, 0.92),
}
PRONOUNS = 0.93  # precision


@pytest.fixture(scope="module")
def found(study, bundled):
    """The mentions of a run; a pronoun is what starts and ends in one."""
    pronouns = {"he", "him", "his", "she", "her"}
    rows = bundled.mentions
    return {
        (
            row.article_id,
            row.start,
            row.end,
            row.actor_id,
            "pronoun" if row.text.casefold() in pronouns else "name",
        )
        for row in rows.itertuples()
    }


@pytest.fixture(scope="module")
def gold():
    return mentions.coded(DATA / "gold" / "mentions.csv")


def by_side(items, study):
    side = {actor.id: actor.side for actor in study.actors.actors}
    return Counter(side[actor_id] for *_, actor_id, form in items if form == "name")


def test_the_coding_fits_the_articles(gold, bundled, study):
    text = bundled.articles.set_index("article_id")["text"]
    assert {item[0] for item in gold} <= set(text.index)
    for article_id, start, end, actor_id, form in gold:
        words = text[article_id][start:end]
        assert words == words.strip() != "" and actor_id in study.actors
        assert (form == "pronoun") == (words.casefold() in ("he", "him", "his", "she", "her"))


@pytest.mark.parametrize("side", FLOORS)
def test_names_by_side(side, found, gold, study):
    right, measured, coded = (by_side(items, study)[side] for items in (found & gold, found, gold))
    assert coded >= 20
    assert right / measured >= FLOORS[side][0]
    assert right / coded >= FLOORS[side][1]


def test_pronouns(found, gold):
    measured = {item for item in found if item[4] == "pronoun"}
    assert len(measured) >= 30
    assert len(measured & gold) / len(measured) >= PRONOUNS
