"""Sentences of a dyad, and the frames in them."""

import dataclasses

import pandas as pd

from analysis.compare.measures import frames

DYAD = ("russia", "iran")


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


def test_families_count_once_for_the_interval(bundled):
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


def test_own_hits_and_others_are_all_hits(bundled):
    rows = frames.frame_voices(bundled, DYAD)
    hits = frames.frame_hits(bundled, DYAD)
    assert rows["denominator"].tolist() == hits.groupby("frame").size().tolist()
    assert rows["numerator"].tolist() == (hits["voice"] == "outlet").groupby(hits["frame"]).sum().tolist()
    assert rows["n"].tolist() == hits.groupby("frame")["article_id"].nunique().tolist()


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
