"""The index of the literals of a codebook."""

from analysis.annotators.themes.automaton import literal_index, pattern_frequency
from analysis.study.codebook import Codebook


def book(*patterns):
    theme = {"id": "a", "label": "a", "definition": "-", "patterns": list(patterns)}
    return Codebook.from_data({"title": "t", "themes": [theme]})


def searched(codebook):
    index = literal_index(codebook)
    return {text for text, number in index._numbers.items() if number in index.searched - index.negations}


def test_a_plain_word_is_searched_with_its_boundaries_and_a_prefix_with_its_start():
    assert searched(book("oil", "sanction*")) == {" oil ", " sanction"}


def test_a_gapped_pattern_is_tried_where_its_rarest_part_occurs():
    codebook = book("iran {0,2} uranium", "iran {0,2} drone", "iran oil")
    index = literal_index(codebook)
    tried = {text for text, number in index._numbers.items() if index.literals[number].gapped}
    assert tried == {" uranium ", " drone "}


def test_words_of_every_text_are_not_searched():
    assert " of " not in searched(book("cap {0,2} of", "of {0,2} cap"))


def test_frequency_counts_patterns_not_literals():
    frequency = pattern_frequency(book("iran {0,2} drone", "iran {0,2} iran", "oil"))
    assert {literal.text: n for literal, n in frequency.items()} == {"iran": 3, "drone": 1, "oil": 1}
