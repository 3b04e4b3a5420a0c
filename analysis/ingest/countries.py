"""One name for each country, whether a source gives a code (ISO 3166-1), a long name or the usual one."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


def country_name(given: str) -> str:
    """The usual English name of a country.

    Parameters
    ----------
    given : str
        A code of two letters, some codes of three and long names in use, or any other name.

    Returns
    -------
    str
        What is not known stays as it is.

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
