"""One row of the world's actors: who held which office, or which institution belongs to which country."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.world.names import fold

COLUMNS = (
    "name",
    "aliases",
    "country",
    "kind",
    "organisation",
    "role",
    "role_class",
    "from",
    "to",
    "gender",
    "source",
)
KINDS = ("person", "institution")
ROLE_CLASSES = (
    "head_of_state",
    "head_of_government",
    "minister",
    "executive",
    "spokesperson",
    "diplomat",
    "legislator",
    "judiciary",
    "military",
    "intelligence",
    "police",
    "regional",
    "central_bank",
    "party",
    "opposition",
    "armed_group",
    "religious",
    "business",
    "media",
    "think_tank",
    "university",
    "ngo",
    "international",
    "private",
)
BODIES = {
    "EU": "European Union",
    "UN": "United Nations and its agencies",
    "XN": "NATO",
    "XO": "OSCE",
    "XP": "OPEC",
    "XS": "Shanghai Cooperation Organisation",
    "XB": "BRICS",
    "XC": "Collective Security Treaty Organization",
    "XE": "Eurasian Economic Union",
    "XI": "Commonwealth of Independent States",
    "XA": "African Union",
    "XL": "Arab League",
    "XG": "Gulf Cooperation Council",
    "XX": "no country: other international bodies, groups and associations",
}
KNOWN_UNTIL = {
    "congress-legislators": "2026-06-30",
    "factbook": "2026-06-30",
    "hand": "2025-11-30",
    "ifg-uk": "2026-06-30",
    "misp": "2026-06-30",
    "phoenix": "2013-12-31",
    "wikidata-eps": "2022-08-31",
}
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_YEARS_OPEN = 5  # a role without an end counts as perhaps held this long after its source ends

When = Literal["held", "open", "former", "later", "undated"]
ORDER: tuple[When, ...] = ("held", "open", "former", "undated", "later")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A role of somebody, or an institution, that a name may stand for.

    Attributes
    ----------
    name : str
        As the table has it.
    country : str
        Two letters of ISO 3166, or a key of `BODIES`.
    kind : str
        "person" or "institution".
    organisation, role, role_class : str
        `role_class` is one of `ROLE_CLASSES`.
    start, end : str
        "2021", "2021-08" or "2021-08-03"; empty where it is not known, and `end` also where the role goes on.
    gender : str or None
        "m", "f" or None.
    source : str
        A key of `KNOWN_UNTIL`, or "study".
    when : str
        On the day asked about: "held"; "open", begun and with no known end, but the source ends before that day;
        "former"; "later", not yet begun; "undated".
    """

    name: str
    country: str
    kind: str
    organisation: str
    role: str
    role_class: str
    start: str
    end: str
    gender: str | None
    source: str
    when: When

    @property
    def id(self) -> str:
        """The same for all roles of one person or institution in a country: "ir:abbas-araghchi"."""
        return f"{self.country.casefold()}:{fold(self.name).casefold().replace(' ', '-')}"


def when(start: str, end: str, source: str, day: date | None) -> When:
    """Where a day lies in a term of office.

    Parameters
    ----------
    start, end : str
        A date, a month or a year; one that is not whole counts from its first day to its last.
    source : str
        Tells until when a term without an end is known to go on.
    day : date, optional
    """
    if day is None or not (start or end):
        return "undated"
    text = day.isoformat()
    if start > text:
        return "later"
    if end:
        return "former" if end < text[: len(end)] else "held"
    until = KNOWN_UNTIL.get(source, text)
    if text <= until:
        return "held"
    return "open" if day.year - int(until[:4]) <= _YEARS_OPEN else "former"
