"""Every figure of the bundled study, drawn and written as SVG once per style; some as PNG and PDF."""

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
    """One figure in one style: as it was drawn, and its files by suffix (SVG; in print some PNG and PDF)."""

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
        figures.save_figures(drawn, folder, bundled, formats=["svg"])
        written = {figure.entry.name: texts(figure.figure) for figure in drawn}
        if look == "print":
            for names, formats in ((IN_ALL_FORMATS, FORMATS), (with_all_letters(written), ["pdf"])):
                some = [figure for figure in drawn if figure.entry.name in names]
                figures.save_figures(some, folder, bundled, formats=formats)
                # other formats have another resolution, at which the texts were drawn last
                written |= {figure.entry.name: texts(figure.figure) for figure in some}
        for figure in drawn:
            files = {path.suffix: path for path in folder.glob(f"{figure.entry.name}.*")}
            found[look, figure.entry.name] = Sheet(figure, files, written[figure.entry.name])
    return found


def with_all_letters(written):
    """A few figures that together use every letter of all: a PDF takes long, since its fonts are cut for it alone."""
    letters = {name: set("".join(text.get_text() for text in found)) for name, found in written.items()}
    few, missing = [], set().union(*letters.values())
    while missing:
        few.append(max(letters, key=lambda name: len(letters[name] & missing)))
        missing -= letters[few[-1]]
    return few


def on_slide(drawn, study):
    """A figure drawn again for a slide, from the same numbers."""
    with figures.style("slides"):
        return Drawn(drawn.entry, drawn.numbers, drawn.entry.draw(drawn.numbers, study))


@pytest.fixture(params=[(look, name) for look in LOOKS for name in NAMES], ids="-".join)
def sheet(request, sheets):
    """Each figure in each style."""
    return sheets[request.param]
