"""What several figures take from a study: the two sides it is about, and labels and styles of sides and themes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.figures._core.marks import printable
from analysis.figures._core.options import options
from analysis.figures._core.palette import SideStyle, side_styles
from analysis.figures._core.texts import ENGLISH, say

if TYPE_CHECKING:
    from analysis.study import Study
    from analysis.tables import Tables


def two_sides(tables: Tables) -> tuple[str, str]:
    """Ids of the two sides that a study is about: the first two in its actors.yml."""
    sides = tables.study_or_error().actors.side_ids[:2]
    if len(sides) < 2:
        raise FramingError("the study has fewer than two sides", remedy="add them to actors.yml")
    return sides[0], sides[1]


def two_side_names(study: Study) -> list[str]:
    """Names, within a sentence, of the two sides that a study is about."""
    return [study.side_names[side] for side in study.actors.side_ids[:2]]


def styles_of(sides: Iterable[str], study: Study) -> dict[str, SideStyle]:
    """How each side is drawn."""
    return side_styles(sides, {**study.side_colours, **options().palette})


def side_label(study: Study, side: str, width: int = 34) -> str:
    """The label of a side, printable and cut to a width in characters."""
    return printable(say(study.side_labels.get(side, side)), width)


def towards(study: Study, side: str, width: int = 34) -> str:
    """'towards the United States': the title of a panel on tone."""
    name = (
        study.side_names.get(side, side)
        if options().language == ENGLISH
        else study.side_labels.get(side, side)
    )
    return say("towards {side}", side=printable(name, width))


def theme_label(study: Study, theme: str, width: int = 34) -> str:
    """The label of a theme, printable and cut to a width in characters."""
    return printable(study.theme_labels.get(theme, theme), width)


def theme_title(study: Study, theme: str) -> str:
    """The label of a theme as the title of a small panel, broken into short lines."""
    return "\n".join(textwrap.wrap(theme_label(study, theme, 52), 14 if options().is_narrow else 16))
