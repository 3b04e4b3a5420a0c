"""A row while the table is being made."""

from __future__ import annotations

from dataclasses import dataclass

RANK = ("hand", "congress-legislators", "ifg-uk", "wikidata-eps", "misp", "factbook", "phoenix")


@dataclass(frozen=True, slots=True)
class Row:
    """One role of one person, or one institution. `loose` aliases may be shared: they never merge two people."""

    name: str
    aliases: tuple[str, ...]
    country: str
    kind: str
    organisation: str
    role: str
    role_class: str
    start: str
    end: str
    gender: str
    source: str
    loose: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """Small where the source is to be believed first."""
        return RANK.index(self.source)

    def record(self) -> dict[str, str]:
        """The row as the table's columns."""
        aliases = dict.fromkeys((*self.aliases, *self.loose))
        aliases.pop(self.name, None)
        return {
            "name": self.name,
            "aliases": "|".join(aliases),
            "country": self.country,
            "kind": self.kind,
            "organisation": self.organisation,
            "role": self.role,
            "role_class": self.role_class,
            "from": self.start,
            "to": self.end,
            "gender": self.gender,
            "source": self.source,
        }
