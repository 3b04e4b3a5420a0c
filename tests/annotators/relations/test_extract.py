"""Relations of labelled sentences, and the columns of each row."""

# ruff: noqa: SIM905  (a list of words reads better in one string)

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.article import Article
from analysis.annotators.parsing.document import Document, Mention
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.pipeline import annotate_article
from analysis.annotators.relations.extract import find_relations, relations_among
from analysis.schemas import TABLES

GOLD = Path(__file__).parents[2] / "data" / "relations_gold.jsonl"


def gold():
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def read(text, *names):
    """Relations between names, each of them an actor of its own."""
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), name, name.lower(), "alias") for name in names
    ]
    return relations_among(parse(text), sorted(mentions, key=lambda mention: mention.start))


def read_all(text):
    """Relations between all places of the two invented countries."""
    mentions = [
        Mention(match.start(), match.end(), match[0], match[0].lower(), "alias")
        for match in re.finditer("Arvania|Belmark", text)
    ]
    return relations_among(parse(text), mentions)


def surest(record):
    mentions = [Mention(*record[role], role, role, "alias") for role in ("source", "target")]
    found = relations_among(parse(record["text"]), sorted(mentions, key=lambda mention: mention.start))
    return max(found, key=lambda relation: relation.score, default=None)


def test_labelled_sentences():
    """At least 66 sentences are read exactly as labelled; none gets the opposite direction."""
    records = gold()
    assert len(records) >= 60
    right, opposite = 0, []
    for record in records:
        found = surest(record)
        if found is None:
            right += record["direction"] == "none"
            continue
        order = record["mutual"] or found.source.actor_id == "source"
        right += order and (found.kind.direction, found.status, found.mutual, found.negated) == tuple(
            record[name] for name in ("direction", "status", "mutual", "negated")
        )
        if {found.kind.direction, record["direction"]} == {"cooperation", "conflict"}:
            opposite.append(record["text"])
    assert opposite == []
    assert right >= 66


def test_spans_cover_source_act_and_target():
    text = "Arvania, after some delay, imposed new sanctions on Belmark and left."
    (found,) = read(text, "Arvania", "Belmark")
    assert text[found.start : found.end] == "Arvania, after some delay, imposed new sanctions on Belmark"
    assert text[slice(*found.act)] == "imposed"
    assert (found.verb, found.kind.quadrant, found.kind.weight) == (
        "impose sanction",
        "material_conflict",
        -6.0,
    )


def test_an_act_found_from_two_words_is_one_row():
    for text in ("Arvania is there to support Belmark.", "Arvania is here to punish Belmark for the raid."):
        rows = [(r.start, r.end, r.verb) for r in read(text, "Arvania", "Belmark")]
        assert len(rows) == len(set(rows)) == 1


def test_passive():
    (found,) = read("Arvania was attacked by Belmark.", "Arvania", "Belmark")
    assert found.passive
    assert (found.source.actor_id, found.target.actor_id) == ("Belmark", "Arvania")


def test_a_denial_is_no_refusal():
    assert read("Arvania denied supplying Belmark with rifles.", "Arvania", "Belmark") == []


def test_no_agent_no_row():
    assert read("Arvania was attacked near Belmark.", "Arvania", "Belmark") == []


def test_both_act_on_a_third():
    found = read("Arvania and Belmark condemned Corvia.", "Arvania", "Belmark", "Corvia")
    assert [(r.source.actor_id, r.target.actor_id) for r in found] == [
        ("Arvania", "Corvia"),
        ("Belmark", "Corvia"),
    ]


def test_an_act_about_an_act_has_two_targets():
    """Rejecting sanctions supports their target and is directed against their sender."""
    found = read("Arvania rejected Corvia's sanctions against Belmark.", "Arvania", "Belmark", "Corvia")
    directions = {(r.source.actor_id, r.target.actor_id): r.kind.direction for r in found}
    assert directions[("Arvania", "Corvia")] == "conflict"
    assert directions[("Arvania", "Belmark")] == "cooperation"
    assert directions[("Corvia", "Belmark")] == "conflict"


def test_the_accused_is_the_agent_not_the_accuser():
    found = read("Arvania accused Belmark of arming Corvia.", "Arvania", "Belmark", "Corvia")
    rows = {(r.source.actor_id, r.target.actor_id): (r.kind.direction, r.status) for r in found}
    assert rows == {
        ("Arvania", "Belmark"): ("conflict", "actual"),
        ("Belmark", "Corvia"): ("cooperation", "hypothetical"),
    }


def test_two_names_without_an_act_are_no_relation():
    assert read("Arvania, Belmark and the sea.", "Arvania", "Belmark") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Arvania is opposed to any deal with Belmark.", ("Arvania", "Belmark", "conflict")),
        ("Arvania is allied with Belmark.", ("Arvania", "Belmark", "cooperation")),
        ("Arvania launched a series of attacks on Belmark.", ("Arvania", "Belmark", "conflict")),
        ("Arvania left the conference after talks with Belmark.", ("Arvania", "Belmark", "cooperation")),
        ("Arvania sold its gold despite pressure from Belmark.", ("Belmark", "Arvania", "conflict")),
        ("Arvania delivered missiles to Belmark.", ("Arvania", "Belmark", "cooperation")),
        ("Arvania fired missiles at Belmark.", ("Arvania", "Belmark", "conflict")),
        ("Arvania has close ties with Belmark.", ("Arvania", "Belmark", "cooperation")),
        ("The growing ties between Arvania and Belmark were noted.", ("Arvania", "Belmark", "cooperation")),
        ("Relations between Arvania and Belmark soured.", ("Arvania", "Belmark", "conflict")),
        ("Strained relations between Arvania and Belmark were noted.", ("Arvania", "Belmark", "conflict")),
        ("Arvania is concerned about Belmark.", ("Arvania", "Belmark", "conflict")),
        ("Arvania threatened to end the talks if Belmark goes ahead.", ("Arvania", "Belmark", "conflict")),
    ],
)
def test_agents_apart_from_the_act(text, expected):
    (found,) = read(text, "Arvania", "Belmark")
    assert (found.source.actor_id, found.target.actor_id, found.kind.direction) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Arvania sent drones to the front for use in Belmark.",
        "The envoys of Arvania held talks about Belmark.",
        "The book is about relations between Arvania and Belmark.",
        "Arvania has no intention to push Belmark out of the valley.",
        "Arvania launched a satellite on behalf of Belmark.",
        "Arvania concluded that Belmark had changed.",
        "Arvania left the hall after talks of the union on Belmark.",
        "Arvania received the news of the killing of a judge in Belmark.",
        "The mine in Arvania is a source of tension between Belmark and the union.",
        "Arvania is unlikely to help Belmark.",
        "Several Arvania allies opposed Belmark.",
        "Compare the defence budgets of Arvania with Belmark.",
        "The 2015 deal, from which Arvania has withdrawn, curbed the programme of Belmark.",
        "Arvania secured a deal meant to limit Belmark.",
        "Arvania made use of its understanding of Belmark.",
        "Arvania embraced anti-Belmark policies.",
        "Arvania met critics of the Belmark talks.",
        "A copy of the letters of guests of Belmark that was bought by Arvania is here.",
        "Soldiers of Arvania captured him in Belmark.",
        "Arvania fought against the rebels in Belmark.",
        "Arvania launched an offensive against Belmark-backed fighters.",
        "The governor put Arvania in charge of Belmark.",
        "Arvania supports rebels in Belmark.",
        "Arvania sold the deal with Belmark to its voters.",
        "The airstrike in Arvania killed Belmark soldiers.",
        "The minister sent Arvania weapons to Belmark.",
        "Arvania insisted that Belmark had left.",
        "Arvania met with Belmark's allies.",
        "Arvania met with allies of Belmark.",
        "Arvania is a concern in Belmark.",
    ],
)
def test_actors_that_are_only_named_beside_an_act(text):
    assert read(text, "Arvania", "Belmark") == []


@pytest.mark.parametrize(
    ("text", "status", "negated", "direction"),
    [
        ("Arvania attacked Belmark.", "actual", False, "conflict"),
        ("Arvania will attack Belmark.", "future", False, "conflict"),
        ("Arvania might attack Belmark.", "hypothetical", False, "conflict"),
        ("Arvania was accused of attacking Belmark.", "hypothetical", False, "conflict"),
        ("Arvania wants to help Belmark.", "hypothetical", False, "cooperation"),
        ("Arvania did not help Belmark.", "actual", True, "conflict"),
        ("Arvania did not attack Belmark.", "actual", True, "neutral"),
    ],
)
def test_status_and_negation_are_marked(text, status, negated, direction):
    (found,) = read(text, "Arvania", "Belmark")
    assert (found.status, found.negated, found.kind.direction) == (status, negated, direction)


@pytest.mark.parametrize(
    ("text", "status", "direction"),
    [
        ("Arvania was about to attack Belmark.", "future", "conflict"),
        ("Will Arvania help Belmark?", "hypothetical", "cooperation"),
        ("The union condemned Arvania for helping Belmark.", "actual", "cooperation"),
        ("The union denied any strain between Arvania and Belmark.", "hypothetical", "neutral"),
        ("The envoys talked after an attack by Arvania on Belmark.", "actual", "conflict"),
        ("Arvania could leave and had serious disputes with Belmark.", "actual", "conflict"),
        ("Arvania allegedly helped Belmark.", "hypothetical", "cooperation"),
        ("Arvania plans to help Belmark.", "future", "cooperation"),
        ("Upcoming talks between Arvania and Belmark are a surprise.", "future", "cooperation"),
        ("Arvania seemed to snub Belmark.", "hypothetical", "conflict"),
        ("The fear that Arvania attacked Belmark grows.", "hypothetical", "conflict"),
        ("Peace between Arvania and Belmark is not around the corner.", "hypothetical", "cooperation"),
        ("The decision of Arvania to leave the Belmark deal was a mistake.", "actual", "conflict"),
        ("The refusal of Arvania to free Belmark surprised the union.", "actual", "conflict"),
        ("Arvania pulled back its attack on Belmark.", "actual", "cooperation"),
        ("Corvia is worried about Arvania helping Belmark.", "hypothetical", "cooperation"),
        ("Corvia fears that Arvania helps Belmark.", "hypothetical", "cooperation"),
        ("Arvania has yet to condemn Belmark.", "actual", "neutral"),
        ("Arvania would like to meet with Belmark.", "hypothetical", "cooperation"),
        ("Arvania hopes to work with Belmark.", "hypothetical", "cooperation"),
        ("Corvia persuaded Arvania to cancel its treaty with Belmark.", "actual", "conflict"),
        ("The imminent signing of an agreement between Arvania and Belmark.", "future", "cooperation"),
        ("Arvania is believed to have attacked Belmark.", "hypothetical", "conflict"),
        ("Arvania is open for talks with Belmark.", "future", "cooperation"),
    ],
)
def test_facts_plans_and_denials(text, status, direction):
    (found,) = read(text, "Arvania", "Belmark")
    assert (found.status, found.kind.direction) == (status, direction)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The union allowed airstrikes by Arvania against Belmark.", "conflict"),
        ("Arvania allowed airstrikes against Belmark.", "conflict"),
        ("Arvania withdrew from the Belmark deal.", "conflict"),
        ("Arvania not only helped Belmark.", "cooperation"),
        ("Cooperation between Arvania and Belmark had become brittle.", "conflict"),
        ("Tensions between Arvania and Belmark were defused.", "cooperation"),
        ("Arvania cut a deal with Belmark.", "cooperation"),
        ("Arvania has had little contact with Belmark.", "neutral"),
        ("Arvania did not meet with Belmark.", "neutral"),
        ("Arvania will not meet with Belmark.", "conflict"),
        ("Arvania's minister met with a delegation from Belmark.", "cooperation"),
        ("Arvania denied Belmark access to the port.", "conflict"),
        ("With Belmark, Arvania signed a treaty.", "cooperation"),
        ("Arvania delayed its decision on Belmark.", "conflict"),
        ("Soldiers of Arvania shot Belmark protesters.", "conflict"),
        ("Arvania fired Belmark from the union.", "conflict"),
        ("In response to rockets of Belmark, Arvania imposed a blockade.", "conflict"),
        ("Arvania said that Belmark must leave.", "conflict"),
        ("Arvania said that Belmark should leave.", "neutral"),
        ("Arvania has a poor relationship with Belmark.", "conflict"),
        ("Arvania welcomed the killing of the Belmark general.", "conflict"),
        ("Arvania abandoned its campaign against Belmark.", "cooperation"),
        ("Arvania complied with the sanctions on Belmark.", "conflict"),
        ("Arvania gave a speech to Belmark.", "neutral"),
        ("The opposition of Arvania to Belmark is known.", "conflict"),
    ],
)
def test_words_beside_an_act_change_its_direction(text, direction):
    (found,) = read(text, "Arvania", "Belmark")
    assert found.kind.direction == direction


def test_things_named_after_a_state_are_no_target(study):
    text = "Russia launched Iranian drones at a port. Russia shot down a jet with an Iranian missile."
    document = parse(text)
    assert find_relations(document, find_mentions(document, study.actors), study.actors) == []


def test_one_party_against_a_list():
    found = read(
        "There is rivalry between Corvia and Arvania, Belmark and others.", "Arvania", "Belmark", "Corvia"
    )
    assert [(r.source.actor_id, r.target.actor_id) for r in found] == [
        ("Corvia", "Arvania"),
        ("Corvia", "Belmark"),
    ]


def test_a_war_of_three_does_not_say_who_fights_whom():
    assert read("There is a war between Arvania, Corvia, Belmark.", "Arvania", "Belmark", "Corvia") == []


def test_a_mediator_acts_on_both_sides():
    found = read("Arvania had to mediate between Belmark and Corvia.", "Arvania", "Belmark", "Corvia")
    assert [(r.source.actor_id, r.target.actor_id) for r in found] == [
        ("Arvania", "Belmark"),
        ("Arvania", "Corvia"),
    ]


def test_adjectives_of_states_act(study):
    document = parse("Iranian officials praised Russian engineers.")
    (found,) = find_relations(document, find_mentions(document, study.actors), study.actors)
    assert (found.source.actor_id, found.target.actor_id, found.kind.name) == ("iran", "russia", "support")


def test_a_repeated_verb_between_the_same_actors_is_one_row():
    text = (
        "Arvania condemned, yes, condemned, Belmark, and Arvania condemned and condemned the raid of Belmark."
    )
    rows = [(r.start, r.end, r.verb, r.source.actor_id, r.target.actor_id) for r in read_all(text)]
    assert rows
    assert len(rows) == len(set(rows))


def test_without_a_parse_there_are_no_relations():
    assert relations_among(Document("Arvania hit Belmark.", ()), [Mention(0, 7, "a", "a", "alias")]) == []


def test_rows_have_the_voice_and_the_quote(study):
    text = "Moscow again supplied Iran with grain.\n\n“Russia attacked Iran,” an Israeli official said."
    rows = annotate_article(Article("a", "", text, None, "test"), study)["relations"]
    table = TABLES["relations"].check(TABLES["relations"].frame(rows))
    assert [
        *zip(table["source_side"], table["target_side"], table["direction"], table["voice"], strict=True)
    ] == [
        ("russia", "iran", "cooperation", "outlet"),
        ("russia", "iran", "conflict", "israel"),
    ]
    assert table["quote_id"].notna().tolist() == [False, True]


WORDS = "Arvania Belmark attacked signed with against agreed and not to of the by talks war , which refused".split()


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=14))
def test_any_words_give_spans_that_hold_source_target_and_act(words):
    text = " ".join(words)
    mentions = []
    for number, word in enumerate(words):
        if word in ("Arvania", "Belmark"):
            start = len(" ".join(words[:number])) + (number > 0)
            mentions.append(Mention(start, start + len(word), word, word, "alias"))
    found = relations_among(parse(text), mentions)
    keys = [(r.start, r.end, r.verb, r.source.actor_id, r.target.actor_id) for r in found]
    assert len(keys) == len(set(keys))
    for relation in found:
        for span in (relation.source, relation.target, relation.act):
            start, end = span[:2] if isinstance(span, tuple) else (span.start, span.end)
            assert 0 <= relation.start <= start < end <= relation.end <= len(text)
        assert relation.source.actor_id != relation.target.actor_id
        assert 0 < relation.score < 1


def test_the_bundled_corpus_has_relations_of_the_pair(bundled):
    pair = bundled.relations[
        bundled.relations["source_side"].isin(["russia", "iran"])
        & bundled.relations["target_side"].isin(["russia", "iran"])
        & (bundled.relations["source_side"] != bundled.relations["target_side"])
    ]
    assert len(pair) >= 30
    assert (pair["direction"] == "cooperation").mean() > 0.6
