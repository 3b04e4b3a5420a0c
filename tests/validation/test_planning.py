"""The planned width of an interval is the width that more coding gives."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import FramingError
from analysis.validation import corrected_means, planned_widths


def units(coded, total=4000, seed=3):
    """Units of which the first `coded` are hand-coded; the measurement is right nine times in ten."""
    generator = np.random.default_rng(seed)
    truth = generator.random(total) < 0.3
    predicted = np.where(generator.random(total) < 0.9, truth, ~truth).astype(float)
    gold = pd.Series(truth.astype(float)).where(np.arange(total) < coded)
    return pd.DataFrame({"predicted": predicted, "gold": gold, "probability": coded / total})


def test_the_plan_is_what_more_coding_gives():
    planned = planned_widths(corrected_means(units(200)), n=[200, 800]).set_index(["estimator", "n_coded"])
    now, then = (corrected_means(units(n)).set_index("estimator") for n in (200, 800))
    for estimator in ("gold_only", "ppi", "dsl"):
        widths = [(means["ci95_high"] - means["ci95_low"])[estimator] for means in (now, then)]
        assert planned.loc[(estimator, 200), "width"] == pytest.approx(widths[0])
        assert planned.loc[(estimator, 800), "width"] == pytest.approx(widths[1], rel=0.12)
        assert planned.loc[(estimator, 800), "is_planned"] and not planned.loc[(estimator, 200), "is_planned"]


def test_the_correction_never_gets_narrower_than_the_measurement():
    means = corrected_means(units(200)).set_index("estimator")
    naive = (means["ci95_high"] - means["ci95_low"])["naive"]
    planned = planned_widths(means.reset_index(), n=[10**9]).set_index("estimator")["width"]
    assert planned["ppi"] == pytest.approx(naive, rel=1e-3) and planned["gold_only"] < naive / 100


def test_groups_are_left_out_and_labels_kept():
    means = corrected_means(units(200)).assign(question="trade", value="share yes", outlet="all")
    both = pd.concat([means, means.assign(outlet="Gazette")])
    planned = planned_widths(both)
    assert set(planned["question"]) == {"trade"} and not planned.duplicated(["estimator", "n_coded"]).any()
    assert planned["n_coded"].max() == 1600


def test_numbers_below_one_are_refused():
    with pytest.raises(FramingError, match="at least 1"):
        planned_widths(corrected_means(units(200)), n=[0])
