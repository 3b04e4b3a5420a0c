"""Agreement between coders: checked values, oracles and invariances."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import FramingError
from analysis.validation.agreement import agreement, krippendorff_alpha
from tests.compare.made_up import one

_ = None
CANONICAL = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        "C": [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    }
)
LEVELS = ["nominal", "ordinal", "interval", "ratio"]
CODES = (
    st.integers(2, 4)
    .flatmap(
        lambda coders: st.lists(
            st.lists(st.sampled_from([None, 1.0, 2.0, 3.0, 5.0]), min_size=coders, max_size=coders),
            min_size=3,
            max_size=15,
        )
    )
    .map(lambda rows: pd.DataFrame(rows, columns=list("ABCD")[: len(rows[0])], dtype=float))
)


@pytest.mark.parametrize(
    ("level", "alpha"), list(zip(LEVELS, [0.743421, 0.815388, 0.849107, 0.797403], strict=True))
)
def test_canonical_example(level, alpha):
    assert round(krippendorff_alpha(CANONICAL, level=level), 6) == alpha
    row = one(agreement(CANONICAL, level=level), measure="krippendorff")
    assert round(row["estimate"], 6) == alpha
    assert row["n"] == 11 and row["ci95_low"] < alpha < row["ci95_high"] <= 1


@given(CODES, st.sampled_from(LEVELS))
@settings(max_examples=80)
def test_alpha_against_krippendorff(codes, level):
    import krippendorff

    values = codes.to_numpy()
    pairable = values[(~np.isnan(values)).sum(axis=1) > 1]
    if len(np.unique(pairable[~np.isnan(pairable)])) < 2:
        assert np.isnan(krippendorff_alpha(codes, level=level))
        return
    oracle = krippendorff.alpha(reliability_data=values.T, level_of_measurement=level)
    assert krippendorff_alpha(codes, level=level) == pytest.approx(oracle)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=3, max_size=20))
@settings(max_examples=25)
def test_kappa_and_percent_against_nltk(pairs):
    from nltk.metrics.agreement import AnnotationTask

    task = AnnotationTask([(c, i, pair[k]) for i, pair in enumerate(pairs) for k, c in enumerate("xy")])
    table = agreement(pd.DataFrame(pairs, columns=["x", "y"]))
    assert one(table, measure="percent")["estimate"] == pytest.approx(task.avg_Ao())
    kappa = one(table, measure="cohen")
    if kappa["note"].startswith("not defined"):
        assert len({v for pair in pairs for v in pair}) == 1
    else:
        assert kappa["estimate"] == pytest.approx(task.kappa())


@given(CODES, st.sampled_from(LEVELS), st.randoms())
@settings(max_examples=30)
def test_order_of_units_and_coders_and_names_do_not_matter(codes, level, random):
    units = list(range(len(codes)))
    random.shuffle(units)
    plain = krippendorff_alpha(codes, level=level)
    assert krippendorff_alpha(codes.iloc[units, ::-1], level=level) == pytest.approx(plain, nan_ok=True)
    if level == "nominal":
        renamed = codes.replace({1.0: 30.0, 3.0: -4.0})
        assert krippendorff_alpha(renamed, level=level) == pytest.approx(plain, nan_ok=True)
    if level == "ordinal":
        assert krippendorff_alpha(codes**3, level=level) == pytest.approx(plain, nan_ok=True)
    if level == "interval":
        assert krippendorff_alpha(7 * codes - 40, level=level) == pytest.approx(plain, nan_ok=True)
    if level == "ratio":
        assert krippendorff_alpha(7 * codes, level=level) == pytest.approx(plain, nan_ok=True)


def test_the_interval_covers_what_coders_of_that_skill_reach():
    rng = np.random.default_rng(9)

    def coded(n):
        truth = rng.integers(0, 3, n)
        return pd.DataFrame({c: np.where(rng.random(n) < 0.8, truth, rng.integers(0, 3, n)) for c in "AB"})

    target = krippendorff_alpha(coded(10_000))
    rows = [one(agreement(coded(80)), measure="krippendorff") for _ in range(30)]
    assert np.mean([row["ci95_low"] <= target <= row["ci95_high"] for row in rows]) >= 0.86


def test_words_in_their_order():
    codes = pd.DataFrame(
        {"A": ["low", "high", "mid", "low", "mid"], "B": ["low", "high", "high", "mid", "mid"]}
    )
    ranked = krippendorff_alpha(codes, level="ordinal", order=["low", "mid", "high"])
    assert ranked == pytest.approx(
        krippendorff_alpha(codes.replace({"low": 1, "mid": 2, "high": 3}), level="ordinal")
    )
    with pytest.raises(FramingError, match="order lacks the values mid"):
        agreement(codes, level="ordinal", order=["low", "high"])


def test_every_pair_of_coders_and_what_was_counted():
    table = agreement(CANONICAL)
    assert table["measure"].tolist() == ["percent", *["cohen"] * 6, "krippendorff"]
    assert table["coders"].iloc[1] == "A, B" and table["n"].iloc[1] == 9
    percent = one(table, measure="percent")
    assert percent["denominator"] == 55 and percent["estimate"] == percent["numerator"] / 55


def test_nothing_to_agree_on():
    alike = agreement(pd.DataFrame({"A": ["x"] * 9, "B": ["x"] * 9}))
    assert alike.loc[alike["measure"] != "percent", "note"].str.startswith("not defined").all()
    assert one(alike, measure="percent")["note"].startswith("no interval: the value is the same in all units")
    apart = agreement(pd.DataFrame({"A": ["x", None], "B": [None, "y"]}))
    assert apart["note"].eq("no unit has two codes").all() and apart["estimate"].isna().all()
    few = agreement(pd.DataFrame({"A": ["x", "y"], "B": ["x", "y"]}))
    assert few["note"].eq("no interval: 2 units, at least 5 needed").all() and (few["estimate"] == 1).all()


def test_errors():
    with pytest.raises(FramingError, match="two coders"):
        agreement(pd.DataFrame({"A": [1]}))
    with pytest.raises(FramingError, match="needs numeric codes"):
        agreement(pd.DataFrame({"A": ["x"], "B": ["y"]}), level="interval")
    with pytest.raises(FramingError, match="at least 0"):
        agreement(pd.DataFrame({"A": [-1], "B": [1]}), level="ratio")
    with pytest.raises(FramingError, match="nominal, ordinal"):
        agreement(CANONICAL, level="cardinal")
