"""Makes one person of the rows that mean the same one, and one row of what is one term of office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from analysis.world.names import fold, spelling, without_titles
from analysis.world.offices import office
from training.world.nicknames import nicknames
from training.world.rows import Row

SPEAKING_SINCE = "1990"  # a legislator whose last term ended before cannot speak in coverage of 2012 to 2026
_TOUCHING = 45  # days between two terms that are one
_ELECTION = 400  # the same for a parliament, where a term may begin long after the last
_GENERATION = frozenset({"jr", "sr", "ii", "iii"})
_ONE_HOLDER = frozenset({"head_of_state", "head_of_government", "minister", "central_bank"})
_STALE = frozenset({"phoenix", "factbook"})


def merged(rows: Sequence[Row]) -> list[Row]:
    """The rows of the table, in order.

    Parameters
    ----------
    rows : sequence of Row
        Cleaned ones, of all sources.
    """
    table: list[Row] = []
    for one in _same(_without_known_institutions(rows)):
        table += _terms(_named(one))
    table = _succeeded([row for row in table if not _silent(row)])
    return sorted(table, key=lambda row: (row.country, row.kind, row.name, row.start, row.role, row.end))


def _without_known_institutions(rows: Sequence[Row]) -> list[Row]:
    """Rows without the institutions of a stale source that the additions have, perhaps under another country."""
    known = {
        fold(name)
        for row in rows
        if row.kind == "institution" and row.source == "hand"
        for name in (row.name, *row.aliases)
    }
    return [
        row
        for row in rows
        if row.kind != "institution"
        or row.source not in _STALE
        or known.isdisjoint(map(fold, (row.name, *row.aliases)))
    ]


def _same(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one person or institution together: a name or alias of one is, spelt alike, one of the other."""
    group: dict[Hashable, Hashable] = {}

    def root(key: Hashable) -> Hashable:
        while (above := group.setdefault(key, key)) != key:
            key = above
        return key

    for number, row in enumerate(rows):
        for name in (row.name, *row.aliases):
            group[root((row.country, row.kind, _merging_key(name, row.kind)))] = root(number)
    _join_short_names(rows, group, root)
    found: dict[Hashable, list[Row]] = defaultdict(list)
    for number, row in enumerate(rows):
        found[root(number)].append(row)
    return list(found.values())


def _merging_key(name: str, kind: str) -> str:
    key = fold(name)
    bare = without_titles(key)
    key = bare if kind == "person" and " " in bare else key
    last = name.replace(".", "").split()[-1].casefold() if name.split() else ""
    generation = f" {last}" if last in _GENERATION and not key.endswith(last) else ""
    return (spelling(key) if kind == "person" and " " in key else key) + generation


def _join_short_names(
    rows: Sequence[Row], group: dict[Hashable, Hashable], root: Callable[[Hashable], Hashable]
) -> None:
    """Join a name to the one with fewer middle names in the same country.

    Where one of the two sources is stale ("Narendra Damodardas Modi"), or where both began the same office in the
    same year ("John Owen Brennan").
    """
    ends: dict[tuple[str, str, str], dict[Hashable, list[Row]]] = defaultdict(dict)
    for number, row in enumerate(rows):
        words = _merging_key(row.name, row.kind).split()
        if row.kind == "person" and len(words) > 1:
            ends[row.country, words[0], words[-1]].setdefault(root(number), []).append(row)
    for people in ends.values():
        stale = [key for key, of in people.items() if all(row.source in _STALE for row in of)]
        fresh = [key for key in people if key not in stale]
        if len(stale) == 1 and len(fresh) == 1 and _contained(people[stale[0]], people[fresh[0]]):
            group[root(stale[0])] = root(fresh[0])
        for one, other in combinations(fresh, 2):
            if _contained(people[one], people[other]) and _terms_of(people[one]) & _terms_of(people[other]):
                group[root(one)] = root(other)


def _terms_of(rows: Iterable[Row]) -> set[tuple[str, str]]:
    return {(office(row.role, row.country), row.start[:4]) for row in rows if row.start}


def _contained(some: Iterable[Row], others: Iterable[Row]) -> bool:
    one, other = (
        min((set(_merging_key(row.name, row.kind).split()) for row in of), key=len) for of in (some, others)
    )
    return len(one | other) <= 4 and (one < other or other < one)


def _named(rows: Sequence[Row]) -> list[Row]:
    """Rows under one name, that of the source to be believed first, with all aliases and the gender."""
    best = min(rows, key=lambda row: (row.rank, row.name))
    plain = [name for row in sorted(rows, key=lambda row: row.rank) for name in (row.name, *row.aliases)]
    aliases = tuple(name for name in dict.fromkeys(plain) if name != best.name)
    short = nicknames(best.name, best.country) if best.kind == "person" else ()
    loose = tuple(dict.fromkeys((*(name for row in rows for name in row.loose), *short)))
    genders = {row.gender for row in rows if row.gender}
    gender = genders.pop() if len(genders) == 1 else best.gender
    return [replace(row, name=best.name, aliases=aliases, loose=loose, gender=gender) for row in rows]


def _terms(rows: Sequence[Row]) -> list[Row]:
    """One row for each term of office; vague rows go where a better source knows the person."""
    if any(row.source not in _STALE for row in rows):
        rows = [row for row in rows if row.source != "phoenix"]
    if any(row.source != "factbook" and row.role_class.startswith("head_of") for row in rows):
        rows = [row for row in rows if row.source != "factbook"]
    heads = [row for row in rows if row.source == "factbook"]
    if len(heads) > 1:
        rows = [row for row in rows if row.source != "factbook"] + [
            replace(heads[0], role="President", role_class="head_of_state")
        ]
    if rows[0].kind == "institution":
        return [min(rows, key=lambda row: (row.rank, row.role))]
    by_office: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_office[
            office(row.role, row.country), row.role_class if row.role_class == "legislator" else ""
        ].append(row)
    return [term for of in by_office.values() for term in _joined(of)]


def _joined(rows: Sequence[Row]) -> list[Row]:
    dated = [row for row in rows if row.start or row.end]
    terms: list[Row] = []
    for row in sorted(dated or rows[:1], key=lambda row: (row.start, row.rank, row.end)):
        last = terms[-1] if terms else None
        if last is not None and _one_term(last, row):
            terms[-1] = _continued(last, row)
        else:
            terms.append(row)
    return terms


def _continued(last: Row, row: Row) -> Row:
    """Two rows as one term; where they overlap and disagree, the source to be believed first is right."""
    better, worse = sorted((last, row), key=lambda one: one.rank)
    follows = bool(last.end) and row.start > last.end
    start = last.start or row.start
    end = max(last.end, row.end) if last.end and row.end else ""
    if better.rank < worse.rank and not follows:
        start = better.start or worse.start
        end = better.end or (worse.end if worse.end >= start else "")
    return replace(better, start=start, end=end)


def _one_term(last: Row, row: Row) -> bool:
    """Whether two rows of one office are the same term, or one that goes on."""
    if last.source != row.source and _years_apart(last.start, row.start) <= 1:
        return not (last.end and row.start > last.end)
    if not last.end:
        return last.start[:4] == row.start[:4] or row.role_class == "legislator"
    gap = (_first_day(row.start) - _first_day(last.end)).days
    return gap <= (_ELECTION if row.role_class == "legislator" else _TOUCHING)


def _years_apart(one: str, other: str) -> int:
    return abs(int(one[:4]) - int(other[:4])) if one and other else 99


def _first_day(text: str) -> date:
    year, month, day = (int(part) for part in (text + "-01-01")[:10].split("-"))
    return date(year, month, day)


def _silent(row: Row) -> bool:
    """A legislator who left before anybody could be quoted in this coverage."""
    return (
        row.role_class == "legislator"
        and "" < (row.end or row.start) < SPEAKING_SINCE
        and row.source != "hand"
    )


def _succeeded(rows: Sequence[Row]) -> list[Row]:
    """End the open terms of offices with one holder where the additions made by hand know a successor."""
    successors: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.source == "hand" and row.role_class in _ONE_HOLDER and row.start:
            successors[row.country, office(row.role, row.country)].append(row)
    closed = []
    for row in rows:
        known = successors.get((row.country, office(row.role, row.country)), [])
        later = sorted(one.start for one in known if one.name != row.name and one.start > row.start)
        ends = later and not row.end and row.start and row.source != "hand"
        closed.append(replace(row, end=later[0]) if ends else row)
    return closed
