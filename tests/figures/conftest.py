"""Every figure of the bundled study, drawn and written once per style."""

from pathlib import Path
from typing import NamedTuple

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import figures
from analysis.figures._core.registry import Entry
from analysis.figures._core.save import FORMATS
from analysis.figures._core.style import LOOKS
from tests.figures.placed import texts

NAMES = list(figures.FIGURES)


class Sheet(NamedTuple):
    """One figure in one style, as it was written."""

    entry: Entry
    look: str
    figure: Figure
    files: dict[str, Path]
    texts: list[Text]


@pytest.fixture(scope="session")
def numbers(bundled):
    """The numbers of each figure, by its name."""
    return {name: entry.numbers(bundled) for name, entry in figures.FIGURES.items()}


@pytest.fixture(scope="session")
def sheets(bundled, numbers, tmp_path_factory):
    """(style, name): Sheet."""
    found = {}
    for look in LOOKS:
        folder = tmp_path_factory.mktemp(look)
        for name, entry in figures.FIGURES.items():
            with figures.style(look):
                figure = entry.draw(numbers[name], bundled.study)
            *pictures, csv = figures.save_figure(
                figure, numbers[name], folder, name,
                title=entry.title, description=entry.reading, formats=FORMATS, look=look,
            )  # fmt: skip
            files = {path.suffix: path for path in (*pictures, csv)}
            found[look, name] = Sheet(entry, look, figure, files, texts(figure))
    return found


@pytest.fixture(params=[(look, name) for look in LOOKS for name in NAMES], ids="-".join)
def sheet(request, sheets):
    """Each figure in each style."""
    return sheets[request.param]
