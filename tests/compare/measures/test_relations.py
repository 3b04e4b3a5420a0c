"""Balance of cooperation and conflict, dyad sentences and frames, on tables small enough to count by hand."""

import dataclasses

import pandas as pd
import pytest

from analysis.annotators.article import Article
from analysis.annotators.pipeline import annotate_batch
from analysis.compare.measures import frames, relations
from analysis.errors import FramingError
from analysis.schemas import TABLES
from analysis.tables import Tables

DYAD = ("russia", "iran")
TEXTS = {
    "a": "Russia praised Iran. The two countries are strategic partners. Nobody minded the rain.",
    "b": "Iran condemned Russia. Russia and Iran signed a treaty. Israel attacked Iran.",
    "c": "Russia may attack Iran. They never trusted one another.",
    "d": "Iran sells carpets to Turkey. They are friends.",
}


@pytest.fixture(scope="module")
def tables(study):
    rows = annotate_batch([Article(name, "", text, None, "test") for name, text in TEXTS.items()], study)
    articles = TABLES["articles"].frame(
        [
            {
                "article_id": name, "outlet": "One" if name < "c" else "Two", "published": "2024-01-01",
                "title": "", "text": text, "language": "en", "family_id": name, "n_words": len(text.split()),
                "source_file": "test",
            }
            for name, text in TEXTS.items()
        ]
    )  # fmt: skip
    return dataclasses.replace(Tables.from_rows(rows, articles=articles), study=study)


def test_balance_counts_acts_between_the_two_only(tables):
    (row,) = relations.relation_balance(tables, DYAD, by=()).to_dict("records")
    assert (row["cooperation"], row["conflict"], row["numerator"], row["denominator"], row["n"]) == (
        2,
        1,
        1,
        3,
        2,
    )
    assert row["estimate"] == pytest.approx(1 / 3)
    assert pd.isna(row["ci95_low"]) and "at least" in row["note"]


def test_what_may_happen_counts_on_request(tables):
    (row,) = relations.relation_balance(
        tables, DYAD, by=(), statuses=("actual", "future", "hypothetical")
    ).to_dict("records")
    assert (row["cooperation"], row["conflict"]) == (2, 2)


def test_any_two_sides(tables):
    (row,) = relations.relation_balance(tables, ("israel", "iran"), by=()).to_dict("records")
    assert (row["cooperation"], row["conflict"]) == (0, 1)


def test_mutual_acts_count_both_ways(tables):
    acts = relations.who_acts_on_whom(tables, dyad=DYAD).set_index(["source", "target"])
    assert acts.loc[("russia", "iran"), ["cooperation", "conflict"]].tolist() == [2, 0]
    assert acts.loc[("iran", "russia"), ["cooperation", "conflict"]].tolist() == [1, 1]


def test_dyad_sentences_are_named_or_resolved(tables):
    found = frames.dyad_sentences(tables, DYAD)
    assert [*found.itertuples(index=False, name=None)] == [
        ("a", 0, "named"),
        ("a", 1, "resolved"),
        ("b", 0, "named"),
        ("b", 1, "named"),
        ("c", 0, "named"),
        ("c", 1, "resolved"),
    ]


def test_frames_need_a_sentence_of_both(tables):
    found = frames.frame_prevalence(tables, DYAD, by=()).set_index("frame")
    assert found.loc["partnership", ["numerator", "denominator"]].tolist() == [1, 3]
    assert set(frames.frame_hits(tables, DYAD)["article_id"]) <= {"a", "b", "c"}


def test_reprints_of_a_frame_count_once_for_its_interval(bundled):
    copied = bundled.articles.assign(family_id=[f"f{i // 2}" for i in range(len(bundled.articles))])
    made = dataclasses.replace(bundled, articles=copied)
    alone = frames.frame_prevalence(made, DYAD, by=())
    as_one = frames.frame_prevalence(made, DYAD, by=(), cluster="family_id")
    assert as_one["estimate"].tolist() == alone["estimate"].tolist()
    assert as_one["denominator"].tolist() == alone["denominator"].tolist()
    assert alone["method"].str.contains("Wilson").all() and as_one["method"].str.contains("families").any()


def test_frames_by_voice_keep_the_denominator(bundled):
    split = frames.frame_prevalence(bundled, DYAD, by=(), voice="split")
    assert set(split["voice"]) == {"outlet", "quoted"}
    assert split["denominator"].nunique() == 1


@pytest.mark.parametrize("dyad", [("russia", "russia"), ("russia", "atlantis")])
def test_an_impossible_dyad_is_refused(tables, dyad):
    for measure in (relations.relation_balance, frames.frame_prevalence, frames.dyad_sentences):
        with pytest.raises(FramingError, match="two different sides"):
            measure(tables, dyad)


def test_frames_against_the_gold(bundled):
    """Floors just below what data/gold/README.md reports."""
    from tests.conftest import DATA

    gold = pd.read_csv(DATA / "gold" / "frames.csv")
    hits = frames.frame_hits(bundled, DYAD)
    floors = {"anti_west_solidarity": 0.7, "threat": 0.65, "partnership": 0.45}
    for frame, floor in floors.items():
        coded = set(gold.loc[gold["frame"] == frame, "article_id"])
        found = set(hits.loc[hits["frame"] == frame, "article_id"])
        assert 2 * len(coded & found) / (len(coded) + len(found)) >= floor, frame
