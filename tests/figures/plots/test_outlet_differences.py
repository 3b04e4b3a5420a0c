"""The figure of differences between outlets: what its footnote warns of."""

import pytest
from matplotlib import pyplot as plt

from analysis.figures.plots import outlet_differences as plot
from analysis.validation.outlet_differences import outlet_differences


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def note_of(numbers, study):
    figure = plot.outlet_differences(numbers, labels=study.theme_labels)
    return max((text.get_text() for text in figure.texts), key=len).replace("\n", " ")


def test_many_intervals_bring_a_warning_of_chance(bundled, study):
    numbers = outlet_differences(bundled)
    drawn = int(numbers.dropna(subset=["estimate"])["ci95_low"].notna().sum())
    assert drawn >= 20
    assert f"Of {drawn} intervals about {round(drawn / 20)} leave out zero by chance alone" in note_of(
        numbers, study
    )


def test_few_intervals_do_not(bundled, study):
    numbers = outlet_differences(bundled, at_most=1)
    assert numbers["ci95_low"].notna().sum() < 20
    assert "by chance" not in note_of(numbers, study)
