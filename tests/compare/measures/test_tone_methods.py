"""The model and VADER on the same sentences."""

import pytest

from analysis.annotators.tone.vader import compound
from analysis.compare.measures.tone_methods import AGREEMENTS, model_and_vader
from tests.compare.made_up import one, tables

TEXT = "The brilliant Iran won. A terrible war began near Iran. Iran exists."
SPANS = [(0, 23), (24, 55), (56, 68)]


def mention(sentence, p_positive, *, side="iran", article="a", abstained=None):
    return {
        "article_id": article,
        "sentence": sentence,
        "actor_id": side,
        "side": side,
        "polarity": 0,
        "p_negative": 1 - p_positive,
        "p_neutral": 0.0,
        "p_positive": p_positive,
        "abstained": abstained,
    }


def made(*mentions):
    articles = sorted({row["article_id"] for row in mentions})
    sentences = [
        {"article_id": a, "sentence": n, "start": start, "end": end}
        for a in articles
        for n, (start, end) in enumerate(SPANS)
    ]
    return tables([{"article_id": a, "text": TEXT} for a in articles], sentences=sentences, mentions=mentions)


def test_vader_reads_the_sentences_of_the_mentions_that_have_a_class():
    corpus = made(
        mention(0, 0.5), mention(0, 0.7), mention(1, 0.6), mention(2, 0.9, abstained="low confidence")
    )
    row = one(model_and_vader(corpus, only=["iran"]))
    good, bad = (compound(TEXT[start:end]) for start, end in SPANS[:2])
    assert row["vader"] == pytest.approx((2 * good + bad) / 3)
    assert (row["denominator"], row["n"], row["n_abstained"]) == (3, 2, 1)
    assert row["outlet"] == "Harbour News"


@pytest.mark.parametrize(
    ("sentence", "p_positive", "expected"),
    [(0, 0.9, "same"), (0, 0.1, "opposite"), (1, 0.9, "opposite"), (1, 0.1, "same"), (0, 0.51, "one is neutral"),
     (2, 0.9, "one is neutral"), (2, 0.5, "same")],
)  # fmt: skip
def test_agreement_is_about_the_direction(sentence, p_positive, expected):
    assert one(model_and_vader(made(mention(sentence, p_positive)), only=["iran"]))["agreement"] == expected


def test_sides_come_in_the_order_asked_for_and_others_stay_out():
    corpus = made(
        mention(0, 0.9, side="us"), mention(0, 0.9, article="b"), mention(0, 0.9), mention(1, 0.2, side="x")
    )
    table = model_and_vader(corpus, only=["us", "iran", "nobody"])
    assert table[["side", "article_id"]].to_numpy().tolist() == [["us", "a"], ["iran", "a"], ["iran", "b"]]
    assert model_and_vader(corpus, only=["nobody"]).empty


def test_on_the_bundled_corpus(bundled):
    table = model_and_vader(bundled, only=["russia", "iran"])
    assert set(table["agreement"]) == set(AGREEMENTS)
    assert table["vader"].between(-1, 1).all()
