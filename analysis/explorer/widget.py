"""The widget: its page in the browser, and what the kernel does when a choice changes."""

# Needs anywidget, so import this module inside functions.
from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from analysis.display.html import escape
from analysis.display.scripts import joined_modules
from analysis.errors import FramingError
from analysis.evidence.reader import script_json
from analysis.explorer.choice import Choice, chosen_tables, code_of, draw_choice
from analysis.explorer.view import control_options, evidence, figure_view
from analysis.figures import FramingFigure, save_figure
from analysis.figures._core.linked import LINKED_SCRIPTS, linked_style
from analysis.files import make_folder, write_file
from analysis.tables import Tables

_TEMPLATES = Path(__file__).with_name("templates")


def _page() -> str:
    """The ES module that anywidget runs in the browser."""
    style = linked_style() + (_TEMPLATES / "explore.css").read_text(encoding="utf-8")
    modules = joined_modules([*LINKED_SCRIPTS, _TEMPLATES / "explore.js"])
    return f"const STYLE = {script_json(style)};\n{modules}\nexport default {{ render: renderExplorer }};\n"


class Explorer(anywidget.AnyWidget):
    """The widget that `analysis.explore` returns.

    Attributes
    ----------
    choice : dict
        The values of the controls; set it to change them from Python.
    tables : Tables
        The part of the tables that is chosen.
    figure : FramingFigure
        The figure that is shown.
    """

    _esm = traitlets.Unicode(_page()).tag(sync=True)
    choice = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, tables: Tables, folder: str, chosen: Mapping[str, Any]) -> None:
        unknown = sorted(set(chosen) - set(Choice.__dataclass_fields__))
        if unknown:
            raise FramingError(
                f"explore has no choice '{unknown[0]}'",
                remedy=f"choose from {', '.join(Choice.__dataclass_fields__)}",
            )
        self._whole, self._folder = tables, folder
        self._chosen = Choice.of(chosen)
        self.tables = chosen_tables(tables, self._chosen)
        super().__init__(
            choice=_as_dict(self._chosen),
            options=control_options(tables),
            view=figure_view(self.tables, self._chosen, folder),
        )
        self.observe(self._update, names="choice")
        self.on_msg(self._answer)

    @property
    def figure(self) -> FramingFigure:
        """The figure that is shown.

        Raises
        ------
        FramingError
            There is nothing to draw.
        """
        drawn = draw_choice(self.tables, self._chosen)
        if drawn.figure is None:
            raise FramingError(f"{self._chosen.figure}: {drawn.why_not}")
        return drawn.figure

    def export(self, folder: str | Path) -> list[Path]:
        """Write the picture, its numbers and the code that makes them again: NAME.svg, NAME.png, NAME.csv, NAME.py.

        Parameters
        ----------
        folder : path
            Created if missing.

        Returns
        -------
        list of pathlib.Path

        Raises
        ------
        FramingError
            There is nothing to draw, or the folder cannot be written.
        """
        entry, figure = self._chosen.entry, self.figure
        assert figure.numbers is not None
        paths = save_figure(
            figure, figure.numbers, folder, entry.name, title=entry.title, description=entry.reading
        )
        script = make_folder(folder) / f"{entry.name}.py"
        write_file(script, f"{code_of(self._chosen, self._folder)}\n".encode())
        return [*paths, script]

    def _update(self, change: Mapping[str, Any]) -> None:
        try:
            chosen = Choice.of(change["new"])
            tables = chosen_tables(self._whole, chosen)
            view = figure_view(tables, chosen, self._folder)
        except FramingError as error:
            self.view = {"why_not": str(error), "title": "", "question": "", "n_articles": 0}
            return
        self._chosen, self.tables, self.view = chosen, tables, view

    def _answer(self, _widget: Any, content: Mapping[str, Any], _buffers: Any) -> None:
        """Send the articles behind a mark."""
        filters = content.get("filters")
        if not isinstance(filters, dict) or not all(isinstance(value, str) for value in filters.values()):
            return
        panes, data = evidence(self.tables, self._chosen, filters)
        self.send({**panes, "number": content.get("number")}, buffers=[data])

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and its picture for viewers without widgets."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        if data and "src" in self.view:
            picture = f"<img alt='{escape(self.view['alt'])}' src='{self.view['src']}'>"
            data = {**data, "text/html": f"{picture}<p>Run the notebook to explore the sentences.</p>"}
        return data, metadata


def _as_dict(choice: Choice) -> dict[str, Any]:
    values = {name: getattr(choice, name) for name in Choice.__dataclass_fields__}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
