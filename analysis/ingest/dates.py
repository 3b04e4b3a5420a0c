"""Parse dates in the forms that exports use, and convert them to UTC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Literal

from analysis.ingest.month_names import month_number

DateOrder = Literal["day", "month"]

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]|$)|\d{8}T")
_YEAR_FIRST = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_DOTTED = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\d)")
_SLASHED = re.compile(
    r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)"
)  # with dots, days come first everywhere
_COMPACT = re.compile(r"((?:1[6-9]|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?")
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?|\d{9,19}(?:\.\d+)?")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d{2}(?!\d)")
_FILLERS = re.compile(
    r"\([^)]*\)|\b(?:at|on)\b|^\s*(?:first )?(?:published|updated|posted)\b:?", re.IGNORECASE
)
_EXCEL_DAY_0 = datetime(1899, 12, 30, tzinfo=UTC)
_EARLIEST, _LATEST = 1600, 2100
_LONGEST = 80  # characters; no date is longer
_EPOCH_UNITS = (
    (10**17, 10**9),
    (10**14, 10**6),
    (10**11, 10**3),
    (10**8, 1),
)  # from 1973 on, in units per second
_HOURS = {
    "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "IRST": 3.5, "IRDT": 4.5,
    "GMT": 0, "UTC": 0, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip
_WORD = r"[^\W\d_]*[^\s\d.,;:()\[\]/-]{2,}"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:\.|st|nd|rd|th|er|de|ste|[ºª°])?"
_OF = r"\s*(?:de |del |of |di |d['’]|den )?\s*"
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})\s*[年년]\s*(?P<number>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]?",
        rf"{_DAY}[-\s]?{_OF}(?P<month>{_WORD})[.,]?[-\s]?{_OF}(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\w)(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<year>\d{{4}})[.,]?\s+(?P<month>{_WORD})\s+(?P<day>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})(?!\d)",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:h](?P<minute>\d{2})(?::(?P<second>\d{2}))?|\.(?P<also>\d{2})(?=\s*Uhr))(?!\d)"
    r"(?:\s*(?P<half>[AaPp])\.?\s?[Mm]\b\.?)?(?:\s*(?:Uhr)?\s*(?P<zone>[A-Z]{2,4}\b|[+-]\d{2}:?\d{2}))?"
)
# A part that the text does not name is filled in from these; where they give two dates, a part was missing.
_DEFAULTS = (datetime(2001, 1, 1), datetime(2002, 2, 2))


@dataclass(frozen=True)
class Dates:
    """A column of dates.

    Attributes
    ----------
    values : list of datetime or None
        In UTC; None if there is no date or it cannot be read.
    guessed : int
        How many were read day first although nothing in the column shows whether 03/04/2022 is in March or April.
    example : str
        The first of them as it is written; empty if there are none.
    """

    values: list[datetime | None]
    guessed: int
    example: str = ""


def parse_dates(values: Sequence[Any], *, order: DateOrder | None = None) -> Dates:
    """Parse a column of dates from one source.

    The other dates of the column decide whether 03/04/2022 is in March or April: one of them may only be possible
    month first (04/29/2022) or day first (29/04/2022). If none decides, the day comes first. If there are both kinds,
    such dates are not read. Numbers are seconds, milli-, micro- or nanoseconds since 1970, days as Excel
    counts them, or digits as in 20220629. A time without a zone, or in a zone of no single meaning, counts as UTC.

    Years with two digits, months without a day, and years before 1600 or after 2099 are not read, because their value
    would be a guess.

    Parameters
    ----------
    values : sequence
        Text, numbers, dates, datetimes, or missing.
    order : {'day', 'month'}, optional
        What comes first in dates that can be read either way, whatever the column shows.

    Returns
    -------
    Dates
    """
    cells = [value.strip() if isinstance(value, str) else value for value in values]
    orders = [_order(cell) for cell in cells]
    day_first, month_first = "day" in orders, "month" in orders
    if order is not None:
        day_first, month_first = order == "day", order == "month"
    elif day_first and month_first:
        cells = [None if order == "either" else cell for cell, order in zip(cells, orders, strict=True)]
    parsed = [_parse(cell, day_first=day_first or not month_first) for cell in cells]
    if day_first or month_first:
        return Dates(parsed, 0)
    guessed = [
        cell for cell, either, date in zip(cells, orders, parsed, strict=True) if either == "either" and date
    ]
    return Dates(parsed, len(guessed), guessed[0] if guessed else "")


def find_date(text: str) -> datetime | None:
    """Find the first date with a day, a month and a year in a line, and the time of day that follows it.

    Parameters
    ----------
    text : str
        Such as "Mittwoch 31. August 2011", "January 10, 2018 Wednesday 10:36 EST" or "2018 年 5 月 28 日".

    Returns
    -------
    datetime or None
        Without a zone if none is given. Midnight if there is no time.

    Examples
    --------
    >>> find_date("Le Journal, samedi 29 mai 2021, p. 12")
    datetime.datetime(2021, 5, 29, 0, 0)
    """
    found = [
        (match.start(), day, match.end())
        for pattern in _WRITTEN
        for match in pattern.finditer(text)
        if (day := _day_of(match)) is not None
    ]
    if not found:
        return None
    _, day, end = min(found)
    return _at_time(day, text[end:])


def _day_of(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else month_number(parts["month"])
    year = int(parts["year"])
    if month is None or not _EARLIEST <= year < _LATEST:
        return None
    try:
        return datetime(year, month, int(parts["day"]))
    except ValueError:
        return None


def _at_time(day: datetime, text: str) -> datetime:
    """Add the first time of day of a text to a date."""
    clock = _CLOCK.search(text)
    if clock is None:
        return day
    hour, minute = int(clock["hour"]), int(clock["minute"] or clock["also"])
    if clock["half"]:
        hour = hour % 12 + 12 * (clock["half"] in "pP")
    try:
        moment = day.replace(hour=hour, minute=minute, second=int(clock["second"] or 0))
    except ValueError:
        return day
    zone = clock["zone"] or ""
    if zone in _HOURS:
        return moment.replace(tzinfo=timezone(timedelta(hours=_HOURS[zone])))
    if zone[:1] in ("+", "-") and zone:
        sign = -1 if zone[0] == "-" else 1
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return moment.replace(tzinfo=timezone(sign * offset)) if offset < timedelta(hours=24) else moment
    return moment


def _order(cell: Any) -> str | None:
    """Return the order that one date shows: 'day' first, 'month' first, 'either', or None."""
    match = _SLASHED.search(cell) if isinstance(cell, str) else None
    if match is None or _YEAR_FIRST.search(match.string):
        return None
    first, second = int(match[1]), int(match[3])
    if first > 12:
        return "day" if second <= 12 else None
    if second > 12:
        return "month"
    return "either" if first != second else None


def _parse(cell: Any, *, day_first: bool) -> datetime | None:
    if cell is None or cell != cell or isinstance(cell, bool):
        return None
    try:
        value = _read(cell, day_first)
        in_utc = (
            value.replace(tzinfo=UTC) if value and value.tzinfo is None else value and value.astimezone(UTC)
        )
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return in_utc if in_utc is not None and _EARLIEST <= in_utc.year < _LATEST else None


def _read(cell: Any, day_first: bool) -> datetime | None:
    if isinstance(cell, datetime):
        return datetime.fromisoformat(cell.isoformat()[:26]) if cell.tzinfo is None else cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    text = str(cell) if not isinstance(cell, float) or not cell.is_integer() else str(int(cell))
    if len(text) > _LONGEST:
        return None
    if (compact := _COMPACT.fullmatch(text)) and (value := _from_digits(compact)):
        return value
    if _NUMBER.fullmatch(text):
        return _from_number(float(text))
    if _ISO.match(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # a zone by name, or another ending that only dateutil reads
    if not _YEAR.search(text):
        return None
    try:
        return _from_words(text, not _YEAR_FIRST.search(text) and (day_first or bool(_DOTTED.search(text))))
    except (ValueError, OverflowError):
        # in another language, or with more words around it
        return find_date(text) if not _ISO.match(text) else None


def _from_digits(compact: re.Match[str]) -> datetime | None:
    try:
        return datetime(*(int(part) for part in compact.groups(default="0")))  # type: ignore[arg-type]
    except ValueError:
        return None


def _from_number(number: float) -> datetime | None:
    if 10_000 <= number < 80_000:  # 1927 to 2119
        return _EXCEL_DAY_0 + timedelta(days=number)
    for least, per_second in _EPOCH_UNITS:
        if number >= least:
            return datetime.fromtimestamp(number / per_second, UTC)
    return None


def _from_words(text: str, day_first: bool) -> datetime | None:
    from dateutil import parser

    cleaned = _FILLERS.sub(" ", text)
    first, second = (
        parser.parse(cleaned, dayfirst=day_first, default=default, tzinfos=_zone) for default in _DEFAULTS
    )
    return first if first == second else None


def _zone(name: str | None, offset: int | None) -> int:
    """Seconds east of UTC."""
    return offset if offset is not None else int(3600 * _HOURS.get(name or "", 0))
