"""Every figure of the bundled study, drawn and written once per style; some as PNG."""

from pathlib import Path
from typing import NamedTuple

import pytest
from matplotlib.text import Text

from analysis import figures
from analysis.figures import Drawn
from analysis.figures._core.save import FORMATS
from analysis.figures._core.style import LOOKS
from tests.figures.placed import texts

NAMES = list(figures.FIGURES)
IN_ALL_FORMATS = ("who_is_quoted", "themes_over_time", "themes_together")


class Sheet(NamedTuple):
    """One figure in one style: as it was drawn, and its files by suffix (SVG; in print PDF and some PNG)."""

    drawn: Drawn
    files: dict[str, Path]
    texts: list[Text]

    @property
    def figure(self):
        return self.drawn.figure


@pytest.fixture(scope="session")
def numbers(printed):
    """The numbers of each figure, by its name."""
    return {figure.entry.name: figure.numbers for figure in printed}


@pytest.fixture(scope="session")
def sheets(bundled, printed, tmp_path_factory):
    """(style, name): Sheet."""
    found = {}
    for look in LOOKS:
        folder = tmp_path_factory.mktemp(look)
        drawn = printed if look == "print" else [on_slide(figure, bundled.study) for figure in printed]
        figures.save_figures(drawn, folder, bundled, formats=["svg", "pdf"] if look == "print" else ["svg"])
        if look == "print":
            some = [figure for figure in drawn if figure.entry.name in IN_ALL_FORMATS]
            figures.save_figures(some, folder, bundled, formats=FORMATS)
        for figure in drawn:
            files = {path.suffix: path for path in folder.glob(f"{figure.entry.name}.*")}
            found[look, figure.entry.name] = Sheet(figure, files, texts(figure.figure))
    return found


def on_slide(drawn, study):
    """A figure drawn again for a slide, from the same numbers."""
    with figures.style("slides"):
        return Drawn(drawn.entry, drawn.numbers, drawn.entry.draw(drawn.numbers, study))


@pytest.fixture(params=[(look, name) for look in LOOKS for name in NAMES], ids="-".join)
def sheet(request, sheets):
    """Each figure in each style."""
    return sheets[request.param]
