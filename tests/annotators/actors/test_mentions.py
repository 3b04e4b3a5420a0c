"""Mentions of actors: each place once, by name, office or pronoun; what cannot be decided is left out."""

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.parsing.document import Document, Entity, Span
from analysis.annotators.parsing.spacy_parser import parse

DAY = datetime(2022, 7, 19)


def mentions(text, actors, published=DAY):
    """Mentions as "words -> actor" strings, with how they were found where that is not by alias."""
    found = find_mentions(parse(text, published), actors)
    return [
        f"{text[m.start : m.end]} = {m.actor_id}" + ("" if m.how == "alias" else f" ({m.how})") for m in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names, transliterations, possessives, variants of apostrophes and hyphens
        ("Ebrahim Raeisi met Volodymyr Zelenskyy.", ["Ebrahim Raeisi = raisi", "Volodymyr Zelenskyy = zelensky"]),
        ("Hossein Amir‑Abdollahian spoke.", ["Hossein Amir‑Abdollahian = amir_abdollahian"]),
        ("Hossein Amir Abdollahian spoke.", ["Hossein Amir Abdollahian = amir_abdollahian"]),
        ("Iran’s plan and Russia's answer", ["Iran = iran", "Russia = russia"]),
        # the longest name, once
        ("The National Iranian Oil Company gained.", ["National Iranian Oil Company = nioc"]),
        ("Iran Air gained.", ["Iran Air = iran_air"]),
        ("The Islamic Republic of Pakistan objected.", ["Islamic Republic of Pakistan = pakistan"]),
        # adjectives are no mention; sides, governments and peoples are
        ("Iranian tea and Russian bread", []),
        ("The Iranian side thanked the Russians.", ["Iranian side = iran", "the Russians = russia"]),
        ("Russia's government and the Kremlin agree.", ["Russia's government = russia", "Kremlin = kremlin"]),
        # institutions in all their forms
        ("Iran's Foreign Ministry said so.", ["Iran's Foreign Ministry = iran_foreign_ministry"]),
        ("The Foreign Ministry of Russia said so.", ["Foreign Ministry of Russia = russia_foreign_ministry"]),
        ("The Russian Defense Ministry said so.", ["Russian Defense Ministry = russia_defence_ministry"]),
        # capitals and small letters
        ("They told us that the turkey was dry.", []),
        ("IRAN AND RUSSIA SIGN A DEAL IN TEHRAN\n\nIt rained.", ["IRAN = iran", "RUSSIA = russia"]),
        ("JOIN US FOR A WALK\n\nIt rained.", []),
        ("US AND IRAN TALK AGAIN\n\nIt rained.", ["US = us", "IRAN = iran"]),
        ("Write to iran@example.org or see www.Iran.example.", []),
        # phrases that only look like an actor
        ("Tankers left the Persian Gulf and the Gulf of Oman.", []),
        ("He reads the Moscow Times in Moscow, Idaho.", []),
        ("She flew from New Jersey to New Mexico.", []),
    ],
)  # fmt: skip
def test_names(text, expected, actors):
    assert mentions(text, actors) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The Iranian president was late.", datetime(2020, 5, 1), ["Iranian president = rouhani (role)"]),
        ("The Iranian president was late.", datetime(2022, 5, 1), ["Iranian president = raisi (role)"]),
        ("Iran's president was late.", datetime(2025, 5, 1), ["Iran's president = pezeshkian (role)"]),
        ("The President of Russia was late.", datetime(2011, 5, 1), ["President of Russia = medvedev (role)"]),
        ("The Iranian president was late.", None, []),
        ("The Russian foreign minister was late.", None, ["Russian foreign minister = lavrov (role)"]),
        ("The former Iranian president was late.", DAY, []),
        ("A deputy Russian foreign minister was late.", DAY, []),
        ("The Iranian president-elect was late.", DAY, []),
        ("Iran's president, Ebrahim Raisi, was late.", DAY, ["Ebrahim Raisi = raisi"]),
        ("Ebrahim Raisi, the Iranian president, was late.", DAY, ["Ebrahim Raisi = raisi"]),
        ("Iranian President Hassan Rouhani was late.", DAY, ["Hassan Rouhani = rouhani"]),
        ("Kremlin spokesman Dmitry Peskov was late.", DAY, ["Dmitry Peskov = peskov"]),
    ],
)  # fmt: skip
def test_offices_by_date_and_never_doubled(text, published, expected, actors):
    assert mentions(text, actors, published) == expected


def test_ambiguous_names_need_support(actors):
    text = "Armenia and Georgia share a border."
    document = parse(text, DAY)
    assert [m.actor_id for m in find_mentions(document, actors)] == ["armenia", "georgia"]
    alone = parse("The peaches of Georgia ripen early in Atlanta.", DAY)
    assert [m.actor_id for m in find_mentions(alone, actors)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jordan and Syria opened the border crossing on Monday.", ["jordan", "syria"]),
        ("Michael Jordan scored forty points on Monday.", []),
        ("Jordan, who scored forty points, thanked his coach.", []),
        ("The Jordan River is shallow.", []),
        ("Turkey and Iran signed the agreement in Ankara.", ["turkey", "iran"]),
        ("The family ate turkey and rice at the table.", []),
        ("Turkey is roasted for five hours in the oven with butter.", []),
        ("Russia and Georgia fought a short war in 2008.", ["russia", "georgia"]),
        ("Voters in Georgia, Florida and Ohio went to the polls.", []),
        ("Chad told his wife that he was tired.", []),
        ("The president arrived late.", []),
        ("The president of the chess club arrived late.", []),
        ("Moscow warned Tehran on Monday.", ["russia", "iran"]),
        ("The train reached Moscow at noon.", []),
        ("She was born in Moscow, Idaho, and studied there.", []),
    ],
)
def test_one_name_for_several_things(text, expected, actors):
    """States, places, men and birds: told apart by the words around them, or left out; never counted twice."""
    found = find_mentions(parse(text, DAY), actors)
    assert [mention.actor_id for mention in found] == expected
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_capital_before_its_country_is_a_place(two_states):
    assert mentions("The delegates praised Madrid.", two_states) == ["Madrid = spain (metonym)"]
    assert mentions("The delegates praised Madrid, Spain on Monday.", two_states) == ["Spain = spain"]


def test_part_of_a_compound_is_no_name(two_states):
    assert mentions("The French side agreed.", two_states) == ["French side = france"]
    assert mentions("The French side-street was empty.", two_states) == []


def test_without_tokens_or_entities_nothing_is_guessed(actors):
    text = "Moscow and Georgia and Iran."
    bare = Document(text, (Span(0, len(text)),))
    assert [m.actor_id for m in find_mentions(bare, actors)] == ["iran"]


def test_a_longer_proper_name_is_not_the_actor(actors):
    text = "The Trump Museum opened."
    document = Document(text, (Span(0, len(text)),), entities=(Entity(4, 16, "ORG"),))
    assert find_mentions(document, actors) == []


PIECES = st.lists(
    st.sampled_from(
        ["Iran", "Iran's", "the Iranian president", "Vladimir Putin", "Putin", "Moscow", "he", "U.S.", "us", "İran",
         "Amir–Abdollahian", "\n\n", "“", "”", "é", "😀", "—", ".", "IRAN", "Bagheri", "Ali Bagheri Kani", "#"]
    )
    | st.text(max_size=8),
    max_size=25,
)  # fmt: skip


@settings(max_examples=150)
@given(pieces=PIECES, glue=st.sampled_from([" ", "", ", "]))
def test_offsets_are_in_order_without_overlap(pieces, glue, actors):
    text = glue.join(pieces)
    found = find_mentions(Document(text, (Span(0, len(text)),), published=DAY), actors)
    done = 0
    for mention in found:
        assert done <= mention.start < mention.end <= len(text)
        done = mention.end
        before, after = text[: mention.start][-1:], text[mention.end :][:1]
        assert not before.isalnum() and not after.isalnum()
        assert mention.side == actors[mention.actor_id].side
    assert found == find_mentions(Document(text, (Span(0, len(text)),), published=DAY), actors)
