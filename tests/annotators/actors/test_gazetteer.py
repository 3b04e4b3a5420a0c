"""Forms of the actors' names and where they stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.actors.gazetteer import Gazetteer, compile_gazetteer, name_matches, normalise_name
from analysis.annotators.parsing.document import Document, Span
from analysis.study.actors import Actors


def found(text, actors, *hows):
    """Names in a text as "words -> owners" strings; roles by their title."""
    matches = compile_gazetteer(actors).matches(text)
    return [
        f"{text[match.start : match.end]} = {match.name.title or ' '.join(match.name.owners)}"
        for match in matches
        if match.name.how in (hows or ("alias", "role"))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a state's institutions and offices, in all ways to say whose they are
        ("The French Foreign Ministry spoke.", "French Foreign Ministry = ministry"),
        ("France's Foreign Ministry spoke.", "France's Foreign Ministry = ministry"),
        ("Paris’s Foreign Ministry spoke.", "Paris’s Foreign Ministry = ministry"),
        ("The Foreign Ministry of France spoke.", "Foreign Ministry of France = ministry"),
        ("Spain's defense minister spoke.", "Spain's defense minister = Spanish defence minister"),
        ("The Spanish government spokeswoman.", "Spanish government spokeswoman = Spanish government spokesman"),
        ("A Spanish government spokesperson.", "Spanish government spokesperson = Spanish government spokesman"),
        # what makes an adjective a mention of the state
        ("The Spanish side agreed.", "Spanish side = spain"),
        ("The Spanish leadership agreed.", "The Spanish leadership = spain"),
        # letters with and without accents, hyphens and line breaks
        ("They met Pablo García.", "Pablo García = garcia"),
        ("They met Jean\nMartin.", "Jean\nMartin = martin"),
        ("They met JEAN MARTIN ON FRIDAY.", None),
        ("A MEETING WITH JEAN MARTIN ON FRIDAY", "JEAN MARTIN = martin"),
    ],
)  # fmt: skip
def test_forms_of_a_name(text, expected, two_states):
    names = [
        name
        for name in found(text, two_states)
        if not name.endswith(("= france", "= spain")) or name == expected
    ]
    assert names == ([expected] if expected else [])


@pytest.mark.parametrize(
    "text",
    [
        "Frances came.",
        "france won.",
        "Write to info@France.example or @France.",
        "See www.France.example.",
        "Daily globe sales fell.",
        "Spanish leadership is rare.",
        "daily Globe",
    ],
)
def test_what_only_looks_like_a_name(text, two_states):
    assert found(text, two_states) == []


def test_an_adjective_gives_a_side_but_is_no_mention(two_states):
    assert found("A French chef in Lyon", two_states) == []
    assert found("A French chef in Lyon", two_states, "affiliation") == ["French = france", "Lyon = france"]


def test_phrases_that_are_no_actor_are_found_as_such(two_states):
    assert found("She lives in French Street.", two_states, "none") == ["French Street = "]


def test_acronyms_are_no_words_in_a_line_of_capitals(actors):
    assert found("JOIN US FOR A WALK\n\nIt rained.", actors) == []
    assert found("US AND IRAN TALK\n\nIt rained.", actors) == ["US = us", "IRAN = iran"]


def test_the_longest_name_comes_first(actors):
    assert (
        found("The National Iranian Oil Company gained.", actors)[0] == "National Iranian Oil Company = nioc"
    )


def test_lookup_tells_what_a_name_can_mean(two_states):
    gazetteer = compile_gazetteer(two_states)
    assert [(name.how, name.owners) for name in gazetteer.lookup("dupont")] == [("surname", ("dupont",))]
    assert gazetteer.lookup("Lisbon") == []


def test_a_document_is_searched_once_per_study(actors, two_states, monkeypatch):
    searched = []
    matches = Gazetteer.matches
    monkeypatch.setattr(Gazetteer, "matches", lambda self, text: searched.append(text) or matches(self, text))
    text = "Spain and Iran met."
    document = Document(text, (Span(0, len(text)),))
    for study, expected in ((two_states, "Spain"), (actors, "Iran"), (two_states, "Spain")):
        assert expected in {text[match.start : match.end] for match in name_matches(document, study)}
    assert searched == [text, text]


def test_names_are_compiled_once_per_study(actors):
    same = Actors.model_validate(actors.model_dump(by_alias=True))
    assert compile_gazetteer(actors) is compile_gazetteer(same)


@given(st.text() | st.sampled_from(["İran", "ẞ", "ﬁ", "Amir–Abdollahian", "a\nb", "’"]))
def test_normalised_names_keep_their_length(text):
    assert len(normalise_name(text)) == len(text)


def test_normalised_names_are_equal_whatever_the_signs():
    assert normalise_name("Amir‑Abdollahian’s") == normalise_name("amir abdollahian's")
