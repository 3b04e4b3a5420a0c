"""Given names that tell a pronoun."""

import pytest

from analysis.annotators.actors.given_names import pronoun_of
from analysis.annotators.lexicon import words


@pytest.mark.parametrize(
    ("name", "pronoun"),
    [
        ("Anna Berg", "she"),
        ("VLADIMIR Petrov", "he"),
        ("Robin Berg", None),  # given to both
        ("Zzyzx Berg", None),
        ("James", None),  # may be a surname
        ("Berg Anna", None),
        ("", None),
    ],
)
def test_pronoun_of(name, pronoun):
    assert pronoun_of(name) == pronoun


def test_no_name_is_given_to_both():
    assert not words("given_names", "he") & words("given_names", "she")
