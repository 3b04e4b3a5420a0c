"""Speakers beyond the study: office holders and institutions of the world, and roles without a country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from analysis.annotators.actors.gazetteer import name_matches
from analysis.annotators.actors.name_shapes import JUNIOR, MIDDLE_INITIAL
from analysis.annotators.actors.world_names import WorldMatch, world_matches
from analysis.annotators.lexicon import alternation
from analysis.annotators.parsing.document import Document
from analysis.study.actors import EXPERT, MEDIA, OTHER, Actors
from analysis.world import BODIES, Candidate, World
from analysis.world.states import state_code

ARTICLE = "article"
OUTLET = "outlet"
_SIDE_OF_CLASS = {
    "media": MEDIA,
    "think_tank": EXPERT,
    "university": EXPERT,
    **dict.fromkeys(("business", "ngo", "armed_group", "opposition", "private", "international"), OTHER),
}
_HEADS = ("head_of_state", "head_of_government")
_LEADING = (*_HEADS, "minister", "spokesperson", "intelligence", "military", "diplomat")
# Months. Of office holders in 40 articles, readers coded those who left later for their state, others as experts.
_LATELY = 36
_MEMBERS = re.compile(rf"{alternation('home_roles', 'members')}\b", re.IGNORECASE)
_BARE = re.compile(
    rf"(?:{alternation('home_roles', 'bare_modifiers')} )*{alternation('home_roles', 'bare_members')}",
    re.IGNORECASE,
)
TURN = re.compile(r"^([A-Z][A-Z .'’-]+):", re.MULTILINE)  # the label of a turn of a transcript
_QUESTIONER = re.compile(alternation("transcripts", "questioners"), re.IGNORECASE)
_OFFICES = re.compile(
    rf"(?:the |our |his |her |its )?(?:\w+ )?{alternation('home_roles', 'offices')}(?:['’]s)?", re.IGNORECASE
)
_OF_ANY_COUNTRY = re.compile(rf"\b{alternation('home_roles', 'of_any_country')}\b", re.IGNORECASE)
_LAWS = re.compile(
    rf"(?:{alternation('home_roles', 'before_a_law')} )?(?:[\w-]+ ){{0,2}}{alternation('home_roles', 'laws')}"
)
_POLITICS = {
    "US": re.compile(
        rf"(?<!\w)(?:{alternation('national_politics', 'american')}\b"
        rf"|{alternation('national_politics', 'american_titles')}\.|[RDI]-[A-Z][a-z.]+)"
    ),
    "GB": re.compile(rf"\b{alternation('national_politics', 'british')}\b"),
}


@dataclass(frozen=True)
class Publication:
    """Who publishes an article.

    Attributes
    ----------
    outlet : str
    country : str
        As in the table `articles`; empty where it is not known.
    is_government : bool
        Whether the outlet is a ministry or another agency of a state, whose "we" is the state's.
    """

    outlet: str = ""
    country: str = ""
    is_government: bool = False


@dataclass(frozen=True)
class WorldActor:
    """A speaker whom the world's actors know.

    Attributes
    ----------
    name : str
    side : str
    rule : str
        How the speaker was found.
    source : str
        Where the knowledge comes from.
    held : bool
        Whether an office was held on the day of the article or shortly before, as far as the dates tell.
    """

    name: str
    side: str
    rule: str
    source: str
    held: bool = True


class WorldActors:
    """The world's actors as one article may name them.

    Parameters
    ----------
    document : Document
    actors : Actors
    world : World
    publication : Publication
    """

    def __init__(self, document: Document, actors: Actors, world: World, publication: Publication) -> None:
        self.document = document
        self.actors = actors
        self.world = world
        self.publication = publication
        self.day: date | None = document.published.date() if document.published else None
        self.home = state_code(publication.country)

    @cached_property
    def matches(self) -> list[WorldMatch]:
        """States named, and institutions of a country that is named or publishes."""
        found = world_matches(self.document, self.world)
        kept = []
        for match in found:
            owners = tuple(owner for owner in match.owners if self.is_named(owner[0]))
            if owners:
                kept.append(WorldMatch(match.start, match.end, owners))
        return kept

    @cached_property
    def _states(self) -> Counter[str]:
        """How often the article names each country."""
        return Counter(
            code
            for match in world_matches(self.document, self.world)
            if match.is_state
            for code, _ in match.owners
        )

    def is_named(self, country: str) -> bool:
        """Whether the article names a country or the outlet belongs to it; international bodies always count."""
        return country in BODIES or country == self.home or country in self._states

    def side(self, country: str, role_class: str) -> str | None:
        """The side of an institution or person of a country."""
        return side_of_class(self.actors, country, role_class)

    def side_of(self, match: WorldMatch) -> str | None:
        """The side of a state or institution that is named; None where its owners differ."""
        return _agreed(self.side(*owner) for owner in match.owners)

    # -- people

    def person(self, name: str, *, short: bool = False) -> WorldActor | None:
        """Return the person whom a name stands for.

        Only people of a country that the article names, or that the outlet belongs to, are taken. All who are left
        must be on one side.

        Parameters
        ----------
        name : str
        short : bool, default False
            Whether the name is a surname that the article never gives in full. Then only leading office holders
            count, and the legislators of the outlet's country.

        Returns
        -------
        WorldActor or None
        """
        # "John A. Smith Jr" can be the head of state himself
        is_child = JUNIOR.search(name) is not None and not MIDDLE_INITIAL.search(name)
        look_up = self.world.by_surname if short else self.world.candidates
        found = [
            one
            for one in look_up(name, day=self.day)
            if one.kind == "person"
            and (self.is_named(one.country) or (not short and one.role_class in _HEADS))
            and (not short or (is_held(one, self.day) and self._is_prominent(one)))
            and not (is_child and one.role_class in _HEADS)
        ]
        deciding = deciding_roles(found, self.day)
        side = _agreed(side_of_role(self.actors, one, found, self.day) for one in deciding)
        if side is None:
            return None
        first = deciding[0]
        rule = "surname" if short else "full_name"
        held = is_held(first, self.day) or any(left_lately(one, self.day) for one in deciding)
        return WorldActor(first.name, side, rule, first.source, held=held)

    def _is_prominent(self, one: Candidate) -> bool:
        at_home = one.country == self.home and one.role_class in ("legislator", "executive")
        return one.role_class in _LEADING or at_home

    # -- roles

    def role(self, phrase: str, nearest: str | None = None) -> WorldActor | None:
        """Return the side of somebody called by a role without a country.

        Parameters
        ----------
        phrase : str
            "the president", "lawmakers", "Sen. Smith (R-Ky.)".
        nearest : str, optional
            The side of the country named last. "Officials" are those of that country, so if it is not the one whose
            offices are meant here, nothing is returned.

        Returns
        -------
        WorldActor or None
        """
        if code := country_of_politics(phrase):
            return self._of_country(code, phrase, "national_politics", ARTICLE)
        patterns = (_OFFICES.fullmatch, _MEMBERS.search, _BARE.fullmatch, _LAWS.fullmatch)
        if not self._subject or not any(matches(phrase) for matches in patterns):
            return None
        found = self._of_country(self._subject, phrase, "home_role", self._knows_subject)
        elsewhere = found is not None and nearest not in (None, found.side) and not self._is_about_home
        return None if elsewhere and _OF_ANY_COUNTRY.search(phrase) else found

    def first_person(self) -> WorldActor | None:
        """Return whom "we" and "our" mean outside quotation marks: the state, in the text of a ministry or agency.

        In a transcript, several people take turns and any of them can be meant, so None is returned.
        """
        return None if TURN.search(self.document.text) else self._publisher("first_person")

    def label(self, name: str) -> WorldActor | None:
        """Return the side of a speaker label in a transcript: the press, or somebody of the ministry that publishes.

        Parameters
        ----------
        name : str
            "QUESTION", "MS WEBER".
        """
        if _QUESTIONER.fullmatch(name):
            media = MEDIA if MEDIA in self.actors.side_ids else None
            return WorldActor(name, media, "turn", ARTICLE) if media else None
        return self._publisher("turn") if name.isupper() else None

    def _publisher(self, rule: str) -> WorldActor | None:
        if not (self.publication.is_government and self.home):
            return None
        return self._of_country(self.home, self.publication.outlet, rule, OUTLET)

    @cached_property
    def _subject(self) -> str | None:
        """The country whose offices are named without a country.

        It is the outlet's own, unless the article names another country more than twice as often; then it is that
        country if it makes up most of the countries named. The people and institutions of the study count for their
        country.
        """
        top, n = self._states.most_common(1)[0] if self._states else (None, 0)
        if self.home and 2 * self._own >= n:
            return self.home
        return top if 2 * n > self._states.total() else None

    @property
    def subject_side(self) -> str | None:
        """The side of the country whose offices are named without a country."""
        return self.actors.side_of_country(self._subject) if self._subject else None

    @property
    def _own(self) -> int:
        """How often the article names the outlet's country, its people and institutions, and its politics."""
        politics = _POLITICS.get(self.home or "")
        n_politics = len(politics.findall(self.document.text)) if politics else 0
        return self._states[self.home or ""] + self._own_names + n_politics

    @cached_property
    def _is_about_home(self) -> bool:
        """Whether the article names the outlet's country more than all others together."""
        return self._subject == self.home and self._own > self._states.total() - self._states[self.home or ""]

    @property
    def _knows_subject(self) -> str:
        return OUTLET if self._subject == self.home else ARTICLE

    @cached_property
    def _own_names(self) -> int:
        """How often the article names people and institutions of the study on the side of the outlet's country."""
        owners = (
            self.actors[match.name.owners[0]]
            for match in name_matches(self.document, self.actors)
            if match.name.owners
        )
        side = self.actors.side_of_country(self.home or "")
        return sum(owner.side == side and owner.kind in ("person", "institution") for owner in owners)

    def _of_country(self, code: str, name: str, rule: str, source: str) -> WorldActor | None:
        side = self.actors.side_of_country(code)
        return WorldActor(name, side, rule, source) if side else None


def country_of_politics(phrase: str) -> str | None:
    """Return the country whose parties or legislators a phrase names: "Democratic leaders", "Sen. Smith"."""
    return next((code for code, politics in _POLITICS.items() if politics.search(phrase)), None)


def is_held(one: Candidate, day: date | None) -> bool:
    """Whether a role is held on a day, or perhaps is, as far as the dates tell."""
    return one.when in ("held", "open") or (one.when == "undated" and (day is None or not one.start))


def left_lately(one: Candidate, day: date | None) -> bool:
    """Whether somebody left an office so shortly before a day that they still speak about their own acts in it."""
    if one.when != "former" or day is None or not one.end:
        return False
    year, _, month = one.end[:7].partition("-")
    return 12 * (day.year - int(year)) + day.month - int(month or 12) < _LATELY


def deciding_roles(roles: Sequence[Candidate], day: date | None) -> Sequence[Candidate]:
    """Return the roles that decide on a side: those held on a day, or all if none is."""
    return [one for one in roles if is_held(one, day)] or roles


def side_of_class(actors: Actors, country: str, role_class: str) -> str | None:
    """Return the side of a country's office or institution; experts and media count before the country.

    Parameters
    ----------
    actors : Actors
    country : str
        ISO 3166-1, two letters, or a key of `analysis.world.BODIES`.
    role_class : str
        One of `analysis.world.ROLE_CLASSES`.

    Returns
    -------
    str or None
    """
    by_class = _SIDE_OF_CLASS.get(role_class)
    return by_class if by_class in actors.side_ids else actors.side_of_country(country)


def side_of_role(actors: Actors, one: Candidate, roles: Sequence[Candidate], day: date | None) -> str | None:
    """Return the side of a role of a person or institution.

    A person who has left all offices, the last three years ago or more, comments as an expert, unless they led a
    state.

    Parameters
    ----------
    actors : Actors
    one : Candidate
    roles : sequence of Candidate
        All roles of the person or institution.
    day : date or None
        Of the article.

    Returns
    -------
    str or None
    """
    left = (
        one.kind == "person"
        and one.when == "former"
        and not any(role.when == "later" or left_lately(role, day) for role in roles)
    )
    if left and one.role_class not in (*_SIDE_OF_CLASS, *_HEADS) and EXPERT in actors.side_ids:
        return EXPERT
    return side_of_class(actors, one.country, one.role_class)


def _agreed(sides: Iterable[str | None]) -> str | None:
    found = set(sides)
    return found.pop() if len(found) == 1 else None
