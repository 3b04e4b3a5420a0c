"""A data frame of keywords in context that aligns the hits and is safe to open in a spreadsheet."""

# The class needs pandas, so import this module inside functions.
from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import FramingError
from analysis.evidence.reader import web_address
from analysis.spreadsheet import harmless

ALIGNED = ("left", "hit", "right")
WITHOUT_WORDS = ["outlet", "published", "voice", "speaker", "theme", "sentence", "url"]
NO_WORDS = "The words are not in these tables; the addresses lead to the articles."
MAX_LINES, TERMINAL = 20, 40  # in a terminal: hits shown, and characters of context on each side
MAX_ROWS = 60  # hits shown in a notebook
_SPACE = re.compile(r"\s+")
_ORDERS = ("text", *ALIGNED)
_BOX = "max-height: 36em; overflow: auto"  # long tables scroll within the cell
_CELL = "white-space: pre-wrap; text-align: {};"
_CONTEXT = f"min-width: 14em; {_CELL}"  # narrow windows scroll horizontally


class Concordance(pd.DataFrame):
    """Data frame of keywords in context.

    Selecting rows or columns returns a `Concordance`. If it has the columns left, hit and right, the hits are aligned
    when displayed. `to_csv` and `to_excel` mark cells that a spreadsheet program would run as formulas.
    """

    @property
    def _constructor(self) -> Any:
        return Concordance

    def sorted_by(self, order: str) -> Concordance:
        """Sort the rows.

        Parameters
        ----------
        order : str
            'text': by outlet, date and position in the text; 'hit' or 'right': by these words; 'left': by the words
            before the hit, starting with the nearest; or the name of a column.

        Returns
        -------
        Concordance

        Raises
        ------
        FramingError
            If there is no such order.
        """
        if order == "text":
            keys = ["outlet", "published", "article_id", "start"]
            return Concordance(self.sort_values(keys, kind="stable", ignore_index=True))
        if order not in self.columns:
            raise FramingError(
                f"unknown order '{order}'",
                remedy=f"choose from: {', '.join([*_ORDERS, *self.columns[3:]])}",
            )
        key = _words_backwards if order == "left" else _folded
        return Concordance(self.sort_values(order, key=key, kind="stable", ignore_index=True))

    def to_csv(self, path_or_buf: Any = None, *, index: bool = False, **options: Any) -> Any:
        """Write a CSV file: `DataFrame.to_csv` without the index, with safe cells and a byte order mark for Excel."""
        if path_or_buf is not None:
            options.setdefault("encoding", "utf-8-sig")
        return pd.DataFrame(harmless(pd.DataFrame(self))).to_csv(path_or_buf, index=index, **options)

    def to_excel(  # type: ignore[misc]  # final in the stubs of pandas
        self, excel_writer: Any, *, index: bool = False, **options: Any
    ) -> None:
        """Write an Excel file: `DataFrame.to_excel` without the index, with safe cells and times in UTC."""
        plain = harmless(pd.DataFrame(self))
        for name in plain.columns:
            if isinstance(plain[name].dtype, pd.DatetimeTZDtype):  # Excel knows no time zones
                plain[name] = plain[name].dt.tz_localize(None)
        target = str(excel_writer) if isinstance(excel_writer, Path) else excel_writer
        plain.to_excel(target, index=index, **options)

    def __repr__(self) -> str:
        """Aligned hits in plain text; the representation of a data frame if columns or the words are missing."""
        if "url" in self.columns:
            table = pd.DataFrame(self[WITHOUT_WORDS]).to_string(max_rows=MAX_LINES, index=False)
            return f"{NO_WORDS}\n{table}"
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
            f"; the first {MAX_LINES} are shown, use .head(n) or .to_csv(path) for more"
            if len(self) > MAX_LINES
            else ""
        )
        return "\n".join([*lines, f"{len(self):,} {'hit' if len(self) == 1 else 'hits'}{more}"])

    def _with_addresses(self) -> str:
        """A table of the hits without words, with links to the articles."""
        plain = [name for name in WITHOUT_WORDS if name != "url"]
        head = "".join(f"<th style='text-align: left'>{name}</th>" for name in (*plain, "article"))
        rows = "".join(
            f"<tr>{''.join(f'<td>{_shown(row[name])}</td>' for name in plain)}<td>{_link(row['url'])}</td></tr>"
            for row in self.head(MAX_ROWS).to_dict("records")
        )
        return f"<div style='{_BOX}'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"

    def _repr_html_(self) -> str | None:
        if "url" in self.columns:
            return f"<p>{NO_WORDS}</p>{self._with_addresses()}"
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


def _link(url: Any) -> str:
    address = escape(web_address(url))
    return f"<a href='{address}' rel='noreferrer noopener' target='_blank'>{address}</a>" if address else ""


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
