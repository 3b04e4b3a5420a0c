"""What is chosen in the widget, and what follows from it: tables, figure and code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.compare.measures.narrowing import narrowed
from analysis.compare.measures.outlet_groups import OUTLET_KIND, OUTLET_SIDE, with_outlet_groups
from analysis.errors import FramingError
from analysis.figures import FIGURES
from analysis.figures._core.registry import SIDE, TERM, TIME, TIME_UNITS
from analysis.revision.corrections import CORRECTIONS_FILE

if TYPE_CHECKING:
    from analysis.compare._core.weighting import Weight
    from analysis.figures import Drawn, Entry
    from analysis.tables import Tables

GROUPS = ("outlet", "outlet_country", OUTLET_KIND, OUTLET_SIDE, "language", *TIME_UNITS)


@dataclass(frozen=True)
class Choice:
    """One setting of the widget's controls; empty values choose nothing.

    Attributes
    ----------
    figure : str
        Name in the catalogue.
    by : str
        Column of `articles` or period. It groups the figure if the figure has groups, and names the two groups that
        are compared.
    weight : {'', 'word', 'article', 'outlet'}
        Empty for what the figure counts equally by default, as on the page.
    since, until : str
        Days.
    outlets, themes : tuple of str
    voice, side : str
    compared : tuple of str
        None, or two groups of `by`.
    """

    figure: str = "who_is_quoted"
    by: str = "outlet"
    weight: Weight | Literal[""] = ""
    since: str = ""
    until: str = ""
    outlets: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    voice: str = ""
    side: str = ""
    compared: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Choice:
        """The choice that the widget's page sends. Whatever is of the wrong kind is refused.

        Raises
        ------
        FramingError
        """
        known: dict[str, Any] = {}
        for name, field in cls.__dataclass_fields__.items():
            value = values.get(name, field.default)
            many = isinstance(field.default, tuple)
            if many and isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
                known[name] = tuple(value)
            elif not many and isinstance(value, str):
                known[name] = value
            else:
                raise FramingError(f"explore: {name} cannot be {value!r}")
        if known["figure"] not in FIGURES:
            raise FramingError(
                f"unknown figure: {known['figure']}", remedy=f"choose from {', '.join(FIGURES)}"
            )
        if len(known["compared"]) not in (0, 2):
            raise FramingError("explore: compare two groups, or none")
        return cls(**known)

    @property
    def entry(self) -> Entry:
        """The figure's entry in the catalogue."""
        return FIGURES[self.figure]

    @property
    def figure_by(self) -> str | None:
        """The `by` of the figure; None if it has no such groups, or rows of sides or terms."""
        own = self.entry.by
        possible = self.by in TIME_UNITS if own == TIME else own not in ("", SIDE, TERM)
        return self.by if possible else None

    @property
    def figure_weight(self) -> Weight:
        """The `weight` of the figure; its own if none is chosen, or if it has no other."""
        return (self.weight if self.entry.weighted else "") or self.entry.weight

    @property
    def where(self) -> dict[str, list[str]]:
        """Articles by column, for `narrowed`."""
        chosen = {"outlet": list(self.outlets)} if self.outlets else {}
        if self.compared:
            both = [
                name for name in self.compared if not (self.by == "outlet" and chosen) or name in self.outlets
            ]
            chosen[self.by] = both
        return chosen

    @property
    def filters(self) -> dict[str, Any]:
        """Arguments of `narrowed`."""
        given = {
            "where": self.where, "since": self.since, "until": self.until, "themes": list(self.themes),
            "voice": self.voice, "side": self.side,
        }  # fmt: skip
        return {name: value for name, value in given.items() if value}


def chosen_tables(tables: Tables, choice: Choice) -> Tables:
    """The part of the tables that is chosen.

    Raises
    ------
    FramingError
        Nothing is left, or a value does not exist.
    """
    if choice.by in (OUTLET_KIND, OUTLET_SIDE):
        tables = with_outlet_groups(tables)
    return narrowed(tables, **choice.filters)


def draw_choice(tables: Tables, choice: Choice) -> Drawn:
    """Draw the figure of a choice from its part of the tables; see `chosen_tables`."""
    entry = choice.entry
    return entry.drawn(tables, entry.cut(choice.figure_by, choice.figure_weight))


def code_of(choice: Choice, folder: str, *, corrected: bool = False) -> str:
    """Three lines of Python that make the figure again.

    Parameters
    ----------
    choice : Choice
    folder : str
        The results folder.
    corrected : bool, default False
        Apply the corrections in the folder.

    Returns
    -------
    str

    Examples
    --------
    >>> print(code_of(Choice(by="outlet_country", voice="iran"), "results"))
    import analysis
    tables = analysis.compare.narrowing.narrowed(analysis.load_tables('results'), voice='iran')
    figure = analysis.figures.who_is_quoted(tables, by='outlet_country')
    """
    loaded = f"analysis.load_tables({folder!r})"
    if corrected:
        loaded = f"analysis.apply_corrections({loaded}, {f'{folder}/{CORRECTIONS_FILE}'!r})"
    filters = ", ".join(f"{name}={value!r}" for name, value in choice.filters.items())
    if choice.by in (OUTLET_KIND, OUTLET_SIDE) and choice.compared:
        loaded = f"analysis.compare.outlet_groups.with_outlet_groups({loaded})"
    part = f"analysis.compare.narrowing.narrowed({loaded}, {filters})" if filters else loaded
    options = {
        "by": choice.figure_by,
        "weight": choice.figure_weight if choice.figure_weight != choice.entry.weight else None,
    }
    given = "".join(f", {name}={value!r}" for name, value in options.items() if value)
    return f"import analysis\ntables = {part}\nfigure = analysis.figures.{choice.figure}(tables{given})"
