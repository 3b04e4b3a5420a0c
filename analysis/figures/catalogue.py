"""The catalogue of figures: the `ENTRY` of every module in `analysis.figures.plots`, in the order of the page."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from analysis.figures import plots
from analysis.figures._core.registry import Entry


def find_figures() -> dict[str, Entry]:
    """Import every module in the folder `plots` and collect their entries.

    Returns
    -------
    dict of str to Entry
        By name, sorted by section, then by order, then by name.

    Raises
    ------
    ImportError
        A module has no `ENTRY`, or its entry is not drawn by a function of the module's own name.
    """
    entries = [_entry(module.name) for module in iter_modules(plots.__path__)]
    entries.sort(key=lambda entry: (entry.section, entry.order, entry.name))
    return {entry.name: entry for entry in entries}


def default_figures() -> list[str]:
    """Names of the figures that are drawn if none are named: those that are not `on_request`."""
    return [name for name, entry in FIGURES.items() if not entry.on_request]


def page_figures() -> list[str]:
    """Names of the figures that are on the page."""
    return [name for name, entry in FIGURES.items() if entry.on_page]


def _entry(name: str) -> Entry:
    entry = getattr(import_module(f"{plots.__name__}.{name}"), "ENTRY", None)
    if not isinstance(entry, Entry) or entry.name != name:
        raise ImportError(f"plots/{name}.py must define ENTRY = Entry(..., draw={name})")
    return entry


PAGE_FIGURES = 12
"""The largest number of figures on the page."""

FIGURES = find_figures()
