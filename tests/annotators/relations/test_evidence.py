"""Features of readings."""

from analysis.annotators.relations.evidence import evidence, tree_path
from analysis.annotators.relations.extract import readings
from tests.annotators.relations.parsed import read, token


def features(text):
    """The features of the only reading of a sentence about the invented countries."""
    reader = read(text)
    (one,) = readings(reader.arguments)
    return evidence(reader.tree, reader.arguments.by_token, one)


def test_a_reading_is_described_by_its_act_and_its_paths():
    found = features("Arvania attacked Belmark.")
    assert found["class=assault"] == found["status=actual"] == found["order=source act target"] == 1
    assert found["source path=>nsubj"] == found["target path=>dobj"] == 1
    assert found["commas source act"] == found["other sides"] == 0


def test_names_change_nothing():
    text = "Ministers of Arvania, which Corvia left, condemned the attack on Belmark."
    swapped = text.replace("Arvania", "X").replace("Belmark", "Arvania").replace("X", "Belmark")
    reader, other = read(text), read(swapped)
    one, two = readings(reader.arguments), readings(other.arguments)
    assert [evidence(reader.tree, reader.arguments.by_token, r) for r in one] == [
        evidence(other.tree, other.arguments.by_token, r) for r in two
    ]
    assert one


def test_a_third_side_and_commas_between_are_counted():
    found = features("Arvania, which borders Corvia, attacked Belmark.")
    assert found["other sides"] == found["other sides between"] == 1
    assert found["commas source act"] == 2


def test_paths_go_up_and_down_the_tree():
    reader = read("Arvania attacked the army of Belmark.")
    attacked, belmark = token(reader, "attacked"), token(reader, "belmark")
    assert tree_path(reader.tree, attacked, belmark) == (">dobj", ">prep", ">pobj")
    assert tree_path(reader.tree, belmark, attacked) == ("<pobj", "<prep", "<dobj")
    apart = read("Arvania attacked.\n\nBelmark left.")
    assert tree_path(apart.tree, 0, len(apart.tokens) - 2) == ("none",)
