"""Every figure of the bundled study, drawn once per style. All in print and some slides are written to files."""

from pathlib import Path
from typing import NamedTuple

import pytest
from matplotlib.text import Text

from analysis import figures
from analysis.figures import Drawn
from analysis.figures._core.style import LOOKS
from tests.figures.placed import texts

NAMES = list(figures.FIGURES)
IN_ALL_FORMATS = ("who_is_quoted", "themes_over_time", "themes_together")


class Sheet(NamedTuple):
    """One figure in one style: as it was drawn, its files by suffix, and its texts.

    In print, all have an SVG and some a PNG or a PDF. Of the slides, those in IN_ALL_FORMATS have an SVG.
    """

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
        chosen = [f for f in drawn if look == "print" or f.entry.name in IN_ALL_FORMATS]
        figures.save_figures(chosen, folder, bundled, formats=["svg"])
        said = {figure.entry.name: texts(figure.figure) for figure in drawn}
        if look == "print":
            few = with_all_letters(said)
            for names, suffix in ((IN_ALL_FORMATS, "png"), (few, "pdf")):
                chosen = [figure for figure in drawn if figure.entry.name in names]
                figures.save_figures(chosen, folder, bundled, formats=[suffix])
            # other formats have another resolution, at which the texts were drawn last
            said |= {figure.entry.name: texts(figure.figure) for figure in chosen}
        for figure in drawn:
            files = {path.suffix: path for path in folder.glob(f"{figure.entry.name}.*")}
            found[look, figure.entry.name] = Sheet(figure, files, said[figure.entry.name])
    return found


def with_all_letters(said):
    """IN_ALL_FORMATS and a few figures that with them use every letter of all.

    A PDF takes long, since its fonts are cut for it alone.
    """
    letters = {name: set("".join(text.get_text() for text in found)) for name, found in said.items()}
    few, missing = list(IN_ALL_FORMATS), set().union(*letters.values())
    missing -= set().union(*(letters[name] for name in few))
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


WRITTEN = [("print", name) for name in NAMES] + [("slides", name) for name in IN_ALL_FORMATS]


@pytest.fixture(params=WRITTEN, ids="-".join)
def written(request, sheets):
    """Each figure that was written as SVG."""
    return sheets[request.param]
