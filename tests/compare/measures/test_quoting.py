"""How speakers are quoted: counted by hand."""

import pytest

from analysis.compare.measures.quoting import EVERYONE, NO_CUE, cue_classes, quote_kinds, quoted_together
from tests.compare.made_up import one, tables

QUOTES = [
    ("a", "putin", "Vladimir Putin", "russia", "direct", "neutral", "we will build it"),
    ("a", "putin", "Vladimir Putin", "russia", "indirect", "asserting", "it is done"),
    ("a", "raisi", "Ebrahim Raisi", "iran", "indirect", "neutral", "trade grows"),
    ("b", "putin", "Vladimir Putin", "russia", "mixed", None, "no"),
    ("b", None, "a diplomat", "iran", "direct", "doubting", "so they say"),
    ("c", "raisi", "Ebrahim Raisi", "iran", "direct", "neutral", "yes"),
    ("c", None, "a diplomat", "iran", "direct", "neutral", "perhaps"),
]


@pytest.fixture(scope="module")
def corpus():
    columns = ("article_id", "speaker", "speaker_name", "side", "kind", "cue_class", "content")
    quotes = [{"quote_id": str(i), **dict(zip(columns, row, strict=True))} for i, row in enumerate(QUOTES)]
    return tables([{"article_id": key} for key in "abc"], quotes=quotes)


def test_kinds_of_a_side(corpus):
    found = quote_kinds(corpus)
    russia = {kind: one(found, side="russia", kind=kind) for kind in ("direct", "indirect", "mixed")}
    assert [row["numerator"] for row in russia.values()] == [1, 1, 1]
    assert russia["mixed"]["denominator"] == 3 and russia["mixed"]["n"] == 2
    assert one(found, side="iran", kind="direct")["estimate"] == pytest.approx(3 / 4)


def test_cues_of_sides_and_speakers(corpus):
    found = cue_classes(corpus)
    assert one(found, side="russia", speaker_name=EVERYONE, cue_class=NO_CUE)["numerator"] == 1
    assert one(found, speaker_name="Ebrahim Raisi", cue_class="neutral")["numerator"] == 2
    assert one(found, side="iran", speaker_name=EVERYONE, cue_class="doubting")["estimate"] == pytest.approx(
        1 / 4
    )
    assert cue_classes(corpus, most=1).query("speaker_name != ''")["speaker_name"].unique().tolist() == [
        "Vladimir Putin"
    ]


def test_labels_of_questions_are_no_named_speakers():
    quotes = [
        {"article_id": "a", "side": "media", "speaker_name": name} for name in ("QUESTION", "Q", "Anna Bell")
    ]
    found = cue_classes(tables([{"article_id": "a"}], quotes=quotes))
    assert set(found["speaker_name"]) == {EVERYONE, "Anna Bell"}
    assert one(found, speaker_name=EVERYONE, cue_class=NO_CUE)["denominator"] == 3


def test_shares_of_every_row_add_up(corpus):
    for table, keys in ((quote_kinds(corpus), ["side"]), (cue_classes(corpus), ["side", "speaker_name"])):
        assert table.groupby(keys)["estimate"].sum().tolist() == pytest.approx(
            [1.0] * table.groupby(keys).ngroups
        )


def test_pairs_of_actors_in_the_same_articles(corpus):
    pair = one(quoted_together(corpus), one="Vladimir Putin")
    assert (pair["other"], pair["numerator"], pair["denominator"]) == ("Ebrahim Raisi", 1, 3)
    assert (pair["n_one"], pair["words_one"], pair["n_other"], pair["words_other"]) == (2, 8, 2, 3)
    assert pair["ci95_low"] < 1 / 3 < pair["ci95_high"]


def test_pairs_of_actors_with_each_outlet_counting_once():
    """Post: two articles quote both, one quotes one; Times: one quotes one."""
    articles = [{"article_id": key, "outlet": "Times" if key == "d" else "Post"} for key in "abcd"]
    names = {"putin": "Vladimir Putin", "raisi": "Ebrahim Raisi"}
    quotes = [
        {
            "article_id": key,
            "quote_id": f"{key}{i}",
            "side": actor,
            "speaker": actor,
            "speaker_name": names[actor],
        }
        for i, (key, actor) in enumerate(
            [("a", "putin"), ("a", "raisi"), ("b", "putin"), ("b", "raisi"), ("c", "raisi"), ("d", "raisi")]
        )
    ]
    found = tables(articles, quotes=quotes)
    by_weight = {
        weight: one(quoted_together(found, weight=weight)) for weight in ("word", "article", "outlet")
    }
    assert by_weight["word"]["estimate"] == by_weight["article"]["estimate"] == 2 / 4
    assert by_weight["outlet"]["estimate"] == pytest.approx((2 / 3 + 0) / 2)
    assert (by_weight["outlet"]["numerator"], by_weight["outlet"]["denominator"]) == (2, 4)
    assert (by_weight["word"]["top_outlet"], by_weight["word"]["without_outlet_low"]) == ("Post", 0)


def test_a_diplomat_in_two_articles_is_not_one_person(corpus):
    found = quoted_together(corpus)
    assert "a diplomat" not in {*found["one"], *found["other"]}


def test_nobody_quoted(corpus):
    empty = corpus.select([])
    assert quote_kinds(empty).empty and cue_classes(empty).empty and quoted_together(empty).empty
