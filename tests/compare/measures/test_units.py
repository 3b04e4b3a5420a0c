"""Numerator and denominator per article."""

import pytest

from analysis.compare.measures.units import polarity_units, quoted_units, theme_units, tone_units
from analysis.errors import FramingError
from tests.compare.made_up import spread, tables


def test_units_add_up_to_the_rates():
    made = spread()
    whole = theme_units(made, "trade")
    assert (whole["numerator"].sum(), whole["denominator"].sum()) == (
        len(made.themes.query("theme == 'trade'")),
        2400,
    )
    quoted = theme_units(made, "trade", voice="quoted")
    own = theme_units(made, "trade", voice="outlet")
    assert quoted["numerator"].sum() + own["numerator"].sum() == whole["numerator"].sum()
    assert set(quoted["denominator"]) == {100}
    assert set(quoted_units(made, "iran")["numerator"]) == {40}
    assert tone_units(made)["numerator"].iloc[1] == pytest.approx(10)
    judged = polarity_units(made, "iran", use="polarity")
    assert judged["denominator"].sum() == made.mentions["polarity"].notna().sum()
    assert judged["numerator"].sum() == made.mentions["polarity"].sum()
    assert polarity_units(made, "iran")["numerator"].sum() == pytest.approx(
        (made.mentions["p_positive"] - made.mentions["p_negative"])[made.mentions["polarity"].notna()].sum()
    )


def test_units_of_several_voices_or_without_probabilities_are_errors():
    with pytest.raises(FramingError, match="several"):
        theme_units(spread(), "trade", voice="split")
    bare = tables([{"article_id": "a"}], mentions=[{"article_id": "a", "side": "iran", "polarity": 1}])
    with pytest.raises(FramingError, match="use='polarity'"):
        polarity_units(bare, "iran")
