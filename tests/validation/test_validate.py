"""From filled-in sheets to scores and corrected estimates."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.errors import FramingError, ReadError
from analysis.validation.sampling import draw_sample
from analysis.validation.sheets import write_sample
from analysis.validation.tasks import coding_task
from analysis.validation.validate import validate, validate_files
from tests.compare.made_up import one
from tests.validation.coded_study import THEMES, coverage, fill


@pytest.fixture(scope="module")
def corpus(study):
    return coverage(study, per_outlet=100)


def truth(corpus):
    """Transport is in the articles that the codebook finds, and in a fifth of the others."""
    found = set(corpus.themes["article_id"])
    return {a: "yes" if a in found or int(a[1:]) % 5 == 0 else "no" for a in corpus.articles["article_id"]}


def coder(corpus, skill):
    real = truth(corpus)

    def answer(unit, question, rng):
        if question.name == "sanctions":
            return "no"
        right = real[unit]
        return right if rng.random() < skill else {"yes": "no", "no": "yes"}[right]

    return answer


def answers_of(sample, *sheets):
    names = [q.name for q in sample.questions]
    return {f"coder{i}": sheet[names].set_axis(sample.key["unit"]) for i, sheet in enumerate(sheets, start=1)}


@pytest.fixture(scope="module")
def validation(corpus):
    sample = draw_sample(corpus, "themes", n=100, themes=THEMES)
    sheets = [fill(sample, coder(corpus, skill), seed) for seed, skill in ((1, 1.0), (2, 0.9))]
    return validate(corpus, coding_task(corpus, "themes", themes=THEMES), sample, answers_of(sample, *sheets))


def test_agreement_between_the_coders(validation):
    row = one(validation.agreement, question="transport_transit", measure="krippendorff")
    assert 0.6 < row["estimate"] < 0.95 and row["n"] == 100
    assert row["coders"] == "coder1, coder2"


def test_scores_are_those_of_the_codebook(validation, corpus):
    precision, recall = (
        one(validation.scores, question="transport_transit", **{"class": "yes"}, measure=m)
        for m in ("precision", "recall")
    )
    assert precision["estimate"] == 1
    assert precision["denominator"] == pytest.approx(2 * precision["n"])
    real = sum(a == "yes" for a in truth(corpus).values())
    whole = corpus.themes["article_id"].nunique() / real
    assert recall["ci95_low"] < whole < recall["ci95_high"] < 1


def test_errors_stand_in_context(validation):
    wrong = validation.errors
    assert set(wrong["predicted"]) == {"no"} and set(wrong["gold"]) == {"yes"}
    assert wrong["text"].str.contains("ferry").all()
    assert (wrong["agreeing"] / wrong["coders"]).is_monotonic_decreasing


def test_corrected_beside_naive_and_gold_only(validation, corpus):
    real = np.mean([a == "yes" for a in truth(corpus).values()])
    rows = validation.means.query("question == 'transport_transit' and outlet == 'all'").set_index(
        "estimator"
    )
    assert list(rows.index) == ["naive", "gold_only", "ppi", "dsl"]
    assert rows.loc["naive", "estimate"] < real - 0.05
    for estimator in ("gold_only", "ppi", "dsl"):
        assert rows.loc[estimator, "ci95_low"] < real < rows.loc[estimator, "ci95_high"]
    widths = rows["ci95_high"] - rows["ci95_low"]
    assert widths["ppi"] < widths["gold_only"]
    assert set(validation.means["outlet"]) == {"all", "Outlet 0", "Outlet 1"}
    assert set(validation.differences["outlet"]) == {"Outlet 0", "Outlet 1"}


def test_ties_go_to_the_first_coder_and_majorities_win(corpus):
    sample = draw_sample(corpus, "themes", n=10, themes=THEMES[1:])
    yes, no, unclear = (fill(sample, lambda u, q, r, a=a: a) for a in ("yes", "no", "unclear"))
    work = coding_task(corpus, "themes", themes=THEMES[1:])
    for sheets, gold, by in (
        ((yes, no), "yes", "first coder"),
        ((no, yes), "no", "first coder"),
        ((no, yes, yes), "yes", "majority"),
        ((unclear, no), "no", "all"),
    ):
        made = validate(corpus, work, sample, answers_of(sample, *sheets)).gold
        assert made["gold"].eq(gold).all() and made["settled_by"].eq(by).all()


def test_unclear_units_raise_the_weights_of_their_stratum(corpus):
    sample = draw_sample(corpus, "themes", n=100, themes=THEMES[1:])
    half = fill(sample, lambda unit, question, rng: "unclear" if int(unit[1:]) % 4 == 0 else "no")
    made = validate(
        corpus, coding_task(corpus, "themes", themes=THEMES[1:]), sample, answers_of(sample, half)
    )
    clear = made.gold.dropna(subset=["gold"])
    assert (1 / clear["probability"]).sum() == pytest.approx(len(corpus.articles))
    assert made.agreement.empty
    assert one(made.means, outlet="all", estimator="gold_only")["n_coded"] == len(clear) < 100


def test_voice_and_tone(corpus):
    for task, wrong in (("voice", "outlet"), ("tone", "positive")):
        work = coding_task(corpus, task)
        said = work.predicted[work.questions[0].name].set_axis(work.units["unit"])
        sample = draw_sample(corpus, task, n=120)
        sheets = [
            fill(sample, lambda u, q, r, said=said, wrong=wrong: wrong if r.random() < 0.2 else said[u], seed)
            for seed in (0, 1)
        ]
        made = validate(corpus, work, sample, answers_of(sample, *sheets))
        assert one(made.scores, measure="accuracy")["estimate"] < 1
        assert len(made.confusion) and len(made.errors)
        assert made.means["question"].eq(task).all() and made.differences["question"].eq(task).all()
        shares = made.means.query("value != 'index -1 to 1'").dropna(subset=["ci95_low"])
        assert shares["ci95_low"].ge(0).all() and shares["ci95_high"].le(1).all()
        values = set(made.means["value"])
        assert values >= (
            {"share outlet", "share iran"} if task == "voice" else {"share neutral", "index -1 to 1"}
        )
    assert "ordinal" in one(made.agreement, measure="krippendorff")["method"]


def test_files_all_the_way(corpus, tmp_path):
    sample = draw_sample(corpus, "themes", n=40, themes=THEMES)
    paths = write_sample(sample, tmp_path, coders=["ana", "ben"])
    for path, skill in zip(paths[:2], (1.0, 0.9), strict=True):
        fill(sample, coder(corpus, skill)).to_excel(path, index=False, sheet_name="coding")
    made = validate_files(corpus, paths[:2])
    assert made.agreement["coders"].iloc[0] == "ana, ben"
    assert set(made.scores["question"]) == set(THEMES)
    written = made.save(tmp_path / "out")
    assert [p.name for p in written] == [f"validation_themes_{name}.csv" for name in made.tables()]
    with pytest.raises(ReadError, match="is blank"):
        validate_files(corpus, [write_sample(sample, tmp_path / "new")[0]], key=paths[-1])
    with pytest.raises(FramingError, match="at least one coding sheet"):
        validate_files(corpus, [])


def test_order_of_the_tables_does_not_matter(corpus, validation):
    shuffled = dataclasses.replace(
        corpus,
        articles=corpus.articles.sample(frac=1, random_state=1, ignore_index=True),
        themes=corpus.themes.sample(frac=1, random_state=1, ignore_index=True),
    )
    sample = draw_sample(shuffled, "themes", n=100, themes=THEMES)
    sheets = [fill(sample, coder(corpus, skill), seed) for seed, skill in ((1, 1.0), (2, 0.9))]
    work = coding_task(shuffled, "themes", themes=THEMES)
    again = validate(shuffled, work, sample, answers_of(sample, *sheets))
    assert again.scores.equals(validation.scores)
    assert again.means.equals(validation.means)


@pytest.fixture(scope="module")
def coded_sides(corpus):
    """One quote in ten is none; one in five is Russia's and has thirty words, but the toolkit gives all to Iran."""
    text = corpus.articles["text"].iloc[0] + " word" * 27
    long = corpus.quotes["quote_id"].str.extract(r"a(\d+)")[0].astype(int) % 5 == 0
    ids = set(corpus.quotes["article_id"][long])
    articles = corpus.articles.assign(
        text=corpus.articles["text"].where(~corpus.articles["article_id"].isin(ids), text)
    )
    more = corpus.quote_spans[long.to_numpy()].assign(start=len(text) - 27 * 5, end=len(text))
    named = corpus.quotes.assign(speaker_name="the envoy")
    made = dataclasses.replace(
        corpus, articles=articles, quotes=named, quote_spans=pd.concat([corpus.quote_spans, more])
    )
    work = coding_task(made, "sides")

    def answer(unit, question, rng):
        number = int(unit[1:4])
        if number % 10 == 3:
            return "no" if question.name == "quote" else "outlet"
        return {"quote": "yes", "speaker": "Envoy", "side": "russia" if number % 5 == 0 else "iran"}[
            question.name
        ]

    sample = draw_sample(made, "sides", n=100)
    sheets = [fill(sample, answer), fill(sample, answer)]
    return validate(made, work, sample, answers_of(sample, *sheets))


def test_sides_are_scored_by_quotes_and_by_words(coded_sides):
    scores, coded = coded_sides.scores, coded_sides.gold.query("question == 'side'")
    russian, false = (coded["gold"].eq(side).mean() for side in ("russia", "outlet"))
    assert one(scores, question="quote")["estimate"] == pytest.approx(1 - false)
    assert one(scores, question="speaker")["estimate"] == 1
    by_quotes = one(scores, question="side", measure="accuracy")["estimate"]
    assert by_quotes == pytest.approx(1 - russian / (1 - false))
    by_words = one(scores, question="side, by words", measure="accuracy")["estimate"]
    ours, theirs = 3 * (1 - russian - false), 30 * russian
    assert by_words == pytest.approx(ours / (ours + theirs))
    confused = coded_sides.confusion.query("question == 'side, by words' and gold == 'outlet'")
    assert confused["predicted"].tolist() == ["iran"], (
        "words of false quotes are seen in the confusion matrix"
    )
    assert coded_sides.agreement.query("measure == 'krippendorff'")["estimate"].eq(1).all()


def test_shares_of_words_are_corrected_for_wrong_sides_and_false_quotes(coded_sides):
    rows = coded_sides.means.query("value == 'share iran' and outlet == 'all'").set_index("estimator")
    assert rows.loc["naive", "estimate"] == 1
    truth = 3 * 140 / (3 * 140 + 30 * 40)  # of 200 quotes, 20 are none and 40 are Russia's
    for estimator in ("gold_only", "ppi", "dsl"):
        assert rows.loc[estimator, "ci95_low"] < truth < rows.loc[estimator, "ci95_high"] < 0.7
    assert one(coded_sides.means, value="russia minus iran", outlet="all", estimator="dsl")["estimate"] > 0
    assert set(coded_sides.differences["outlet"]) == {"Outlet 0", "Outlet 1"}


def test_a_folder_is_no_sheet(bundled, tmp_path):
    with pytest.raises(FramingError, match=r"folder.*name the completed sheet of each coder"):
        validate_files(bundled, [tmp_path])
