"""The texts of axes, legends and panel titles in other languages: one YAML file per language in `figures/texts`.

The English texts stand in the code of the figures and are the keys of these files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.study.yaml_files import load_yaml

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FOLDER = Path(__file__).parents[1] / "texts"
ENGLISH = "en"


def languages() -> list[str]:
    """Codes of the languages that figures can be labelled in."""
    return [ENGLISH, *sorted(path.stem for path in _FOLDER.glob("*.yml"))]


def check_language(language: str) -> None:
    """Raise an error that lists the known languages if this one is unknown.

    Raises
    ------
    FramingError
    """
    if language != ENGLISH and language not in languages():
        raise FramingError(
            f"there are no texts in the language '{language}'",
            remedy=f"choose from {', '.join(languages())}, or add analysis/figures/texts/{language}.yml",
        )


def say(text: str, **values: object) -> str:
    """A text in the language of the figure that is being drawn.

    Parameters
    ----------
    text : str
        In English, with the names of values in braces. A text that the language's file lacks stays English.
    **values
        What to put in.

    Returns
    -------
    str
    """
    from analysis.figures._core.options import options

    language = options().language
    translated = text if language == ENGLISH else _texts(language).get(text, text)
    return translated.format(**values) if values else translated


def with_spaces(figure: Figure) -> None:
    """Separate thousands by spaces. In most languages but English, a comma is a decimal sign."""
    from matplotlib.text import Text
    from matplotlib.ticker import FuncFormatter, StrMethodFormatter

    for text in figure.findobj(Text):
        text.set_text(_spaced(text.get_text()))
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            formatter = axis.get_major_formatter()
            if isinstance(formatter, FuncFormatter | StrMethodFormatter):
                axis.set_major_formatter(partial(_formatted, formatter))


def _formatted(formatter: Callable[[float, int], str], value: float, place: int) -> str:
    return _spaced(formatter(value, place))


def _spaced(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "\N{NO-BREAK SPACE}", text)


@cache
def _texts(language: str) -> dict[str, str]:
    return dict(load_yaml(_FOLDER / f"{language}.yml"))
