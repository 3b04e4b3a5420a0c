"""Numbers in sentences: with interval and n, and rounded so that no bound of an interval becomes 0."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.compare._core.concentration import rests_on_one_outlet
from analysis.compare._core.results import direction

Row = Mapping[Any, Any]
MORE_DIGITS = 3
LONGEST_NAME = 60
_CALIBRATED = {1: "favourable", 0: "neutral", -1: "unfavourable"}
_UNCALIBRATED = {1: "above zero", 0: "close to zero", -1: "below zero"}
_STRAIGHT, _SINGLE = re.compile(r'"([^"]*)"'), r"‘\1’"


def rounded(values: Sequence[float], digits: int, *, signed: bool = False) -> list[str]:
    """Numbers as text, with enough digits that only 0 is printed as 0.

    Parameters
    ----------
    values : sequence of float
    digits : int
        Least number of decimals.
    signed : bool, default False
        Put a plus before positive numbers.

    Returns
    -------
    list of str
        All with the same number of digits.
    """
    for more in range(MORE_DIGITS + 1):
        texts = [f"{value:{'+' if signed else ''}.{digits + more}f}" for value in values]
        if all(value == 0 or float(text) != 0 for value, text in zip(values, texts, strict=True)):
            break
    return [_minus(text) for text in texts]


def with_interval(
    row: Row, *, scale: float = 1, unit: str = "", digits: int = 0, signed: bool = False
) -> str:
    """An estimate with its interval: '63 % (51 to 74)'.

    Parameters
    ----------
    row : mapping
        With estimate, ci95_low, ci95_high and note.
    scale : float, default 1
        100 for per cent.
    unit : str
        Printed after the estimate.
    digits : int
        Least number of decimals.
    signed : bool
        For differences.

    Returns
    -------
    str
        If there is no interval, the reason takes its place.
    """
    estimate, low, high = (float(row[name]) * scale for name in ("estimate", "ci95_low", "ci95_high"))
    if low != low:
        why = str(row["note"]) or "no interval"
        return f"{rounded([estimate], digits, signed=signed)[0]}{unit} ({why})"
    shown = rounded([estimate, low, high], digits)
    first = rounded([estimate], len(shown[0].partition(".")[2]), signed=signed)[0]
    return f"{first}{unit} ({shown[1]} to {shown[2]})"


def without_zero(row: Row) -> bool:
    """The interval lies on one side of 0."""
    return bool(row["ci95_low"] > 0 or row["ci95_high"] < 0)


def tone_in_words(row: Row, *, calibrated: bool) -> str:
    """The direction of a tone in words, which claim no more than its interval; see `direction`.

    Parameters
    ----------
    row : mapping
        With estimate, ci95_low and ci95_high.
    calibrated : bool
        Whether zero is known to be neutral. If it is not, the words only compare the value with zero.

    Returns
    -------
    str
        'favourable', 'unfavourable', 'neutral' or 'without a clear direction'. If it is not calibrated, the first
        three are 'above zero', 'below zero' and 'close to zero'.
    """
    sign = direction(row)
    if sign is None:
        return "without a clear direction"
    words = _CALIBRATED if calibrated else _UNCALIBRATED
    return words[sign]


def p_value(p: float) -> str:
    """'p = .037', 'p < .001'."""
    return "p < .001" if p < 0.001 else f"p = {p:.3f}".replace("0.", ".", 1)


def depends_on(row: Row, what: str) -> str:
    """A sentence that names the outlet that has more than a third of what a row counts; empty if none has.

    Parameters
    ----------
    row : mapping
        With `analysis.compare._core.concentration.CONCENTRATION_COLUMNS`.
    what : str
        What is counted, such as 'these acts'.
    """
    if not rests_on_one_outlet(row):
        return ""
    return f"{shortened(row['top_outlet'])} alone has {100 * row['top_outlet_share']:.0f} % of {what}."


def quoted(label: str) -> str:
    """A label in quotation marks; straight marks inside it become single ones."""
    return f"“{_STRAIGHT.sub(_SINGLE, label)}”"


def at_start(text: str) -> str:
    """A text with a capital letter, for the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def frame_label(label: str) -> str:
    """The label of a frame without the name of its group: 'Threat to others'."""
    own = label.partition(": ")[2] or label
    return at_start(own)


def shortened(name: str) -> str:
    """A name, cut if it is too long for a sentence."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _minus(text: str) -> str:
    return text.replace("-", "−")
