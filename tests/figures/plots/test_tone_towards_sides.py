"""Tone towards the two sides: one panel per side, both voices, the same scale on either side of zero."""

from analysis.figures import FIGURES
from analysis.figures._core.registry import Cut
from tests.figures.small import drawn, rows, titles


def tone(side, voice, estimate, outlet="Gazette"):
    return {
        "side": side, "voice": voice, "outlet": outlet, "numerator": 2, "denominator": 4, "estimate": estimate,
        "ci95_low": estimate - 0.1, "ci95_high": estimate + 0.1,
    }  # fmt: skip


def test_one_panel_per_side_with_both_voices(study):
    cells = [tone(side, voice, 0.2) for side in ("russia", "iran") for voice in ("outlet", "quoted")]
    figure = drawn("tone_towards_sides", rows(*cells), study)
    assert titles(figure) == ["towards Russia", "towards Iran"]
    assert len(figure.legends[0].get_texts()) == 2
    low, high = figure.axes[0].get_xlim()
    assert low == -high and high >= 0.3


def test_the_numbers_are_about_the_two_sides_of_the_study(bundled):
    numbers = FIGURES["tone_towards_sides"].numbers(bundled, Cut(by="outlet"))
    assert list(dict.fromkeys(numbers["side"])) == ["russia", "iran"]
    assert set(numbers["voice"]) == {"outlet", "quoted"}


def test_a_point_leads_to_mentions_of_the_side():
    assert FIGURES["tone_towards_sides"].filters({"side": "iran"}, None) == {"about": "side:iran"}


def test_the_caption_says_for_which_sides_zero_is_neutral(study):
    for sides, said in (
        (("russia", "iran"), "coded as neutral"),
        (("russia", "iran"), "in 32 further articles)"),
        (("russia", "israel"), "was not calibrated"),
    ):
        cells = [tone(side, voice, 0.2) for side in sides for voice in ("outlet", "quoted")]
        assert said in " ".join(drawn("tone_towards_sides", rows(*cells), study).caption.split())


def test_each_article_counts_equally_unless_told_otherwise(bundled):
    entry = FIGURES["tone_towards_sides"]
    captions = {weight: entry(bundled, weight=weight).caption for weight in (None, "article", "word")}
    assert captions[None] == captions["article"] and "Each article counts equally." in captions[None]
    assert "Each mention counts equally." in captions["word"]
