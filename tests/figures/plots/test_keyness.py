"""Words that set outlets apart: the furthest on either side, filled where significant."""

from matplotlib.colors import to_hex

from analysis.compare.words.contrasts import OTHERS
from analysis.figures import FIGURES
from analysis.figures._core.style import INK
from analysis.figures.plots.keyness import ON_EACH_SIDE
from tests.figures.small import drawn, row_labels, rows


def word(item, estimate, p=0.5):
    return {
        "item": item, "target": "Russia", "reference": "Iran", "numerator": 5, "estimate": estimate,
        "ci95_low": estimate - 1, "ci95_high": estimate + 1, "p_bh": p, "dp_target": 0.2, "dp_reference": 0.4,
        "n_target": 8, "n_reference": 9, "compared": "outlet_country",
    }  # fmt: skip


def test_words_of_both_groups_are_shown_and_significant_ones_filled(study):
    ahead = [word(f"ahead{i:02d}", 3.0 - i / 10, p=0.01 if i == 0 else 0.5) for i in range(ON_EACH_SIDE + 3)]
    figure = drawn("keyness", rows(*ahead, word("behind", -2.0)), study)
    assert len(row_labels(figure)) == ON_EACH_SIDE + 1
    assert (row_labels(figure)[0], row_labels(figure)[-1]) == ("ahead00", "behind")
    points = next(marks for marks in figure.axes[0].collections if len(marks.get_facecolors()) > 1)
    assert [to_hex(colour) for colour in points.get_facecolors()][:2] == [INK, "#ffffff"]
    assert "(1 of all words)" in figure.caption


def test_a_word_leads_to_the_outlets_that_use_it_more():
    filters = FIGURES["keyness"].filters
    assert filters(word("port", -1.0), None) == {"words": "port", "country": "Iran", "voice": "outlet"}
    assert filters(word("port", 1.0), None)["country"] == "Russia"
    others = {**word("port", -1.0), "compared": "outlet", "reference": OTHERS}
    assert filters(others, None) == {"words": "port", "voice": "outlet"}
