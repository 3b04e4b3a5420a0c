"""Codebooks: which are refused with which message, and the scope of the longest match."""

import pytest

from analysis.errors import StudyError
from analysis.study.codebook import Codebook


def codebook(*themes):
    return Codebook.from_data({"title": "t", "themes": list(themes)}, path="codebook.yml")


def theme(theme_id, **keys):
    return {"id": theme_id, "label": theme_id, "definition": "-", "patterns": ["word"], **keys}


@pytest.mark.parametrize(
    ("themes", "message"),
    [
        ([theme("a"), theme("a")], r"codebook\.yml, themes.*'a' is used twice"),
        ([theme("a", patterns=["fine", " "])], r"themes > a > patterns, entry 2.*empty"),
        ([theme("a", patterns=["**"])], r"themes > a > patterns, entry 1.*match every word"),
        ([theme("a", patterns=[])], "themes > a > patterns"),
        ([theme("a", parent="b")], "no theme 'b'"),
        ([theme("a", parent="b"), theme("b", parent="a")], "circular parents: a > b > a"),
        ([theme("a", colour="red")], "themes > a > colour: unknown key"),
        ([{"id": "a", "label": "a", "patterns": ["x"]}], "themes > a > definition: this key is required"),
        ([theme("Not a slug")], "lower-case"),
    ],
)
def test_broken_codebooks(themes, message):
    with pytest.raises(StudyError, match=message):
        codebook(*themes)


def test_a_list_of_words_is_no_codebook():
    words = [f"word{n}" for n in range(60_000)]
    with pytest.raises(StudyError, match=r"120,000 patterns; the maximum is 100,000"):
        codebook(theme("a", patterns=words), theme("b", patterns=words))


def test_the_scope_is_read_and_is_part_of_what_a_codebook_is():
    data = {"title": "t", "themes": [theme("a")]}
    wide = Codebook.from_data({**data, "scope": "codebook"})
    assert wide.scope == "codebook" and wide != Codebook.from_data(data)
    with pytest.raises(StudyError, match="scope"):
        Codebook.from_data({**data, "scope": "everything"})


def test_too_few_examples_are_refused():
    theme = {"id": "a", "label": "A", "definition": "d", "examples": ["One.", "Two.", "Two."]}
    with pytest.raises(StudyError, match="2 different examples; a theme needs at least 8") as refused:
        Codebook.from_data({"title": "t", "themes": [theme]})
    assert "add sentences with the theme" in str(refused.value)
