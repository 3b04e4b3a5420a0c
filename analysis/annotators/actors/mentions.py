"""Mentions of the study's actors: names, surnames, offices by date, metonyms and pronouns, without overlap."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date

from analysis.annotators.actors.coreference import pronoun_mentions
from analysis.annotators.actors.gazetteer import NameMatch, name_matches
from analysis.annotators.actors.metonymy import stands_for_government
from analysis.annotators.actors.name_shapes import JUNIOR, MIDDLE_INITIAL, ends_an_organisation
from analysis.annotators.actors.surnames import Surnames
from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Document, Mention
from analysis.study.actors import Actors

_WORD_BEFORE = re.compile(r"([\w'-]+)[\s.]*$")
_TITLES = rf"(?:{alternation('titles', 'between_office_and_name')}\.? )*"
_APPOSITION = re.compile(rf",? ?(?:the )?{_TITLES}$")
_NAME_FOLLOWS = re.compile(rf" {_TITLES}(?=[A-Z])")
_NOT_THE_HOLDER_YET = re.compile(alternation("titles", "not_the_holder_yet"))
_SUFFIX = re.compile(rf" (?!{alternation('titles', 'not_part_of_a_name')})[A-Z][\w-]+")
_COMPOUND = re.compile(r"-[a-z]")


def find_mentions(document: Document, actors: Actors) -> list[Mention]:
    """Find the mentions of a study's actors.

    Parameters
    ----------
    document : Document
        Metonyms need its tokens, ambiguous names its entities; without them they are left out.
    actors : Actors

    Returns
    -------
    list of Mention
        In order, without overlap and without possessive endings. Undecided cases are left out: an office on an
        unknown date, "Georgia" without support from its context, a pronoun with two candidates.
    """
    finder = _Finder(document, actors)
    named = finder.without_appositions(finder.named())
    pronouns = pronoun_mentions(document, named, actors)
    return sorted([*named, *pronouns], key=lambda mention: mention.start)


class _Finder:
    """Decides from left to right what each name of a document means."""

    def __init__(self, document: Document, actors: Actors) -> None:
        self.document = document
        self.text = document.text
        self.actors = actors
        self.matches = name_matches(document, actors)
        self.day: date | None = document.published.date() if document.published else None
        self.entities = sorted(document.entities)
        self._entity_starts = [entity.start for entity in self.entities]
        self.surnames = Surnames(document, actors)
        self._unambiguous = {
            owner for match in self.matches if not match.name.ambiguous for owner in match.name.owners
        }

    def named(self) -> list[Mention]:
        """Mentions by name. Of overlapping names, the first and longest that is a mention is taken."""
        mentions: list[Mention] = []
        done = 0
        for match in self.matches:
            if match.start < done:
                continue
            if match.name.how in ("none", "affiliation"):
                if match.name.how == "none" or " " in match.name.surface:  # the Milli Majlis, not Iran's
                    done = match.end
                continue
            actor_id = self._decide(match)
            if actor_id is not None:
                side = self.actors[actor_id].side
                mentions.append(Mention(match.start, match.end, actor_id, side, match.name.how))
            if actor_id is not None or self._is_title(match):
                done = match.end
        return mentions

    def without_appositions(self, mentions: list[Mention]) -> list[Mention]:
        """Drop offices beside the name of their holder, as in "Iran's president, Ebrahim Raisi"."""
        kept = []
        for number, mention in enumerate(mentions):
            beside = (*mentions[max(0, number - 1) : number], *mentions[number + 1 : number + 2])
            doubled = mention.how == "role" and any(
                other.actor_id == mention.actor_id
                and other.how != "role"
                and self._is_apposed_to(mention, other)
                for other in beside
            )
            if not doubled:
                kept.append(mention)
        return kept

    def _is_apposed_to(self, one: Mention, other: Mention) -> bool:
        between = self.text[min(one.end, other.end) : max(one.start, other.start)]
        return len(between) < 40 and _APPOSITION.match(between) is not None

    def _decide(self, match: NameMatch) -> str | None:
        """Id of the actor that a name means, None if it means none or is undecided."""
        how = match.name.how
        if how == "role":
            return self._holder(match)
        if how == "metonym":
            return match.name.owners[0] if self._is_government(match) else None
        if how == "surname":
            return self._by_surname(match)
        actor = self.actors[match.name.owners[0]]
        if actor.kind == "person" and (self._is_junior(match) or self._is_somebody_else(match)):
            return None
        if actor.kind == "state" and ends_an_organisation(self.document, match.start, match.end):
            return None
        if match.name.ambiguous and not self._is_supported(match):
            return None
        if _COMPOUND.match(self.text, match.end) and match.name.surface.split()[-1].islower():
            return None  # "Russia's military-technical"
        return None if self._is_part_of_a_name(match) else actor.id

    def _is_government(self, match: NameMatch) -> bool:
        """Whether a capital stands for its government and is no part of another name ("Moscow, Idaho")."""
        if self._is_part_of_a_name(match) or self.surnames.follows_a_given_name(match):
            return False
        after = re.match(r", ([A-Z][\w.]*(?: [A-Z]\w+)?)", self.text[match.end : match.end + 40])
        country = self.actors[match.name.owners[0]]
        if after and any(after[1] == name or after[1].startswith(name + " ") for name in country.names):
            return False
        return stands_for_government(self.document, match.start, match.end)

    # -- offices

    def _holder(self, match: NameMatch) -> str | None:
        """Id of the person who holds an office on the day of the article."""
        before = self._word_before(match.start)
        if before in words("titles", "not_the_holder") or _NOT_THE_HOLDER_YET.match(self.text, match.end):
            return None
        if self._is_title(match):
            return None
        holders = self.actors.holders(match.name.title or "", self.day)
        return holders[0].id if len(holders) == 1 else None

    def _is_title(self, match: NameMatch) -> bool:
        """Whether an office is the title of a person named right after it; the mention is then the name."""
        follows = _NAME_FOLLOWS.match(self.text, match.end)
        if match.name.how != "role" or follows is None:
            return False
        return self.surnames.person_at(follows.end()) is not None or any(
            other.name.how in ("alias", "surname") and self.actors[other.name.owners[0]].kind == "person"
            for other in self._matches_at(follows.end())
        )

    def _by_surname(self, match: NameMatch) -> str | None:
        """Id of the bearer of a surname; after an office, nobody needs to be named in full before."""
        if self._is_part_of_a_name(match) or self._is_junior(match):
            return None
        after_office = (
            self._word_before(match.start) in words("titles", "offices") and len(match.name.owners) == 1
        )
        if after_office and self.surnames.is_unknown(match) and not self.surnames.follows_a_given_name(match):
            return match.name.owners[0]
        return self.surnames.owner(match)

    def _is_somebody_else(self, match: NameMatch) -> bool:
        return " " not in match.name.surface and self.surnames.is_somebody_else(match)

    def _is_junior(self, match: NameMatch) -> bool:
        """Whether the name of the child follows: "John Smith Jr". Some have both in full: "John A. Smith Jr"."""
        in_full = MIDDLE_INITIAL.search(match.name.surface)
        return not in_full and JUNIOR.match(self.text, match.end) is not None

    # -- names within names

    def _entity_around(self, match: NameMatch) -> tuple[int, int, str] | None:
        place = bisect_right(self._entity_starts, match.start) - 1
        if place >= 0 and self.entities[place].end > match.start:
            return self.entities[place]
        return None

    def _is_part_of_a_name(self, match: NameMatch) -> bool:
        """Whether a name is the beginning of a longer proper name: "Trump Tower", "Iran Freedom Act"."""
        entity = self._entity_around(match)
        if " " in match.name.surface or entity is None or entity[1] <= match.end:
            return False
        if entity[2] not in ("ORG", "FAC", "PERSON"):
            return False
        rest = self.text[match.end : entity[1]]
        if not _SUFFIX.match(rest) or self.text[entity[0] : entity[1]].isupper():
            return False
        another = any(other.name.how != "none" for other in self._matches_at(match.end + 1))
        return not another and rest.split()[0].casefold() not in words("titles", "offices")

    def _matches_at(self, start: int) -> list[NameMatch]:
        place = bisect_left(self.matches, (start,))
        return [match for match in self.matches[place : place + 4] if match.start == start]

    def _is_supported(self, match: NameMatch) -> bool:
        """Whether an ambiguous name is an entity of the right type and, for a state, other names support it."""
        actor = self.actors[match.name.owners[0]]
        wanted = {"person": ("PERSON",), "state": ("GPE",)}.get(actor.kind, ("ORG", "PERSON", "GPE", "FAC"))
        entity = self._entity_around(match)
        if entity is None or entity[2] not in wanted or entity[0] < match.start - 4:
            return False
        return actor.kind != "state" or self._is_country(match, actor.id)

    def _is_country(self, match: NameMatch, actor_id: str) -> bool:
        """Whether the state has another, unambiguous name in the text, or the sentence names another state."""
        sentence = self.document.sentences[self.document.sentence_at(match.start)]
        first, last = (bisect_left(self.matches, (edge,)) for edge in sentence)
        return actor_id in self._unambiguous or any(
            other.name.how == "alias"
            and not other.name.ambiguous
            and self.actors[other.name.owners[0]].kind == "state"
            for other in self.matches[first:last]
        )

    def _word_before(self, start: int) -> str:
        found = _WORD_BEFORE.search(self.text, max(0, start - 25), start)
        return found[1].casefold() if found else ""
