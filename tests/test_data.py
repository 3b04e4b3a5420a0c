"""The bundled corpus and its hand coding: exact offsets, complete cells, and no invented words in a real mouth."""

import csv
import json
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from analysis import themes
from analysis.schemas import ACTS, CUE_CLASSES, KINDS, ROLES, UNATTRIBUTED

DATA = Path(__file__).parents[1] / "data"
EPISODES = {
    "ashgabat-2022": "2022-06",
    "tehran-2022": "2022-07",
    "rasht-2023": "2023-05",
    "treaty-2025": "2025-01",
}
OUTLETS = {
    "Caspian Courier",
    "Volga Dispatch",
    "Alborz Times",
    "Meridian Post",
    "Channel Nine World",
    "Levant Monitor",
    "Bosphorus Herald",
    "Transcontinental Wire",
}
THEMES = {
    *(
        "syria_counterterrorism",
        "afghanistan",
        "sanctions",
        "us_hostility",
        "economy_trade",
        "transport_transit",
    ),
    *(
        "fisheries",
        "tourism",
        "caspian_security",
        "military_cooperation",
        "nuclear_accord",
        "mutual_distrust",
    ),
    *(
        "strategic_partnership",
        "ukraine_war",
        "energy_gas",
        "payments_banking",
        "multilateral_clubs",
        "israel",
    ),
    *("generic_conflict", "generic_economic", "generic_morality", "generic_human_interest"),
    "generic_responsibility",
}


def gold(name: str) -> list[dict[str, str]]:
    with (DATA / "gold" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def articles():
    lines = (DATA / "articles" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {article["id"]: article for article in map(json.loads, lines)}


@pytest.fixture(scope="module")
def spans():
    return [{**row, "start": int(row["start"]), "end": int(row["end"])} for row in gold("quotes")]


@pytest.fixture(scope="module")
def actors():
    listed = yaml.safe_load((DATA / "actors.yml").read_text(encoding="utf-8"))
    return {actor["id"]: actor for actor in listed["actors"]}


def test_every_outlet_covers_every_episode(articles):
    assert len(articles) == 52
    assert Counter(a["episode"] for a in articles.values()) == dict.fromkeys(EPISODES, 13)
    assert {(a["outlet"], a["episode"]) for a in articles.values()} == {
        (o, e) for o in OUTLETS for e in EPISODES
    }


def test_articles_are_well_formed(articles):
    for key, article in articles.items():
        text = article["text"]
        assert key.rsplit("-", 1)[0] == article["episode"]
        assert article["date"][:7] in {EPISODES[article["episode"]], "2022-07"}, key
        assert text.startswith(article["title"] + "\n\n"), key
        assert 150 <= len(re.findall(r"\w+(?:['’]\w+)*", text)) <= 450, key
        assert article["url"] is None or article["url"].startswith("https://example.org/"), key
        assert not re.search(r" \n|\n\n\n|(?<!\n)\n(?!\n)|  |[\[\]_\t\r]", text), key
        assert text == text.strip()


def test_quotation_marks_are_closed(articles):
    """A paragraph may leave its mark open only where the next one goes on with the quotation."""
    for key, article in articles.items():
        paragraphs = article["text"].split("\n\n")
        for paragraph, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
            still_open = paragraph.count("“") - paragraph.count("”")
            assert still_open in (0, 1), (key, paragraph)
            assert not still_open or following.startswith("“"), (key, paragraph)
            assert paragraph.count('"') % 2 == 0, (key, paragraph)


def test_spans_slice_to_their_text(articles, spans):
    for row in spans:
        text = articles[row["article_id"]]["text"]
        assert 0 <= row["start"] < row["end"] <= len(text)
        assert text[row["start"] : row["end"]] == row["text"] == row["text"].strip()
        assert "\n" not in row["text"]
        assert row["role"] in ROLES


def test_spans_stand_at_word_edges(articles, spans):
    for row in spans:
        text = articles[row["article_id"]]["text"]
        around = text[row["start"] - 1 : row["start"] + 1], text[row["end"] - 1 : row["end"] + 1]
        assert not any(len(pair) == 2 and pair.isalnum() for pair in around), row


def test_quotes_are_complete(spans):
    roles = defaultdict(set)
    for row in spans:
        roles[row["article_id"], row["quote"]].add(row["role"])
    coded = {(row["article_id"], row["quote"]): row for row in gold("speakers")}
    assert roles.keys() == coded.keys()
    assert len(coded) == len(gold("speakers"))
    for key, row in coded.items():
        assert "content" in roles[key], key
        assert row["kind"] in KINDS and row["act"] in ACTS, key
        assert (row["cue_class"] in CUE_CLASSES) == ("cue" in roles[key]), key
        assert "source" not in roles[key] or row["speaker_name"], key


def test_parts_of_one_quote_do_not_overlap(spans):
    parts = defaultdict(list)
    for row in spans:
        parts[row["article_id"], row["quote"]].append((row["start"], row["end"]))
    for key, found in parts.items():
        ordered = sorted(found)
        # A quote may hold its own source only in another quote nested in it.
        assert all(a[1] <= b[0] for a, b in pairwise(ordered)), key


def test_kind_follows_the_quotation_marks(spans):
    content = defaultdict(list)
    for row in spans:
        if row["role"] == "content":
            content[row["article_id"], row["quote"]].append(row["text"])
    for row in gold("speakers"):
        parts = content[row["article_id"], row["quote"]]
        marked = any(re.search('["“”]|(?:^|\\s)‘', part) for part in parts)
        if row["kind"] != "indirect":
            assert marked, row
        if row["kind"] == "direct":
            assert all(part[0] in '"“‘' for part in parts) and parts[-1][-1] in '"”’', row


def test_speakers_are_actors_of_the_study(actors):
    listed = yaml.safe_load((DATA / "actors.yml").read_text(encoding="utf-8"))
    sides = {side["id"] for side in listed["sides"]} | {UNATTRIBUTED}
    for row in gold("speakers"):
        assert row["side"] in sides, row
        assert bool(row["speaker_name"]) or row["side"] == UNATTRIBUTED, row
        if row["speaker"]:
            actor = actors[row["speaker"]]
            assert (row["speaker_name"], row["side"]) == (actor["name"], actor["side"]), row


def test_real_actors_are_only_paraphrased(actors):
    """Invented words may not be put into the mouth of anybody who exists."""
    names = {name for actor in actors.values() for name in (actor["name"], *actor.get("aliases", ()))}
    for row in gold("speakers"):
        if row["kind"] != "indirect":
            assert not row["speaker"], row
            assert row["speaker_name"] not in names, row


def test_themes_and_tone_are_of_the_design(articles):
    themes = gold("themes")
    assert {row["theme"] for row in themes} == THEMES
    assert {row["centrality"] for row in themes} == {"central", "passing"}
    assert len({(row["article_id"], row["theme"]) for row in themes}) == len(themes)
    assert {row["article_id"] for row in themes} == set(articles)
    tone = gold("tone")
    assert sorted((r["article_id"], r["side"]) for r in tone) == sorted(
        (article, side) for article in articles for side in ("iran", "russia")
    )
    assert {value for row in tone for value in (row["whole"], row["own"])} == {"-1", "0", "1"}


def test_wire_copy_families(articles):
    families = defaultdict(list)
    for row in gold("families"):
        families[row["family"]].append(articles[row["article_id"]])
    assert {name: len(members) for name, members in families.items()} == {
        "ashgabat-summit-wire": 4,
        "tehran-summit-wire": 3,
        "rial-rouble-wire": 3,
        "rasht-railway-wire": 4,
        "partnership-treaty-wire": 4,
    }
    for members in families.values():
        assert sum(member["outlet"] == "Transcontinental Wire" for member in members) == 1
        assert len({member["episode"] for member in members}) == 1


def test_the_cards_say_that_the_articles_are_invented():
    for card in (DATA / "README.md", DATA / "gold" / "README.md"):
        assert "written for this project" in card.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "transit",
        "Transits",
        "transited",
        "transiting",
        "a transit-state",
        "in-transit goods",
        "two harbours",
        "a harbor",
    ],
)
def test_transit_is_a_way_of_goods_and_people(text, study):
    assert "transport_transit" in set(themes(text, study.codebook)["theme"])


@pytest.mark.parametrize(
    "text",
    [
        "the energy transition",
        "a transitional government",
        "transitory",
        "transitive",
        "harbouring doubts",
        "harbored",
    ],
)
def test_neither_a_transition_nor_a_doubt_is_on_its_way(text, study):
    assert "transport_transit" not in set(themes(text, study.codebook)["theme"])


def test_the_card_counts_right(articles):
    card = (DATA / "README.md").read_text(encoding="utf-8")
    for outlet in OUTLETS:
        own = [article["episode"] for article in articles.values() if article["outlet"] == outlet]
        cells = " | ".join(str(own.count(episode)) for episode in EPISODES)
        assert re.search(rf"\| {outlet} \|[^\n]*\| {re.escape(cells)} \| {len(own)} \|", card), outlet
    for kind, count in Counter(row["kind"] for row in gold("speakers")).items():
        assert f"| {kind} | {count} |" in card
