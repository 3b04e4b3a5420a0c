"""Speaker resolution: the actor, person or at least the side that the source of each quote refers to."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import Protocol

from analysis.annotators.actors.affiliation import OTHER, Affiliations, sides_of_people
from analysis.annotators.actors.coreference import gender, is_subject, resolve_pronoun
from analysis.annotators.actors.offices import home_institution, office_holder
from analysis.annotators.actors.people import Person, PersonMention, find_people, listed_person
from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Document, Mention, Span, Speaker, Token
from analysis.annotators.parsing.quotation_marks import quotations
from analysis.annotators.parsing.token_index import token_index
from analysis.annotators.speakers.history import NOBODY, QuoteHistory, ResolvedQuote
from analysis.annotators.speakers.source_phrases import SourcePhrases, refers_to_a_text, within
from analysis.schemas import UNATTRIBUTED
from analysis.study.actors import Actors

_REACH = 4  # sentences or quotes in which a pronoun finds its antecedent
_OWNER = re.compile(r"([A-Z][\w-]+(?: [A-Z][\w-]+)?)['’]s ")
_FIRST_PERSON_OWNER = re.compile(rf"{alternation('pronouns', 'first_person_owners')} ", re.IGNORECASE)
_THIRD_PERSON_OWNER = re.compile(rf"{alternation('pronouns', 'owners')} ", re.IGNORECASE)
_DEFINITE = re.compile(rf"{alternation('sources', 'definite')} ", re.IGNORECASE)
_SINGLE = re.compile(rf"{alternation('sources', 'single')}\b", re.IGNORECASE)
_RECENT = 200  # mentions of people to which a title or a surname can refer back


class Quoted(Protocol):
    """A quote: anything with spans of content, source and cue."""

    @property
    def spans(self) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
        """Content, source and cue."""


def resolve_speakers(
    document: Document, quotes: Sequence[Quoted], mentions: Sequence[Mention], actors: Actors
) -> list[Speaker]:
    """Resolve the speaker of each quote.

    A source may name an actor of the study or another person of the article. A pronoun is resolved to a person
    before it. A definite description ("the president", "the official") is resolved to the only person before it who
    fits. For other descriptions ("an Iranian diplomat") only the side is resolved. A quote without source has the
    speaker of the quote before it, if both stand in one sentence or in one unbroken paragraph of speech.

    Parameters
    ----------
    document : Document
    quotes : sequence of Quoted
    mentions : sequence of Mention
        As `analysis.annotators.actors.mentions.find_mentions` returns them.
    actors : Actors

    Returns
    -------
    list of Speaker
        One for each quote, in the order given. `actor_id` is None if the source is no actor of the study or is
        undecided. `name` is the name of the actor or person, otherwise the words of the source. `side` is
        'unattributed' if it is not known.
    """
    resolver = _Resolver(document, mentions, actors)
    speakers = [NOBODY] * len(quotes)
    for number in sorted(range(len(quotes)), key=lambda number: _position(quotes[number])):
        speakers[number] = resolver.resolve(quotes[number])
    return speakers


def _position(quote: Quoted) -> tuple[int, int]:
    content, source, cue = quote.spans
    return min(span.start for span in (*content, *source, *cue)), content[0].start


class _Resolver:
    """Resolves the quotes of one document in the order of the text."""

    def __init__(self, document: Document, mentions: Sequence[Mention], actors: Actors) -> None:
        self.document = document
        self.text = document.text
        self.actors = actors
        self.mentions = [mention for mention in mentions if mention.how != "pronoun"]
        self.affiliations = Affiliations(document, actors)
        self.quotations = quotations(document)
        self.sources = SourcePhrases(document)
        self.people = find_people(document, mentions, actors)
        self.subjects = {mention.start for mention in self.people if is_subject(document, mention)}
        self.sides = sides_of_people(document, self.people, self.affiliations)
        self.history = QuoteHistory()
        self.content: tuple[Span, ...] = ()  # of the current quote

    def resolve(self, quote: Quoted) -> Speaker:
        """Resolve the next quote and add it to the history."""
        content, source, cue = quote.spans
        self.content = content
        speaker = self._of_sources(source) if source else self._continued(content, cue)
        self.history.add(quote.spans, speaker)
        return speaker

    # -- sources

    def _of_sources(self, source: tuple[Span, ...]) -> Speaker:
        """The speaker of a source; if it has several spans, the last one with a name decides."""
        named = (self._named(span) for span in reversed(source)) if len(source) > 1 else ()
        return next((speaker for speaker in named if speaker), None) or self._of_source(source[0])

    def _of_source(self, span: Span) -> Speaker:
        """The speaker of a source of one span: a pronoun, a name or a description."""
        tokens = re.findall(r"[\w.'’&-]*\w[\w.'’&-]*", self.text[span.start : span.end].casefold())
        if not tokens:
            return NOBODY
        pronoun = tokens[0] if len(tokens) == 1 else ""
        if gender(pronoun):
            return self._of_pronoun(span, pronoun)
        if pronoun in words("pronouns", "organisation"):
            return self.history.last_organisation(self.actors)
        if pronoun in words("pronouns", "group"):
            return self._group_before(span)
        if self.sources.is_part_of_a_group(span) and self.affiliations.side(*span) is None:
            return self._group_before(span)
        if pronoun in words("pronouns", "first_person"):
            return self.history.speaker_around(span)
        if pronoun in words("sources", "relative"):
            span = self.sources.before_relative(span)
        return self._named(span) or self._described(span)

    def _named(self, span: Span) -> Speaker | None:
        """The actor or person whose name is the head of the source; several joined names have only a side."""
        mentions = within(self.mentions, span)
        names = self.sources.head(span, within(self.people, span), mentions)
        if len(names) > 1:
            sides = {mention.side for mention in mentions}
            joint = sides.pop() if len(sides) == 1 else OTHER if sides else self.affiliations.side(*span)
            phrase = " ".join(self.text[span.start : span.end].split())
            return Speaker(None, _name(phrase), self.affiliations.known(joint) or UNATTRIBUTED)
        for name in names:
            return (
                self._person(name.person, span)
                if isinstance(name, PersonMention)
                else self._actor(name.actor_id)
            )
        return None

    # -- pronouns and definite descriptions

    def _of_pronoun(self, span: Span, pronoun: str) -> Speaker:
        """The person that "he" or "she" refers to; later pronouns can refer to them by this place."""
        place = self.quotations.at(span.start)
        here, quoted = (self.document.sentence_at(at) for at in (span.start, self.content[0].start))
        found = resolve_pronoun(
            self.document,
            self.people,
            span.start,
            pronoun,
            reach=_REACH + max(0, here - quoted),  # sentences of the quote before "he said" do not count
            usable=lambda mention: self.quotations.at(mention.start) == place,
            subjects=self.subjects,
        )
        person = found or self._last_person(pronoun)
        if person is None:
            return NOBODY
        self._add(span, person)
        return self._person(person)

    def _last_person(self, pronoun: str) -> Person | None:
        """The last speaker to whom the pronoun can refer."""
        for quote in reversed(self.history.quotes[-_REACH:]):
            for mention in reversed(within(self.people, quote.source)) if quote.source else ():
                if mention.person.pronoun in (gender(pronoun), None):
                    return mention.person
        return None

    def _group_before(self, span: Span) -> Speaker:
        """The group that "they" refers to: the last speaker ("officials said ... they added") or a subject before."""
        together = self.text[span.start : span.end].casefold() in words("pronouns", "pairs")
        if self.history.quotes and not together:
            last = self.history.quotes[-1]
            by_name = last.source is not None and any(
                mention.person.name == last.speaker.name and mention.person.name[:1].isupper()
                for mention in within(self.people, last.source)
            )
            if last.speaker.actor_id is None and not by_name and self._same_paragraph(last, span.start):
                return last.speaker
        group = None if together else self.sources.group_before(span)
        if group is None and (one := self.sources.one_before(span, self.people, self.subjects)):
            return self._person(one)
        group = group or span
        side = self.affiliations.side(*group, local=True)
        return Speaker(None, _name(self.sources.phrase(group)), side or UNATTRIBUTED)

    def _described(self, span: Span) -> Speaker:
        """The speaker of a description: somebody described before, the holder of an office, or somebody new."""
        phrase = self.sources.phrase(span)
        definite = _DEFINITE.match(phrase)
        if definite and (known := self.history.described_before(phrase)):
            return known
        if refers_to_a_text(phrase):
            if known := self.history.last_text():
                return known
            if self.sources.joint_text_before(span):
                return Speaker(None, _name(phrase), self.affiliations.known(OTHER) or UNATTRIBUTED)
        before = within(self.people, Span(0, span.start))[-_RECENT:]
        holder = None
        if definite:
            office = phrase[definite.end() :]
            holder = office_holder(self.document, self.actors, office, before) or home_institution(
                self.document, self.actors, office, self.affiliations.home
            )
        if holder is None:
            return self._introduce(span, phrase)
        if self.actors[holder].kind == "person":
            self._add(span, listed_person(self.actors, holder))
        return self._actor(holder)

    def _introduce(self, span: Span, phrase: str) -> Speaker:
        """Somebody new; later pronouns can refer to a single person."""
        side = (
            self.affiliations.side(*span)
            or self._owner_side(span)
            or self.affiliations.side(*span, local=True)
        )
        person = Person(None, phrase, None)
        if self.sources.is_proper(span):  # a name that is no entity
            person = self._named_before(phrase) or person
            self._add(span, person)
            return self._person(person, span)
        speaker = Speaker(None, _name(phrase), side or UNATTRIBUTED)
        if _SINGLE.match(phrase):
            self.sides.setdefault(person.name, speaker.side)
            self._add(span, person)
        return speaker

    def _named_before(self, phrase: str) -> Person | None:
        """The last person with this surname who is not listed."""
        bearers = (
            mention.person
            for mention in reversed(self.people[-_RECENT:])
            if mention.person.actor_id is None and mention.person.name.split()[-1] == phrase.split()[-1]
        )
        return next(bearers, None) if len(phrase.split()) <= 2 else None

    def _add(self, span: Span, person: Person) -> None:
        """Add a mention of a person, to which later pronouns can refer, in place of descriptions in the same span."""
        first, last = (bisect_left(self.people, edge, key=lambda mention: mention.start) for edge in span)
        self.people[first:last] = [
            mention for mention in self.people[first:last] if mention.person.name[:1].isupper()
        ]
        mention = PersonMention(span.start, span.end, person)
        insort(self.people, mention, key=lambda mention: mention.start)
        if is_subject(self.document, mention):
            self.subjects.add(mention.start)

    def _owner_side(self, span: Span) -> str | None:
        """The side of the owner in "its officials", "my son", "Orlov's nephew"."""
        phrase = self.text[span.start : span.end]
        if (named := _OWNER.match(phrase)) and (person := self._named_before(named[1])):
            return self.affiliations.known(self._person(person).side)
        if _FIRST_PERSON_OWNER.match(phrase):
            return self.affiliations.known(self.history.speaker_around(span).side)
        if not _THIRD_PERSON_OWNER.match(phrase):
            return None
        before = within(self.mentions, Span(0, span.start))[-1:]
        if self.history.quotes and self._same_paragraph(self.history.quotes[-1], span.start):
            return self.history.quotes[-1].speaker.side
        return before[0].side if before and self._same_paragraph(before[0], span.start) else None

    # -- quotes without source

    def _continued(self, content: tuple[Span, ...], cue: tuple[Span, ...]) -> Speaker:
        """The speaker of a quote without source: the one before, if the quote clearly continues theirs."""
        if not self.history.quotes:
            return NOBODY
        last = self.history.quotes[-1]
        start = min(span.start for span in (*content, *cue))
        if last.speaker == NOBODY or not self._same_paragraph(last, start) or start < last.start:
            return NOBODY
        between = self.text[last.end : start]
        if any(token.dep == "auxpass" for span in cue for token in self._tokens(span)):
            return NOBODY  # "is widely thought to"
        same_sentence = self.document.sentence_at(start) == self.document.sentence_at(last.cue_end)
        if cue and same_sentence and not self._anybody(last.end, start):
            return last.speaker
        speech = self.quotations.at(content[0].start) is not None
        return last.speaker if speech and not re.search(r"\w", between) else NOBODY

    def _tokens(self, span: Span) -> Iterator[Token]:
        numbers = (token_index(self.document).by_start.get(offset) for offset in range(*span))
        return (self.document.tokens[number] for number in numbers if number is not None)

    def _anybody(self, start: int, end: int) -> bool:
        gap = Span(start, max(start, end))
        return bool(within(self.mentions, gap) or within(self.people, gap))

    # -- building blocks

    def _person(self, person: Person, span: Span | None = None) -> Speaker:
        """A person as speaker; if nothing tells their side, it is that of the dateline."""
        if person.actor_id is not None:
            return self._actor(person.actor_id)
        if span is not None and (side := self.affiliations.side(*span, local=True)):
            self.sides[person.name] = side
        home = self.affiliations.home.side if self.affiliations.home else None
        return Speaker(None, person.name, self.sides.get(person.name) or home or UNATTRIBUTED)

    def _actor(self, actor_id: str) -> Speaker:
        actor = self.actors[actor_id]
        return Speaker(actor.id, actor.name, actor.side)

    def _same_paragraph(self, last: ResolvedQuote | Mention, start: int) -> bool:
        return "\n" not in self.text[last.end : start].strip(" ")


def _name(phrase: str) -> str | None:
    """The name of an unlisted speaker: their description, None for an unresolved pronoun."""
    return None if phrase.casefold() in words("pronouns", "no_names") else phrase or None
