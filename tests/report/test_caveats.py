"""What limits the results is said once."""

import dataclasses

import pytest

from analysis.report.caveats import about_zero, caveats


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("russia", "iran"), "in 32 further articles) and an error of"),
        (("russia", "gulf"), "was not calibrated"),
    ],
)
def test_says_for_which_sides_zero_is_neutral(pair, said):
    assert said in about_zero(pair)


def test_says_that_tone_depends_on_the_length_of_articles():
    assert "outlets with longer articles tend to have a lower one" in about_zero(("russia", "iran"))


def test_says_what_is_missing(bundled):
    with_all = dict(caveats(bundled, ("russia", "iran"), "5 %"))
    assert with_all["Unknown speakers"].startswith("5 % of the attributed words")
    assert "No texts" not in with_all and "Corrections" not in with_all
    few = bundled.select(bundled.articles["article_id"].head(2))
    without = dict(caveats(few.without_text(), None, ""))
    assert "without the words of the articles" in without["No texts"]
    assert "Tone" not in without and "Unknown speakers" not in without


def test_says_which_outlets_are_not_compared(bundled):
    assert "Left out" not in dict(caveats(bundled, None, ""))["Differences"]
    outlets = bundled.articles["outlet"].astype("str").replace("Volga Dispatch", "Russian MFA")
    made = dataclasses.replace(bundled, articles=bundled.articles.assign(outlet=outlets))
    assert dict(caveats(made, None, ""))["Differences"].endswith("Left out: Russian MFA (government).")
