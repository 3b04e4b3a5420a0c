"""Dates as exports write them, to UTC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

_NUMERIC = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
_ISO = re.compile(r"^\s*\d{4}-\d{1,2}-\d{1,2}(?:[T ]|\s*$)")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?\s*$")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")
_EXCEL_DAY_0 = datetime(1899, 12, 30, tzinfo=UTC)
_EARLIEST, _LATEST = 1600, 2100


def parse_dates(values: Sequence[Any]) -> list[datetime | None]:
    """A column of dates; what cannot be read, or lies outside the years 1600 to 2100, is None.

    Numeric dates such as 03/04/2022 are read day first, unless the column holds one that can only be month first
    (04/29/2022) and none that can only be day first. Numbers are seconds or milliseconds since 1970, or Excel's days.
    Times without a zone count as UTC.

    Parameters
    ----------
    values : sequence
        Text, numbers, datetimes, or missing.

    Returns
    -------
    list of datetime or None
        In UTC.
    """
    day_first = _day_first(values)
    return [_in_range(_parse(value, day_first)) for value in values]


def _day_first(values: Sequence[Any]) -> bool:
    pairs = [(int(m[1]), int(m[2])) for v in values if isinstance(v, str) and (m := _NUMERIC.match(v))]
    return any(first > 12 for first, _ in pairs) or not any(second > 12 for _, second in pairs)


def _in_range(value: datetime | None) -> datetime | None:
    return value if value is not None and _EARLIEST <= value.year < _LATEST else None


def _parse(value: Any, day_first: bool) -> datetime | None:
    if value is None or value != value or isinstance(value, bool):
        return None
    if isinstance(value, datetime):
        return _utc(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    try:
        if isinstance(value, int | float) or re.fullmatch(r"\d{5}(\.\d+)?|\d{9,13}", str(value).strip()):
            return _from_number(float(value))
        return _from_text(str(value), day_first)
    except (ValueError, OverflowError, OSError):
        return None


def _from_number(number: float) -> datetime | None:
    if 10_000 <= number < 80_000:  # Excel's days: 1927 to 2119
        return _EXCEL_DAY_0 + timedelta(days=number)
    if 10_000_000 <= number < 30_000_000 and (match := _COMPACT.match(str(int(number)))):
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
    if number >= 1e11:
        number /= 1000
    return datetime.fromtimestamp(number, UTC) if number > 0 else None


def _from_text(text: str, day_first: bool) -> datetime | None:
    from dateutil import parser

    if match := _COMPACT.match(text):
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
    if not _YEAR.search(text):  # dateutil would fill in today's year
        return None
    cleaned = re.sub(
        r"\(.*?\)|\bat\b|\bon\b|^\s*(?:published|updated|posted)\b:?", " ", text, flags=re.IGNORECASE
    )
    try:
        # two defaults: a part that is missing in the text comes from them, and must not
        first, second = (
            parser.parse(
                cleaned,
                dayfirst=day_first and not _ISO.match(text),
                default=datetime(2000, month, 1, tzinfo=None),
                tzinfos={
                    "EST": -18000,
                    "EDT": -14400,
                    "PST": -28800,
                    "PDT": -25200,
                    "MSK": 10800,
                    "CET": 3600,
                    "BST": 3600,
                },
            )
            for month in (1, 2)
        )
    except (parser.ParserError, TypeError):
        return None
    return _utc(first) if first == second else None


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
