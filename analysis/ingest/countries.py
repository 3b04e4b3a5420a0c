"""One name for each country, whether a source gives an ISO 3166-1 code, a long name or the usual name."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


def country_name(given: str) -> str:
    """Return the usual English name of a country.

    Parameters
    ----------
    given : str
        A two-letter code, a common three-letter code, a long name or any other name.

    Returns
    -------
    str
        The usual name. A name that is not known is returned unchanged.

    Examples
    --------
    >>> country_name("IR"), country_name("Russian Federation"), country_name("Ruritania")
    ('Iran', 'Russia', 'Ruritania')
    """
    return _names().get(given.casefold(), given)


@cache
def _names() -> dict[str, str]:
    path = Path(__file__).with_name("countries.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"].casefold(): row["name"] for row in csv.DictReader(file)}
