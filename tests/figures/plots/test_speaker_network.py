"""Who is quoted beside whom: speakers of a side stand together, and single shared articles are not drawn."""

from analysis.figures import FIGURES
from analysis.figures._core.hotspots import hotspots
from tests.figures.small import drawn, rows, words


def pair(one, other, articles):
    sides = {"A": "iran", "B": "russia", "C": "iran"}
    counts = {f"{what}_{end}": 10 for what in ("n", "words") for end in ("one", "other")}
    return {
        "one": one, "other": other, "side_one": sides[one], "side_other": sides[other], "numerator": articles,
        "denominator": 20, "estimate": articles / 20, **counts,
    }  # fmt: skip


def test_lines_join_those_whom_two_articles_or_more_quote(study):
    figure = drawn("speaker_network", rows(pair("A", "B", 4), pair("B", "C", 2), pair("A", "C", 1)), study)
    assert [(spot.row["one"], spot.row["other"]) for spot in hotspots(figure)] == [("B", "C"), ("A", "B")]
    assert {"A (10)", "B (10)", "C (10)", "Iran", "Russia"} <= set(words(figure))


def test_a_line_leads_to_the_articles_that_quote_both():
    filters = FIGURES["speaker_network"].filters(pair("A", "B", 4), None)
    assert filters == {"speaker": "A", "beside": "B"}
