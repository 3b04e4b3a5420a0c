"""A made-up study of two states, and the actors of the bundled study."""

import pytest

from analysis.study.actors import Actors


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
