"""A data frame of keywords in context: hits aligned in JupyterLab, and harmless in a spreadsheet."""

# pandas is needed to define the class, so this module is imported where one is made, never at the top of another.
from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import FramingError
from analysis.spreadsheet import harmless

ALIGNED = ("left", "hit", "right")
MAX_LINES, TERMINAL = 20, 40  # hits shown in a terminal, and characters of context on either side of them
MAX_ROWS = 60  # shown in a notebook; all of them stay in the frame and in its files
_SPACE = re.compile(r"\s+")
_ORDERS = ("text", *ALIGNED)
_BOX = "max-height: 36em; overflow: auto"  # the cells below stay within reach
_CELL = "white-space: pre-wrap; text-align: {};"
_CONTEXT = f"min-width: 14em; {_CELL}"  # in a narrow window, the table scrolls sideways instead


class Concordance(pd.DataFrame):
    """Keywords in context; a data frame in every other respect.

    Selecting rows or columns gives a `Concordance` again. It is shown with the hits below one another as long as it
    has the columns left, hit and right; `to_csv` and `to_excel` mark cells that a spreadsheet program would run.
    """

    @property
    def _constructor(self) -> Any:
        return Concordance

    def sorted_by(self, order: str) -> Concordance:
        """The rows in another order.

        Parameters
        ----------
        order : str
            'text': by outlet, day and place; 'hit' or 'right': by the words there; 'left': by the words before the
            hit, from the nearest one outwards; or a column.

        Raises
        ------
        FramingError
            There is no such order.
        """
        if order == "text":
            keys = ["outlet", "published", "article_id", "start"]
            return Concordance(self.sort_values(keys, kind="stable", ignore_index=True))
        if order not in self.columns:
            raise FramingError(
                f"no order is called '{order}'",
                remedy=f"there are: {', '.join([*_ORDERS, *self.columns[3:]])}",
            )
        key = _words_backwards if order == "left" else _folded
        return Concordance(self.sort_values(order, key=key, kind="stable", ignore_index=True))

    def to_csv(self, path_or_buf: Any = None, *, index: bool = False, **options: Any) -> Any:
        """Write a CSV file as pandas does, without the index, with harmless cells and a mark for Excel (UTF-8)."""
        if path_or_buf is not None:
            options.setdefault("encoding", "utf-8-sig")
        return pd.DataFrame(harmless(pd.DataFrame(self))).to_csv(path_or_buf, index=index, **options)

    def to_excel(  # type: ignore[misc]  # pandas calls it final, for the sake of type checkers
        self, excel_writer: Any, *, index: bool = False, **options: Any
    ) -> None:
        """Write an Excel file as pandas does, without the index, with harmless cells; times are UTC."""
        plain = harmless(pd.DataFrame(self))
        for name in plain.columns:
            if isinstance(plain[name].dtype, pd.DatetimeTZDtype):  # Excel knows no time zones
                plain[name] = plain[name].dt.tz_localize(None)
        target = str(excel_writer) if isinstance(excel_writer, Path) else excel_writer
        plain.to_excel(target, index=index, **options)

    def __repr__(self) -> str:
        """The hits below one another in plain text, for a terminal; a data frame's where columns were left out."""
        if not {*ALIGNED, "outlet"} <= set(self.columns):
            return pd.DataFrame(self).__repr__()
        rows = [
            tuple(_SPACE.sub(" ", str(row[name])) for name in (*ALIGNED, "outlet"))
            for row in self.head(MAX_LINES).to_dict("records")
        ]
        width = max((len(row[3]) for row in rows), default=0)
        lines = [
            f"{outlet:<{width}}  {_last_words(left):>{TERMINAL}}[{hit}]{_first_words(right)}".rstrip()
            for left, hit, right, outlet in rows
        ]
        more = (
            f"; the first {MAX_LINES} are shown, .head(n) or .to_csv(path) for others"
            if len(self) > MAX_LINES
            else ""
        )
        return "\n".join([*lines, f"{len(self):,} {'hit' if len(self) == 1 else 'hits'}{more}"])

    def _repr_html_(self) -> str | None:
        if not set(ALIGNED) <= set(self.columns):
            shown = pd.DataFrame(self)._repr_html_()  # type: ignore[operator]  # pandas' stubs lack it
            return None if shown is None else str(shown)
        others = [name for name in self.columns if name not in ALIGNED]
        head = "".join(
            f"<th style='text-align: left'>{escape(str(name))}</th>" for name in (*ALIGNED, *others)
        )
        rows = "".join(_row(row, others) for row in self.head(MAX_ROWS).to_dict("records"))
        more = f"; the first {MAX_ROWS} are shown" if len(self) > MAX_ROWS else ""
        return (
            f"<div style='{_BOX}'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
            f"<p>{len(self):,} {'hit' if len(self) == 1 else 'hits'}{more}</p>"
        )


def _last_words(text: str) -> str:
    return text if len(text) <= TERMINAL else text[-TERMINAL:].partition(" ")[2]


def _first_words(text: str) -> str:
    return text if len(text) <= TERMINAL else text[:TERMINAL].rpartition(" ")[0]


def _row(row: dict[Any, Any], others: list[Any]) -> str:
    left, hit, right = (escape(str(row[name])) for name in ALIGNED)
    cells = (
        f"<td style='{_CONTEXT.format('right')}'>{left}</td>"
        f"<td style='{_CELL.format('center')}'><b>{hit}</b></td>"
        f"<td style='{_CONTEXT.format('left')}'>{right}</td>"
    )
    rest = "".join(f"<td style='text-align: left'>{_shown(row[name])}</td>" for name in others)
    return f"<tr>{cells}{rest}</tr>"


def _shown(value: Any) -> str:
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    return escape(str(value))


def _folded(column: pd.Series) -> pd.Series:
    return column.str.casefold() if isinstance(column.dtype, pd.StringDtype) else column


def _words_backwards(column: pd.Series) -> pd.Series:
    return column.map(lambda text: " ".join(reversed(text.casefold().split())))
