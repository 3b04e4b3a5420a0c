"""The side for which somebody speaks who is not listed in the study, from the words that describe them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from typing import NamedTuple

from analysis.annotators.actors.datelines import home_state
from analysis.annotators.actors.gazetteer import name_matches
from analysis.annotators.actors.name_shapes import ends_an_organisation, follows_an_attitude
from analysis.annotators.actors.people import PersonMention, is_human
from analysis.annotators.actors.world_actors import WorldActors, country_of_politics
from analysis.annotators.lexicon import alternation, not_after
from analysis.annotators.parsing.document import Document, Entity, Span, in_spans
from analysis.study.actors import EXPERT, MEDIA, OTHER, Actors
from analysis.world.states import states

_any_of = partial(alternation, "affiliations")
_EXPERT = re.compile(
    rf"\b(?:{_any_of('experts')}|"
    rf"{_any_of('universities')}(?! {_any_of('learners')}))\b|"
    rf"\bwho (?:\w+ )?{_any_of('expert_acts')}\b",
    re.IGNORECASE,
)
_FORMER = re.compile(rf"(?<!\w){_any_of('former')}(?! ?{_any_of('not_an_office')}\b)")
_TOPIC = re.compile(rf"\b{_any_of('topic_prepositions')} (?:the |a )?(?:\w+ )?$")
_POLL = re.compile(rf"\b{_any_of('polls')}\b", re.IGNORECASE)
_SHARE = re.compile(rf"\d ?(?:%|percent|per cent)|\b{_any_of('shares')} ", re.IGNORECASE)
_PEOPLES = re.compile(rf"(?:{_any_of('of_a_people')} )+", re.IGNORECASE)
_BACKED = re.compile(rf"[-–]{_any_of('backed')}\b")
_ALLIES = re.compile(rf"(?:'s?|’s?)? (?:[\w-]+ )?{_any_of('allies')}\b")
_ENVOY_TO = re.compile(rf" {_any_of('envoys_to')}\b")
_ACRONYM = re.compile(r"[A-Z.]+")  # "the US inquiry" is one by the state
_ABOUT = re.compile(rf" {_any_of('about_a_state')}\b")
_POSTED = re.compile(rf"\b{_any_of('posted_prepositions')} (?:the |a )?(?:\w+ )?$")
_FEW_WORDS = re.compile(r" (?:[a-z]+ ){0,3}")
_MOVEMENT = re.compile(rf"(?:[\w-]+ )*{_any_of('movements')}", re.IGNORECASE)
_AGREEMENT = re.compile(rf"[Tt]he (?:[\w’'-]+ ){{1,3}}{_any_of('single_agreements')}")
_MEDIA = re.compile(rf"\b{not_after('affiliations', 'other_media')}{_any_of('media')}\b", re.IGNORECASE)
_REPORTS = re.compile(
    rf"(?:{_any_of('of_reports')} )*{_any_of('reports')}|"
    rf"(?:[\w ]+ for )?{_any_of('of_a_masthead')} {_any_of('short_mastheads')}"
    rf"(?: report| {_any_of('reports')})?",
    re.IGNORECASE,
)
_WRITES = re.compile(rf"\bwho (?:\w+ )?{_any_of('media_acts')}\b")
_STATE_MEDIA = re.compile(rf"\b{_any_of('state_media')}\b", re.IGNORECASE)
_MASTHEAD = re.compile(rf"\b[A-Z]\w+ {_any_of('mastheads')}\b(?! [A-Z])")
_WIDER = (
    rf"{_any_of('wider')}|"
    rf"{not_after('affiliations', 'about_an_agreement')}{_any_of('agreements')}|"
    rf"(?<!of )(?:[Tt]he|[Tt]heir) {_any_of('wider_after_the')}(?! {_any_of('counted_people')}\b)|"
    rf"[Bb]oth(?! {_any_of('both_of_one_state')}\b)"
)
_NOBODY = re.compile(
    rf"(?:{_any_of('nobody')}|"
    rf"(?:{_any_of('nobody_quantifiers')} )?(?:of )?"
    rf"{_any_of('nobody_nouns')}|"
    rf"{_any_of('few')} {_any_of('few_nouns')})\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(rf"(?:, )?(?:[\w.'’-]+ )*{_any_of('private_people')}\b", re.IGNORECASE)
_AT = re.compile(rf"\b{_any_of('at_an_organisation')} (?:the )?$")
_IN_OFFICE = re.compile(rf"\b{_any_of('local_offices')}\b", re.IGNORECASE)
_PUBLIC = re.compile(rf"\b{_any_of('public_people')}\b", re.IGNORECASE)
_BUSINESS = re.compile(rf"\b{_any_of('businesses')}\b", re.IGNORECASE)
_IN_BUSINESS = re.compile(rf"\b{_any_of('business_people')}\b", re.IGNORECASE)
_COPULA = re.compile(rf"who {_any_of('copulas')} ", re.IGNORECASE)
_LOCAL = re.compile(rf"\b{_any_of('local')}\b", re.IGNORECASE)
_SINGLE = re.compile(rf"{_any_of('single')}\b", re.IGNORECASE)
_ONE_OF = re.compile(rf"{_any_of('one_of')} ", re.IGNORECASE)
_HEAD_END = re.compile(rf",? {_any_of('relative')}\b|, {_any_of('participles')}\b")
_OPPONENTS = rf"(?i:{_any_of('opponents')})"
_OPPONENTS_OF_IT = re.compile(
    rf"\b(?:{_OPPONENTS} {_any_of('opponents_of')}|{_any_of('knows_of')})"
    rf" (?:(?! {_any_of('place_after_opponents')} ).)*"
)
_ITS_OPPONENTS = re.compile(rf"\b[A-Z]\w+(?: [A-Z]\w+)*(?:'s?|’s?)? (?:\w+ )?{_OPPONENTS}\b")
_APPOSITION = re.compile(
    rf"(?:, ?(?:{_any_of('descriptions')}|{_any_of('business_people')}|\d\d(?= ?[,.;”])|"
    rf"(?:[A-Z][\w.-]* ?){{1,3}}['’]s? [a-z]+|"
    rf"(?:(?:[\w'’-]+ ){{0,3}}[a-z]+ )?{_any_of('description_prepositions')})\b|"
    rf" {_any_of('bare_description_prepositions')}\b)(?:(?! and )(?:\b[A-Z]\.(?:[A-Z]\.)*|[^,.;\n“”\"]))*"
)
_WRITING_IN = re.compile(rf"{_any_of('writing_in')} (?:the )?([A-Z][^,;\n]*), $", re.IGNORECASE)
_PLACED = re.compile(rf"\b{_any_of('place_prepositions')} (?:the )?$")
_STREET = re.compile(rf" {_any_of('streets')}$")
_NOMINAL = frozenset({"ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"})
_BEFORE = 70  # characters before a name that may describe its bearer


class Affiliations:
    """The sides of the people described in one document.

    Parameters
    ----------
    document : Document
    actors : Actors
    world : WorldActors, optional
        States and institutions that the study does not list.
    """

    def __init__(self, document: Document, actors: Actors, world: WorldActors | None = None) -> None:
        self.text = document.text
        self.actors = actors
        named = (name for name in _named_by_study(document, actors) if _says_for_whom(document, name))
        self.matches = sorted(named, key=_from_left_to_right)
        found = _named_by_world(world) if world is not None else ()
        self.of_the_world = [name for name in found if _says_for_whom(document, name)]
        if world is not None:
            self.matches = _merged(self.matches, self.of_the_world)
        self._own_people = states()[world.home].demonyms[1:] if world is not None and world.home else ()
        self.entities = sorted(entity for entity in document.entities if entity.label == "GPE")
        self.home = home_state(document, actors)
        self._wider = _wider_groups(actors.regions)

    def side(self, start: int, end: int, *, local: bool = False, named: bool = True) -> str | None:
        """Return the side of the person or group that a phrase describes.

        Experts and media are sides of their own, whatever their country. Otherwise the first state, place or
        institution named decides ("a European envoy who follows Syria", "Russian and Iranian officials").

        Parameters
        ----------
        start, end : int
            Offsets of the phrase.
        local : bool, default False
            Whether to assume that officials and single persons without affiliation come from the place of the
            dateline.
        named : bool, default True
            Whether the phrase belongs to a person's name. A named former official is an expert; "former officials"
            are on the side of their state.

        Returns
        -------
        str or None
            None if the phrase does not tell.
        """
        phrase = self.text[start:end]
        head = _HEAD_END.split(phrase)[0]
        names = self._affiliations(start, end, start + len(head))
        if _POLL.search(head) and (poll := self._of_poll(phrase, names)):
            return poll
        if _MOVEMENT.fullmatch(head):
            return self.known(OTHER)
        if expert := _EXPERT.search(phrase):
            if self._of_a_body(names, start + expert.start()):
                return OTHER
            return self._of_first_group(phrase[: expert.start()], start) or self.known(EXPERT)
        if named and _FORMER.search(head):
            return self.known(EXPERT)
        if self._is_medium(start, head) or _WRITES.search(phrase):
            return self.known(MEDIA)
        if any(name.side == EXPERT for name in names):
            return EXPERT
        if self._are_private(start, head, names):
            return self.known(OTHER)
        for name in names:
            if name.side in (OTHER, MEDIA) and self._follows(_AT, start, name):
                return name.side
        wider = self._wider.search(head)
        if len(names) == 1 and _AGREEMENT.fullmatch(head):  # "the Paris accord"
            return self.known(OTHER)
        if names and (wider is None or names[0].start <= start + wider.start()):
            return names[0].side
        if wider:
            return self._of_politics(head) or self.known(
                OTHER
            )  # "Democratic leaders" are those of one country
        if _BUSINESS.search(head):
            return self.known(OTHER)
        if self.home is not None and (_LOCAL.search(phrase) or (local and self._is_local(phrase))):
            return self.home.side
        return self.known(OTHER) if self._is_abroad(start, end) else None

    def _of_poll(self, phrase: str, names: Sequence[Affiliation]) -> str | None:
        """The side of a poll that a medium made, or of one that names no experts."""
        if any(name.side == MEDIA for name in names):
            return MEDIA
        return None if _EXPERT.search(phrase) else self.known(OTHER)

    def _of_first_group(self, before: str, start: int) -> str | None:
        """The side of "Republican lawmakers" in "Republican lawmakers and analysts": the first of joined groups."""
        first, and_, _ = before.rpartition(" and ")
        if not and_ or not any(is_human(word.removesuffix("s")) for word in first.split()):
            return None
        return self.side(start, start + len(first), named=False) or self._of_politics(first)

    def _of_a_body(self, names: Sequence[Affiliation], expert: int) -> bool:
        """Whether an institution on the side `other` stands right before "experts", who then speak for it."""
        return any(
            name.side == OTHER and not name.is_state and _FEW_WORDS.fullmatch(self.text, name.end, expert)
            for name in names
        )

    def _of_politics(self, phrase: str) -> str | None:
        country = country_of_politics(phrase)
        return self.actors.side_of_country(country) if country else None

    def side_of_former(self, phrase: str) -> str | None:
        """Return 'expert' for unnamed people who left an office of no known country, None for others."""
        head = _HEAD_END.split(phrase)[0]
        had_office = _FORMER.search(head) and (_IN_OFFICE.search(head) or _PUBLIC.search(head))
        return self.known(EXPERT) if had_office else None

    def _is_medium(self, start: int, head: str) -> bool:
        """Whether a phrase is about journalists or media. "Syrian state media" speak for Syria."""
        if _REPORTS.fullmatch(head):
            return True
        if not (_MEDIA.search(head) or _MASTHEAD.search(head)):
            return False
        return not (_STATE_MEDIA.search(head) and any(self._named(start, start + len(head))))

    def _are_private(self, start: int, head: str, names: Sequence[Affiliation]) -> bool:
        """Whether people speak for themselves: "Chilean voters", "54 percent of Chileans".

        So do the people of the outlet's own country: "Chileans" in a Chilean newspaper.
        """
        if any(self._follows(_PLACED, start, name) for name in names):
            return _SHARE.search(head) is not None
        ends = (name for name in names if name.is_adjective and name.end >= start + len(head.rstrip("'’s")))
        peoples = any(
            _PEOPLES.fullmatch(self.text[start : name.start])
            or (name.start == start and self.text[name.start : name.end] in self._own_people)
            for name in ends
        )
        return peoples or _PRIVATE.match(head) is not None or _SHARE.search(head) is not None

    def _affiliations(self, start: int, end: int, end_of_head: int) -> list[Affiliation]:
        """Names in a phrase that say for whom somebody speaks.

        Names of opponents and topics are left out, and so is what a relative clause is about, unless somebody is
        there ("who lives in France").
        """
        against = _spans(_OPPONENTS_OF_IT, self.text[start:end], start)
        return [
            name
            for name in self._named(start, end)
            if not in_spans(name.start, against)
            and not _BACKED.match(self.text, name.end)
            and not (name.is_state and _ALLIES.match(self.text, name.end))
            and not self._follows(_TOPIC, start, name)
            and not (name.is_state and self._follows(_POSTED, start, name))
            and not (name.is_state and self._is_topic(name))
            and not (not name.is_state and _ENVOY_TO.match(self.text, name.end))
            and (name.start < end_of_head or self._follows(_PLACED, start, name))
        ]

    def _is_topic(self, name: Affiliation) -> bool:
        """Whether a state is what the next noun is about: "the Chile inquiry", but not "the Chilean inquiry"."""
        noun = _ABOUT.match(self.text, name.end)
        return noun is not None and self.text[name.start : name.end] in _state_names()

    def _follows(self, pattern: re.Pattern[str], start: int, name: Affiliation | Entity) -> bool:
        """Whether the words before a name, from offset `start` on, end in a pattern."""
        return pattern.search(self.text, start, name.start) is not None

    def _is_abroad(self, start: int, end: int) -> bool:
        """Whether a phrase says that somebody is in a place that is on no side."""
        against = _spans(_OPPONENTS_OF_IT, self.text[start:end], start)
        first, last = (bisect_left(self.entities, (edge,)) for edge in (start, end))
        return any(
            entity.end <= end
            and not in_spans(entity.start, against)
            and self._follows(_PLACED, start, entity)
            and not _STREET.search(self.text, entity.start, entity.end)
            for entity in self.entities[first:last]
        )

    def last_named(self, start: int, end: int, *, states: bool = False) -> str | None:
        """Return the side of the last state, place or institution named in text[start:end], None if there is none.

        Parameters
        ----------
        start, end : int
        states : bool, default False
            Whether only states count.
        """
        first, last = (bisect_left(self.matches, (edge,)) for edge in (start, end))
        named = (match.side for match in reversed(self.matches[first:last]) if match.is_state or not states)
        return next(named, None)

    @cached_property
    def most_named(self) -> str | None:
        """The side of most names of states in the article."""
        sides = Counter(match.side for match in self.matches if match.is_state)
        return sides.most_common(1)[0][0] if sides else None

    def beside(self, pattern: re.Pattern[str]) -> list[Affiliation]:
        """Return the states, places and institutions whose names a pattern follows, or at whose beginning it ends.

        Parameters
        ----------
        pattern : pattern of str

        Returns
        -------
        list of Affiliation
            In order.
        """
        ends = {found.end() for found in pattern.finditer(self.text)}
        return [match for match in self.matches if match.start in ends or pattern.match(self.text, match.end)]

    def _is_local(self, phrase: str) -> bool:
        """Whether a phrase describes officials or a single person, as opposed to "sources" or "the bakers"."""
        if _NOBODY.match(phrase):
            return False
        ending = "s" if _ONE_OF.match(phrase) else ""  # "one of the engineers"
        single = _SINGLE.match(phrase) and any(is_human(word.removesuffix(ending)) for word in phrase.split())
        return bool(single or _IN_OFFICE.search(phrase))

    def known(self, side: str | None) -> str | None:
        """Return the side if the study has it, else None."""
        return side if side in self.actors.side_ids else None

    def _named(self, start: int, end: int) -> Iterator[Affiliation]:
        """Names in the phrase from left to right; of overlapping names, the longest.

        A name is left out where opponents or victims are named after it ("Iran's victims"); an adjective
        ("Iranian victims") is not.
        """
        done = start
        opposed = _spans(_ITS_OPPONENTS, self.text[start:end], start)
        first, last = (bisect_left(self.matches, (edge,)) for edge in (start, end))
        for match in self.matches[first:last]:
            if done <= match.start and match.end <= end:
                if match.is_adjective or not in_spans(match.start, opposed):
                    yield match
                done = match.end


class Affiliation(NamedTuple):
    """A name that says for whom somebody speaks: a state, place or institution."""

    start: int
    end: int
    side: str
    is_adjective: bool
    is_state: bool


def _named_by_study(document: Document, actors: Actors) -> Iterator[Affiliation]:
    for match in name_matches(document, actors):
        if match.name.how in ("affiliation", "metonym", "alias"):
            owner = actors[match.name.owners[0]]
            is_adjective = match.name.how == "affiliation"
            yield Affiliation(match.start, match.end, owner.side, is_adjective, owner.kind == "state")


def _named_by_world(world: WorldActors) -> Iterator[Affiliation]:
    for match in world.matches:
        if side := world.side_of(match):
            yield Affiliation(match.start, match.end, side, match.is_state, match.is_state)


def _says_for_whom(document: Document, name: Affiliation) -> bool:
    """Whether a name can say for whom somebody speaks: not in "anti-Chilean", nor where it names a branch."""
    return not follows_an_attitude(document.text, name.start) and not _is_branch(document, name)


def _is_branch(document: Document, name: Affiliation) -> bool:
    """Whether the name of a state only says which branch of an organisation is meant: "Amber Relief Chile"."""
    return name.is_state and not name.is_adjective and ends_an_organisation(document, name.start, name.end)


def _merged(study: list[Affiliation], world: Iterable[Affiliation]) -> list[Affiliation]:
    """The names of the study and of the world. Of names that overlap the longest counts, of two alike the study's."""
    longest_first = sorted([*study, *world], key=lambda match: match.start - match.end)
    taken: set[int] = set()
    kept = []
    for match in longest_first:
        place = range(match.start, match.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(match)
    return sorted(kept, key=_from_left_to_right)


def _from_left_to_right(match: Affiliation) -> tuple[int, int]:
    return match.start, -match.end


@cache
def _state_names() -> frozenset[str]:
    """Names of states, without their adjectives."""
    return frozenset(
        name
        for state in states().values()
        for name in state.names
        if name not in state.demonyms and not _ACRONYM.fullmatch(name)
    )


@cache
def _wider_groups(regions: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern of the groups that are wider than any side, including the regions of a study."""
    return re.compile(rf"\b(?:{'|'.join((_WIDER, *map(re.escape, regions)))})\b")


def _spans(pattern: re.Pattern[str], phrase: str, start: int) -> list[Span]:
    """Spans of a pattern in a phrase that begins at offset `start` of the text."""
    return [Span(start + found.start(), start + found.end()) for found in pattern.finditer(phrase)]


def sides_of_people(
    document: Document, people: Sequence[PersonMention], affiliations: Affiliations
) -> dict[str, str]:
    """Return the sides of people who are not listed, by name.

    The first description beside a name that tells a side decides.

    Parameters
    ----------
    document : Document
    people : sequence of PersonMention
    affiliations : Affiliations
        Of the same document.

    Returns
    -------
    dict of str to str
        People whose side is not known are missing.
    """
    sides: dict[str, str] = {}
    for mention in people:
        if mention.person.actor_id is None and mention.person.name not in sides:
            named = mention.person.has_name
            found = (affiliations.side(*span, named=named) for span in descriptions(document, mention))
            if side := next(filter(None, found), None):
                sides[mention.person.name] = side
    return sides


def private_people(document: Document, people: Sequence[PersonMention]) -> set[str]:
    """Names of unlisted people with a description that gives an occupation and no office."""
    return {
        mention.person.name
        for mention in people
        if mention.person.actor_id is None and mention.person.has_name
        if any(_is_private(document.text[start:end]) for start, end in descriptions(document, mention))
    }


def _is_private(description: str) -> bool:
    """Whether a description gives an occupation that is no office: ", the film's director"."""
    phrase = _COPULA.sub("", description.removeprefix(",").strip())
    head = _HEAD_END.split(phrase)[0].partition(",")[0]
    if _IN_BUSINESS.search(head):
        return True
    human = any(is_human(word) for word in re.findall(r"[\w'’-]+", head))
    return human and not _IN_OFFICE.search(head) and not _PUBLIC.search(head)


def descriptions(document: Document, mention: PersonMention) -> Iterator[Span]:
    """Find the apposition after a name, and the words before the name in the same phrase.

    Parameters
    ----------
    document : Document
    mention : PersonMention

    Yields
    ------
    Span
        Of an unnamed person, the phrase itself.
    """
    if mention.person.name[:1].islower():  # "a retired diplomat": the name is the description
        yield Span(mention.start, _end_of_phrase(document, mention.end))
        return
    if after := _APPOSITION.match(document.text, mention.end):
        yield Span(mention.end, after.end())
    sentence = document.sentences[document.sentence_at(mention.start)]
    reach = max(sentence.start, mention.start - _BEFORE)
    if written := _WRITING_IN.search(document.text, reach, mention.start):
        yield Span(*written.span(1))
    first, last = (
        bisect_left(document.tokens, edge, key=lambda token: token.start) for edge in (reach, mention.start)
    )
    breaks = (t.end for t in document.tokens[first:last] if t.pos in ("VERB", "AUX", "PUNCT", "SCONJ"))
    start = max(breaks, default=reach)
    before = document.text[start : mention.start].split()
    if before and (is_human(before[-1].strip(",.")) or before[-1].endswith(("'s", "’s", "."))):
        yield Span(start, mention.start)


def _end_of_phrase(document: Document, end: int) -> int:
    """End of the prepositional phrases after a noun: "a dealer in Tehran's old bazaar"."""
    number = bisect_left(document.tokens, end, key=lambda token: token.start)
    if number < len(document.tokens) and document.tokens[number].pos == "ADP":
        for token in document.tokens[number:]:
            if token.pos not in _NOMINAL or token.start > end + 1:
                break
            end = token.end
    return end
