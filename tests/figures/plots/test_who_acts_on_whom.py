"""Who acts on whom: acts there and back have marks of their own, looking like what clearly prevails."""

import math

from matplotlib.colors import to_hex

from analysis.figures import FIGURES
from analysis.figures._core.hotspots import hotspots
from analysis.figures._core.palette import CONFLICT, COOPERATION, MIXED
from tests.figures.small import drawn, row_labels, rows


def acts(source, target, balance, number=5, interval=(math.nan, math.nan)):
    low, high = interval
    return {
        "ci95_low": low,
        "ci95_high": high,
        "source": source,
        "target": target,
        "numerator": balance * number,
        "denominator": number,
        "estimate": balance,
    }


def test_marks_are_coloured_by_their_balance_and_sized_by_their_acts(study):
    numbers = rows(
        acts("russia", "iran", 0.6, 6, (0.2, 0.9)),
        acts("iran", "russia", -1.0, 3),
        acts("us", "iran", 0.6, 1, (-0.1, 1)),
    )
    marks = drawn("who_acts_on_whom", numbers, study).axes[0].collections[:3]
    assert [to_hex(mark.get_facecolor()[0][:3]).upper() for mark in marks] == [COOPERATION, CONFLICT, MIXED]
    assert [round(float(mark.get_sizes()[0] / marks[2].get_sizes()[0])) for mark in marks] == [6, 3, 1]
    assert marks[1].get_alpha() < marks[0].get_alpha(), "paler without an interval"


def test_the_two_sides_come_first_and_each_direction_has_its_cell(study):
    numbers = rows(acts("us", "china", 1.0, 9), acts("russia", "iran", 1.0), acts("iran", "russia", 1.0))
    figure = drawn("who_acts_on_whom", numbers, study)
    assert row_labels(figure)[-2:] == ["Iran", "Russia"]  # the axis runs downwards
    cells = {(spot.row["source"], spot.row["target"]): (spot.x, spot.y) for spot in hotspots(figure)}
    assert cells["russia", "iran"][0] > cells["iran", "russia"][0]
    assert cells["russia", "iran"][1] < cells["iran", "russia"][1]


def test_a_mark_leads_to_acts_in_its_direction():
    assert FIGURES["who_acts_on_whom"].filters(acts("us", "iran", 1.0), None) == {"acts": "us>iran"}
