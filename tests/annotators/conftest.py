"""A made-up study of two states, made-up actors of the world, and the actors of the bundled study."""

import pytest

from analysis.study.actors import Actors
from analysis.world import World
from analysis.world.rows import COLUMNS
from analysis.world.world import keys_of


@pytest.fixture(scope="session")
def actors(study):
    return study.actors


@pytest.fixture(scope="session")
def two_states():
    """France and Spain, with people who hold offices, a ministry and a newspaper."""
    return Actors.from_data(
        {
            "sides": [
                {"id": side, "label": side.title(), "colour": f"#00000{number}"}
                for number, side in enumerate(("france", "spain", "media", "expert", "other"))
            ],
            "not_actors": ["French Street"],
            "regions": ["Pyrenean"],
            "actors": [
                {"id": "france", "name": "France", "kind": "state", "side": "france", "metonyms": ["Paris"],
                 "demonyms": ["French"], "places": ["Lyon"]},
                {"id": "spain", "name": "Spain", "kind": "state", "side": "spain", "metonyms": ["Madrid"],
                 "demonyms": ["Spanish", "Spaniards"], "places": ["Seville"]},
                {"id": "ministry", "name": "French Foreign Ministry", "kind": "institution", "side": "france"},
                {"id": "dupont", "name": "Marie Dupont", "kind": "person", "side": "france", "short": ["Dupont"],
                 "pronoun": "she",
                 "roles": [{"title": "French president", "from": "2010-01-01", "to": "2020-01-01"}]},
                {"id": "martin", "name": "Jean Martin", "kind": "person", "side": "france", "short": ["Martin"],
                 "pronoun": "he", "roles": [{"title": "French president", "from": "2020-01-01"}]},
                {"id": "garcia", "name": "Pablo García", "kind": "person", "side": "spain", "short": ["García"],
                 "aliases": ["Pablo Garcia"], "pronoun": "he",
                 "roles": [{"title": "Spanish defence minister", "from": "2012-01-01"},
                           {"title": "Spanish government spokesman", "from": "2012-01-01"}]},
                {"id": "globe", "name": "Daily Globe", "kind": "media", "side": "media",
                 "aliases": ["Madrid Globe"]},
            ],
        }
    )  # fmt: skip


@pytest.fixture(scope="session")
def small_world():
    """Made-up people and institutions of real countries."""
    rows = [
        # name, aliases, country, kind, organisation, role, role_class, from, to, gender, source
        ("Ann Miller", "", "CA", "person", "", "Foreign Minister", "minister", "2020", "2023", "f", "hand"),
        ("Bob Stone", "", "US", "person", "", "Senator", "legislator", "2010", "", "m", "hand"),
        (
            "Carl Lund",
            "",
            "US",
            "person",
            "",
            "Secretary of Defense",
            "minister",
            "2001",
            "2005",
            "m",
            "hand",
        ),
        (
            "Dora Falk",
            "",
            "NO",
            "person",
            "",
            "Prime Minister",
            "head_of_government",
            "2000",
            "2004",
            "f",
            "hand",
        ),
        ("Eve Roy", "", "CA", "person", "", "Minister of Trade", "minister", "2021", "2023", "f", "hand"),
        (
            "Eve Roy",
            "",
            "FR",
            "person",
            "",
            "Member of Parliament",
            "legislator",
            "2021",
            "2023",
            "f",
            "hand",
        ),
        ("Northern Institute", "", "US", "institution", "", "", "think_tank", "", "", "", "hand"),
        ("River Agency", "", "CA", "institution", "", "", "executive", "", "", "", "hand"),
        ("Harbour Bureau", "", "CA", "institution", "", "", "executive", "", "", "", "hand"),
        ("Harbour Bureau", "", "FR", "institution", "", "", "executive", "", "", "", "hand"),
        ("Green River Army", "GRA", "CA", "institution", "", "", "armed_group", "", "", "", "hand"),
        ("X", "", "CA", "institution", "", "", "business", "", "", "", "hand"),
    ]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    columns["keys"] = [keys_of(row[0], row[1]) for row in rows]
    return World(columns)


@pytest.fixture
def measured(monkeypatch):
    """Ids of the articles that were measured; each has one theme hit for the first word of its text."""
    from analysis.annotators import pipeline

    ids = []

    def annotate_batch(batch, study):
        ids.extend(article.article_id for article in batch)
        return {
            "themes": [
                {"article_id": a.article_id, "start": 0, "theme": "trade", "end": 4, "text": a.text.split()[0],
                 "sentence": 0, "pattern": "x", "voice": "outlet", "negated": False, "probability": 1.0}
                for a in batch
            ]
        }  # fmt: skip

    monkeypatch.setattr(pipeline, "annotate_batch", annotate_batch)
    monkeypatch.setattr("analysis.annotators.shard.CHUNK", 3)
    monkeypatch.setattr("analysis.dataset.layout.SHARD_SIZE", 5)
    return ids
