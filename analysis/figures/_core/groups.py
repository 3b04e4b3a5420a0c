"""The groups of a figure: outlets, countries, kinds of outlets, languages, periods, or any column of `articles`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare._core.results import RESULT_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

_ITEMS = {
    *RESULT_COLUMNS,
    "theme",
    "side",
    "voice",
    "frame",
    "estimator",
    "n_coded",
    "bound_low",
    "bound_high",
}
_NOUNS = {
    "outlet": ("outlet", "outlets"),
    "outlet_country": ("country", "countries"),
    "outlet_kind": ("kind of outlet", "kinds of outlets"),
    "outlet_side": ("part of the world", "parts of the world"),
    "language": ("language", "languages"),
    "period": ("month", "months"),
    **{name: (name, f"{name}s") for name in ("day", "week", "month", "quarter", "year", "episode")},
}


def group_of(numbers: pd.DataFrame) -> str:
    """The column that a table of numbers is grouped by: the first that is neither an item nor a result."""
    return next(str(name) for name in numbers.columns if name not in _ITEMS)


def group_nouns(by: str) -> tuple[str, str]:
    """What the groups of a column are called in captions, in the singular and the plural."""
    return _NOUNS.get(by, ("group", "groups"))
