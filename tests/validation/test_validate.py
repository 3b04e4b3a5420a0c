"""From filled-in sheets to scores and corrected estimates."""

import dataclasses

import numpy as np
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
