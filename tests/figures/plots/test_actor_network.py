"""Who acts on whom: acts there and back have arrows of their own, coloured by what prevails."""

from matplotlib.colors import to_hex

from analysis.figures import FIGURES
from analysis.figures._core.hotspots import hotspots
from analysis.figures._core.palette import CONFLICT, COOPERATION, MIXED
from tests.figures.small import drawn, rows


def acts(source, target, balance, number=5):
    return {
        "source": source,
        "target": target,
        "numerator": balance * number,
        "denominator": number,
        "estimate": balance,
    }


def test_arrows_are_coloured_by_their_balance(study):
    numbers = rows(
        acts("russia", "iran", 1.0, 3), acts("iran", "russia", -1.0, 2), acts("us", "iran", 0.2, 1)
    )
    figure = drawn("actor_network", numbers, study)
    colours = [to_hex(arrow.get_edgecolor()[:3]).upper() for arrow in figure.axes[0].patches]
    assert colours == [MIXED, CONFLICT, COOPERATION]  # the busiest is drawn last, on top


def test_an_arrow_is_met_on_its_curve_not_between_its_ends(study):
    spots = hotspots(
        drawn("actor_network", rows(acts("russia", "iran", 1.0), acts("iran", "russia", 1.0)), study)
    )
    (one, other) = [(spot.x, spot.y) for spot in spots]
    assert abs(one[0] - other[0]) + abs(one[1] - other[1]) > 0.02


def test_an_arrow_leads_to_acts_in_its_direction():
    assert FIGURES["actor_network"].filters(acts("us", "iran", 1.0), None) == {"acts": "us>iran"}
