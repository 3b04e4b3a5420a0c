"""Agents and patients of an act that a noun beside a verb names."""

import pytest

from analysis.annotators.relations.adjuncts import implicit_agents, implicit_patients, is_bare
from tests.annotators.relations.parsed import ids, node, read, token


@pytest.mark.parametrize(
    ("text", "noun", "agents"),
    [
        ("Arvania left the conference after talks with Belmark.", "talks", ["Arvania"]),
        ("Arvania built a port in cooperation with Belmark.", "cooperation", ["Arvania"]),
        ("Arvania expanded its trade with Belmark.", "trade", ["Arvania"]),
        ("Arvania left after the talks of the union on Belmark.", "talks", []),
        ("The talks with Belmark ended.", "talks", []),
    ],
)
def test_the_subject_does_an_act_that_is_its_own(text, noun, agents):
    reader = read(text)
    assert ids(implicit_agents(reader.arguments, reader, node(reader, noun))) == agents


@pytest.mark.parametrize(
    ("text", "noun", "patients"),
    [
        ("Arvania sold its gold despite pressure from Belmark.", "pressure", ["Arvania"]),
        ("Arvania sold its gold under threats by Belmark.", "threats", ["Arvania"]),
        ("Arvania sold its gold after threats by Belmark.", "threats", []),
    ],
)
def test_the_subject_suffers_what_it_acts_despite(text, noun, patients):
    reader = read(text)
    assert ids(implicit_patients(reader.arguments, reader, node(reader, noun))) == patients


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Arvania acted in defiance of Belmark.", True), ("Arvania acted in the defiance of Belmark.", False)],
)
def test_a_bare_noun_has_no_determiner(text, bare):
    reader = read(text)
    assert is_bare(reader.tree, token(reader, "defiance")) is bare
