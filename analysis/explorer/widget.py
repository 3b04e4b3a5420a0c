"""The widget: its page in the browser, and what the kernel does when a choice changes."""

# Needs anywidget, so import this module inside functions.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import anywidget
import pandas as pd
import traitlets

from analysis.display.html import escape, with_html
from analysis.display.scripts import joined_modules
from analysis.errors import FramingError
from analysis.evidence.reader import script_json
from analysis.explorer.choice import Choice, chosen_tables, code_of, draw_choice
from analysis.explorer.view import control_options, evidence, figure_view, read_texts
from analysis.figures import FramingFigure, save_figure
from analysis.figures._core.linked import LINKED_SCRIPTS, linked_style
from analysis.figures._core.save import numbers_csv
from analysis.files import make_folder, write_file
from analysis.revision.corrections import (
    COLUMNS,
    CORRECTIONS_FILE,
    append_corrections,
    apply_corrections,
    new_correction,
    read_corrections,
)
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
    corrections : list of dict
        All corrections by hand that the tables hold.
    """

    _esm = traitlets.Unicode(_page()).tag(sync=True)
    choice = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, tables: Tables, folder: Path | None, chosen: Mapping[str, Any]) -> None:
        unknown = sorted(set(chosen) - set(Choice.__dataclass_fields__))
        if unknown:
            raise FramingError(
                f"explore has no choice '{unknown[0]}'",
                remedy=f"choose from {', '.join(Choice.__dataclass_fields__)}",
            )
        self._folder = folder
        self._whole = tables if folder is None else with_corrections_of(tables, folder)
        self._chosen = Choice.of(chosen)
        self.tables = chosen_tables(self._whole, self._chosen)
        view, self._numbers = figure_view(self.tables, self._chosen, self._code_folder)
        super().__init__(choice=_as_dict(self._chosen), options=control_options(self._whole), view=view)
        self.observe(self._update, names="choice")
        self.on_msg(self._answer)
        self._read_ahead()

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
        corrected = bool(self.corrections)
        write_file(script, f"{code_of(self._chosen, self._code_folder, corrected=corrected)}\n".encode())
        return [*paths, script]

    @property
    def corrections(self) -> list[dict[str, str]]:
        """All corrections by hand that the tables hold."""
        return list(self._whole.run.get("corrections", {}).get("applied", ()))

    def correct(self, row: str, column: str, new: str, *, who: str) -> None:
        """Correct a row by hand, and draw the figure again.

        The correction is appended to `corrections.csv` if the widget was given a results folder. The tables in the
        folder change with `framing apply`.

        Parameters
        ----------
        row, column, new, who
            See `analysis.revision.corrections.add_correction`.

        Raises
        ------
        FramingError
            There is no such row or column, or the value does not fit.
        """
        self._correct([(row, column, new)], who)

    def _correct(self, changes: Sequence[tuple[str, str, str]], who: str) -> None:
        """Make corrections of one row, in their order; all of them, or none if one does not fit."""
        tables = self._whole
        made: list[dict[str, str]] = []
        for row, column, new in changes:
            made.append(new_correction(tables, row, column, new, who=who))
            tables = apply_corrections(tables, pd.DataFrame([*self.corrections, *made]))
        if self._folder is not None:
            append_corrections(self._folder / CORRECTIONS_FILE, made)
        self._whole = tables
        self._update({"new": self.choice})
        self._read_ahead()

    def _read_ahead(self) -> None:
        """Read the texts while the user looks at the first figure."""
        Thread(target=read_texts, args=(self._whole,), name="explore reads texts").start()

    @property
    def _code_folder(self) -> str:
        """The results folder in the exported code."""
        return "results" if self._folder is None else str(self._folder)

    def _update(self, change: Mapping[str, Any]) -> None:
        try:
            chosen = Choice.of(change["new"])
            tables = chosen_tables(self._whole, chosen)
            view, numbers = figure_view(tables, chosen, self._code_folder)
        except FramingError as error:
            self.view = {"why_not": str(error), "title": "", "question": "", "n_articles": 0}
            return
        self._chosen, self.tables, self._numbers, self.view = chosen, tables, numbers, view

    def _answer(self, _widget: Any, content: Mapping[str, Any], _buffers: Any) -> None:
        """Send the articles behind a mark or the numbers, or make corrections and say what is wrong with them."""
        if "numbers" in content:
            self.send({"csv": numbers_csv(self._numbers)})
            return
        if "correct" in content:
            self.send({"corrected": self._corrected(content)})
            return
        filters = content.get("filters")
        if not isinstance(filters, dict) or not all(isinstance(value, str) for value in filters.values()):
            return
        panes, data = evidence(self.tables, self._chosen, filters)
        self.send({**panes, "number": content.get("number")}, buffers=[data])

    def _corrected(self, content: Mapping[str, Any]) -> dict[str, str]:
        changes, who = content["correct"], content.get("who")
        cells = [who, *(cell for change in changes for cell in change)]
        if not all(isinstance(cell, str) for cell in cells) or {len(change) for change in changes} != {3}:
            return {"error": "invalid correction"}
        try:
            self._correct([(row, column, new) for row, column, new in changes], str(who))
        except FramingError as error:
            return {"error": str(error)}
        return {"error": ""}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and its picture for viewers without widgets."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if "src" not in self.view:
            return bundle
        picture = f"<img alt='{escape(self.view['alt'])}' src='{self.view['src']}'>"
        return with_html(bundle, f"{picture}<p>Run the notebook to explore the sentences.</p>")


def with_corrections_of(tables: Tables, folder: Path) -> Tables:
    """The tables of a folder with the corrections of its corrections.csv, applied or not."""
    file = folder / CORRECTIONS_FILE
    if not file.exists():
        return tables
    table = read_corrections(file)
    known = tables.run.get("corrections", {})
    same = table.to_dict("records") == [
        {name: row[name] for name in COLUMNS} for row in (*known.get("applied", ()), *known.get("stale", ()))
    ]
    return tables if same else apply_corrections(tables, table)


def _as_dict(choice: Choice) -> dict[str, Any]:
    values = {name: getattr(choice, name) for name in Choice.__dataclass_fields__}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
