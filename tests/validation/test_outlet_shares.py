"""Shares of sides by outlet: measured, with bounds, and corrected with hand coding."""

import dataclasses

import pytest

from analysis.validation import outlet_shares
from analysis.validation.sampling import draw_sample
from analysis.validation.tasks import coding_task
from analysis.validation.validate import validate
from tests.compare.made_up import one
from tests.validation.coded_study import coverage, fill


@pytest.fixture(scope="module")
def corpus(study):
    """A third of the quotes has no known side; by hand coding, all are Russia's."""
    made = coverage(study, per_outlet=30)
    unknown = made.quotes["article_id"].str[-1].isin(list("0369"))
    quotes = made.quotes.assign(side=made.quotes["side"].mask(unknown, "unattributed"))
    ids = set(quotes["article_id"][unknown])
    lost = made.tones["article_id"].isin(ids) & (made.tones["voice"] != "outlet")
    tones = made.tones.assign(voice=made.tones["voice"].mask(lost, "unattributed"))
    return dataclasses.replace(made, quotes=quotes, tones=tones)


def test_without_hand_coding_shares_are_measured_and_bounded(corpus):
    shares = outlet_shares(corpus)
    assert shares["estimator"].eq("naive").all() and shares["n_coded"].eq(0).all()
    iran = one(shares, outlet="Outlet 0", side="iran")
    assert iran["bound_low"] == iran["estimate"] and iran["bound_high"] == 1
    assert shares[shares["side"] == "unattributed"]["bound_high"].isna().all()


def test_hand_coding_gives_the_unknown_words_to_their_side(corpus):
    work = coding_task(corpus, "sides")
    said = work.predicted["side"].set_axis(work.units["unit"])

    def answer(unit, question, rng):
        side = "russia" if said[unit] == "unattributed" else said[unit]
        return {"quote": "yes", "speaker": "envoy", "side": side}[question.name]

    sample = draw_sample(corpus, "sides", n=40)
    answers = fill(sample, answer)[["quote", "speaker", "side"]].set_axis(sample.key["unit"])
    made = validate(corpus, work, sample, {"ann": answers})
    shares = outlet_shares(corpus, {"sides": made.tables()})
    russia = one(shares, outlet="Outlet 0", side="russia", estimator="dsl")
    unknown = one(shares, outlet="Outlet 0", side="unattributed", estimator="naive")
    assert russia["n_coded"] == 20
    assert russia["estimate"] == pytest.approx(unknown["estimate"], abs=0.2) and russia["estimate"] > 0.1
    by_year = validate(corpus, work, sample, {"ann": answers}, by="year")
    assert outlet_shares(corpus, {"sides": by_year.tables()})["estimator"].eq("naive").all()
