"""Colours that colour-blind readers and a black-and-white printer keep apart, or else a second mark that does."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from analysis.figures import side_styles
from analysis.figures._core.palette import ink_on
from analysis.figures._core.style import NOBODY, OWN_WORDS, QUOTED
from analysis.figures.plots import adoption, speakers_and_cues
from analysis.schemas import OUTLET, UNATTRIBUTED

# Machado, Oliveira and Fernandes (2009), table 1, severity 1.0; they are for linear RGB.
SEEN_WITH = {
    "full sight": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
APART = 15  # distance in CIELAB, of which about 2 can just be told apart side by side
GREY_APART = 10  # of 100 steps of lightness


def linear(colour):
    channels = np.array(to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(light):
    share = TO_XYZ @ np.clip(light, 0, 1) / WHITE
    root = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def lightness(colour):
    return lab(linear(colour))[0]


@pytest.fixture(scope="module")
def looks(study):
    return side_styles([OUTLET, *study.side_colours, UNATTRIBUTED], study.side_colours)


@pytest.mark.parametrize("sight", SEEN_WITH)
def test_sides_differ_by_colour(sight, looks):
    seen = {side: lab(SEEN_WITH[sight] @ linear(look.colour)) for side, look in looks.items()}
    close = {pair for pair in combinations(seen, 2) if np.linalg.norm(seen[pair[0]] - seen[pair[1]]) < APART}
    assert not close


def test_sides_of_the_same_grey_differ_by_hatch_and_marker(looks):
    alike = [
        (one, other)
        for one, other in combinations(looks, 2)
        if abs(lightness(looks[one].colour) - lightness(looks[other].colour)) < GREY_APART
    ]
    assert ("expert", "israel") in alike  # fourteen colours cannot all differ in grey
    assert not [pair for pair in alike if looks[pair[0]].hatch == looks[pair[1]].hatch]
    sided = [
        pair for pair in alike if not {OUTLET, UNATTRIBUTED} & set(pair)
    ]  # the two have no marker to show
    assert not [pair for pair in sided if looks[pair[0]].marker == looks[pair[1]].marker]


def test_series_that_stand_side_by_side_differ_in_grey():
    greys = [lightness(colour) for colour in (OWN_WORDS, QUOTED, NOBODY, "white")]
    assert min(b - a for a, b in pairwise(sorted(greys))) >= GREY_APART
    for pieces in (speakers_and_cues.CLASSES, adoption.USES):
        for (_, colour, hatch, _), (_, next_colour, next_hatch, _) in pairwise(pieces):
            assert hatch != next_hatch or abs(lightness(colour) - lightness(next_colour)) >= 2 * GREY_APART


def test_ink_stands_out_on_every_colour():
    """4.5 to 1 is what WCAG asks of text."""
    for colour in np.random.default_rng(1).random((500, 3)):
        one, other = (TO_XYZ[1] @ linear(c) + 0.05 for c in (colour, ink_on(colour)))
        assert max(one, other) / min(one, other) >= 4.5
    assert (ink_on("#FFFF00"), ink_on("#000080")) == ("black", "white")
