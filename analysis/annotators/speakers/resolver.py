"""Speaker resolution: the actor, person or at least the side that the source of each quote refers to."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from analysis.annotators.actors.affiliation import (
    Affiliation,
    Affiliations,
    descriptions,
    private_people,
    sides_of_people,
)
from analysis.annotators.actors.coreference import gender, is_subject, resolve_pronoun
from analysis.annotators.actors.given_names import pronoun_of
from analysis.annotators.actors.name_shapes import follows_an_attitude
from analysis.annotators.actors.offices import home_institution, office_holder
from analysis.annotators.actors.people import Person, PersonMention, find_people, is_human, listed_person
from analysis.annotators.actors.world_actors import ARTICLE, TURN, WorldActor, WorldActors
from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Document, Mention, Span, Speaker, Token, in_spans
from analysis.annotators.parsing.quotation_marks import quotations
from analysis.annotators.parsing.token_index import token_index
from analysis.annotators.speakers.history import NOBODY, QuoteHistory, ResolvedQuote
from analysis.annotators.speakers.source_phrases import SourcePhrases, is_a_text, refers_to_a_text, within
from analysis.schemas import UNATTRIBUTED
from analysis.study.actors import MEDIA, OTHER, Actors

_REACH = 4  # sentences or quotes in which a pronoun finds its antecedent
_OWNER = re.compile(r"([A-Z][\w-]+(?: [A-Z][\w-]+)?)['’]s ")
_FIRST_PERSON_OWNER = re.compile(rf"{alternation('pronouns', 'first_person_owners')} ", re.IGNORECASE)
_THIRD_PERSON_OWNER = re.compile(rf"{alternation('pronouns', 'owners')} ", re.IGNORECASE)
_DEFINITE = re.compile(rf"{alternation('sources', 'definite')} ", re.IGNORECASE)
_ANAPHORIC = re.compile(rf"{alternation('sources', 'anaphoric')} ", re.IGNORECASE)
_THE_COUNTRY = re.compile(rf"the (?:[\w-]+ )?{alternation('sources', 'countries')}\b", re.IGNORECASE)
_ORGANISATION = re.compile(
    rf"the (?:(?-i:[a-z][\w-]*) )?{alternation('sources', 'organisations')}"
    rf"(?:['’]s? {alternation('sources', 'texts_of_somebody')})?",
    re.IGNORECASE,
)
_MEDIUM = re.compile(rf"the {alternation('sources', 'media_again')}", re.IGNORECASE)
_OFFICIALS_AGAIN = re.compile(
    rf"(?:{alternation('sources', 'some_again')} )*(?P<noun>{alternation('sources', 'officials')})",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    rf"(?:(?:the|a|an|its|some|several|local|senior) )*(?:[\w-]+ )?{alternation('sources', 'offices_of_a_state')}",
    re.IGNORECASE,
)
_WORKS_FOR = re.compile(rf"\b{alternation('sources', 'works_for')}\b", re.IGNORECASE)
_AGE = re.compile(r", ?\d\d")  # given of people who hold no office
_PART_OF_A_NAME = re.compile(r" [A-Z]")
_SPOKESPERSON_OF_A_NAME = re.compile(
    rf"[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)* {alternation('sources', 'spokespeople')}\b"
    rf"|{alternation('sources', 'spokespeople')} (?:for|of) (?:the )?[A-Z]"
)
_TEXT_OF_SOMEBODY = re.compile(rf"(?i:the|its|his|her|their) {alternation('sources', 'texts_of_somebody')}")
_SINGLE = re.compile(rf"{alternation('sources', 'single')}\b", re.IGNORECASE)
_VAGUE = re.compile(
    rf"(?:{alternation('sources', 'vague_modifiers')} )*{alternation('sources', 'vague')}"
    rf"(?:$| {alternation('sources', 'after_a_noun')} )",
    re.IGNORECASE,
)
_SOMEBODY_ELSE = re.compile(rf"\b{alternation('sources', 'somebody_else')}\b", re.IGNORECASE)
_BARE_SPOKESPERSON = re.compile(
    rf"(?!{alternation('pronouns', 'owners_of_people')} )(?:{alternation('sources', 'determiners')} )?"
    rf"(?:[a-z]+ )?{alternation('sources', 'spokespeople')}",
    re.IGNORECASE,
)
_CAPTION = re.compile(alternation("sources", "captions"))
_SIGNATORIES = re.compile(rf"(?:the|both) {alternation('sources', 'signatories')}", re.IGNORECASE)
_AND = re.compile(r"(?:['’]s)? and (?:the )?")
_JOINED_REACH = 10  # characters within which a joined name begins
_SURNAME = re.compile(r"[A-Z][a-z]\w+")
_LEAD_REACH = 6  # quotes within which a speaker who is described in the lead is named
_TITLE_REACH = 20  # characters between a title and a name: "Secretary of State Smith"
_SPOKEN_PARAGRAPH = 8  # words of a paragraph of direct speech that is no heading
_BREAK = re.compile(r"\n\s*")
_WORD = re.compile(r"\w")
_RECENT = 200  # mentions of people to which a title or a surname can refer back


class Quoted(Protocol):
    """A quote: anything with spans of content, source and cue."""

    @property
    def spans(self) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
        """Content, source and cue."""


def resolve_speakers(
    document: Document,
    quotes: Sequence[Quoted],
    mentions: Sequence[Mention],
    actors: Actors,
    world: WorldActors | None = None,
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
    world : WorldActors, optional
        Office holders and institutions that the study does not list.

    Returns
    -------
    list of Speaker
        One for each quote, in the order given. `actor_id` is None if the source is no actor of the study or is
        undecided. `name` is the name of the actor or person, otherwise the words of the source. `side` is
        'unattributed' if it is not known. `rule` is one of `analysis.schemas.SPEAKER_RULES`, None without a side.
    """
    resolver = _Resolver(document, mentions, actors, world)
    speakers = [NOBODY] * len(quotes)
    order = sorted(range(len(quotes)), key=lambda number: _position(quotes[number]))
    for number in order:
        speakers[number] = resolver.resolve(quotes[number])
    if named := resolver.named_after_the_lead():
        speakers = [named[1] if speaker.name == named[0] else speaker for speaker in speakers]
    return speakers


def _position(quote: Quoted) -> tuple[int, int]:
    content, source, cue = quote.spans
    return min(span.start for span in (*content, *source, *cue)), content[0].start


class _Resolver:
    """Resolves the quotes of one document in the order of the text."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        actors: Actors,
        world: WorldActors | None,
    ) -> None:
        self.document = document
        self.text = document.text
        self.actors = actors
        self.mentions = [
            mention
            for mention in mentions
            if mention.how != "pronoun" and not follows_an_attitude(self.text, mention.start)
        ]
        self.world = world
        self.affiliations = Affiliations(document, actors, world)
        self.quotations = quotations(document)
        self.sources = SourcePhrases(document)
        self.people = find_people(document, mentions, actors)
        self.subjects = {mention.start for mention in self.people if is_subject(document, mention)}
        self.sides = sides_of_people(document, self.people, self.affiliations)
        self.private = private_people(document, self.people)
        self.named = self._named_bodies()
        self.bodies = [name for name in self.named if is_subject(document, name)]
        self.institutions = [name for name in self.named if not self._is_state(name)]
        self.history = QuoteHistory()
        self.guessed: dict[str, Speaker] = {}  # by name, those on the side of the last speaker
        self.content: tuple[Span, ...] = ()  # of the current quote

    def _named_bodies(self) -> list[Mention | Affiliation]:
        """States and institutions, in order."""
        mentions = [mention for mention in self.mentions if self.actors[mention.actor_id].kind != "person"]
        taken = {offset for mention in mentions for offset in range(mention.start, mention.end)}
        others = (
            name for name in self.affiliations.of_the_world if taken.isdisjoint((name.start, name.end - 1))
        )
        return sorted([*mentions, *others], key=lambda name: name.start)

    def _is_state(self, name: Mention | Affiliation) -> bool:
        if isinstance(name, Mention):
            return self.actors[name.actor_id].kind == "state"
        return name.is_state

    def resolve(self, quote: Quoted) -> Speaker:
        """Resolve the next quote and add it to the history."""
        content, source, cue = quote.spans
        self.content = content
        if not source:
            speaker = self._continued(content, cue)
        else:
            speaker = self._of_sources(source)
            if speaker.side == UNATTRIBUTED and self._refers_back(source[0], speaker):
                speaker = self._like_the_last_speaker(speaker)
        self.history.add(quote.spans, speaker)
        return speaker

    def _refers_back(self, span: Span, speaker: Speaker) -> bool:
        """Whether a source refers back ("he", "it", "the report") or names an office without a country ("the envoy").

        "She" does not if nobody was found whom it means: that woman is none of the speakers so far.
        """
        source = self.text[span.start : span.end]
        if gender(source):
            return speaker.name is not None
        if source.casefold() in words("pronouns", "organisation"):
            return True
        phrase = self.sources.phrase(span)
        if not (_DEFINITE.match(phrase) or self.sources.is_proper(span)):
            return False
        names = [word.strip(".").casefold() for word in phrase.split()]
        return is_a_text(names[-1]) or not words("titles", "offices", "short_offices").isdisjoint(names)

    def _like_the_last_speaker(self, unknown: Speaker) -> Speaker:
        """Put a speaker whom nothing places on the side of the last speaker, if the article is about that side."""
        if unknown.name in self.guessed:
            return self.guessed[unknown.name]
        sides = (quote.speaker.side for quote in reversed(self.history.quotes))
        side = next((side for side in sides if side != UNATTRIBUTED), None)
        subject = self.world.subject_side if self.world else None
        if side is None or side not in (subject, self.affiliations.most_named):
            return unknown
        speaker = self._on_side(unknown.name, side, "last_speaker")
        if unknown.name:
            self.guessed[unknown.name] = speaker
        return speaker

    def named_after_the_lead(self) -> tuple[str, Speaker] | None:
        """The words that describe the first speaker, if they tell no side, and the first speaker who has a name.

        News tells first who has spoken, "the head of the harbour police", and names them in the next paragraphs.
        """
        first = next(iter(self.history.quotes), None)
        if first is None or first.source is None or first.speaker.side != UNATTRIBUTED:
            return None
        phrase = self.sources.phrase(first.source)
        is_lead = "\n" not in self.text[: first.source.start].strip()
        if not (is_lead and _DEFINITE.match(phrase) and any(map(is_human, phrase.split()))):
            return None
        named = (quote.speaker for quote in self.history.quotes[:_LEAD_REACH] if self._is_a_name(quote))
        speaker = next(named, None)
        return (phrase, speaker) if speaker and speaker.side != UNATTRIBUTED else None

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
            return self._organisation_before(span)
        if pronoun in words("pronouns", "group"):
            return self._group_before(span)
        if self.sources.is_part_of_a_group(span) and self.affiliations.side(*span) is None:
            return self._group_before(span)
        if pronoun in words("pronouns", "first_person"):
            return self._first_person(span)
        if pronoun in words("sources", "relative"):
            span = self.sources.before_relative(span)
        if self.world and _SIGNATORIES.fullmatch(self.text, *span) and (ours := self.world.first_person()):
            return _in_the_world(ours)  # a ministry reports what its minister and a guest said together
        speaker = self._named(span) or self._described(span)
        if speaker.side == UNATTRIBUTED and self.text[span.end : span.end + 1] == ":":
            return self._labelled(self.text[span.start : span.end]) or speaker
        return speaker

    def _labelled(self, label: str) -> Speaker | None:
        """Whom the label of a turn names: a person of the article, somebody of a ministry, or the host."""
        if label.isupper() and (person := self._person_in_capitals(label)):
            speaker = self._person(person)
            if speaker.side != UNATTRIBUTED:
                return speaker
        if self.world and (known := self.world.label(label)):
            return Speaker(None, _name(label), known.side, known.rule, known.source)
        is_host = label.isupper() and self._is_first_of_several_turns(label)
        return self._on_side(label, self.affiliations.known(MEDIA), "turn") if is_host else None

    def _person_in_capitals(self, label: str) -> Person | None:
        """The person whose name, or the end of whose name, a label has in capitals."""
        name = label.casefold().split()
        people = (mention.person for mention in self.people if not mention.person.name.isupper())
        return next((one for one in people if one.name.casefold().split()[-len(name) :] == name), None)

    def _is_first_of_several_turns(self, label: str) -> bool:
        """Whether a label begins the first turn of a transcript, and a later one."""
        turns = [turn[1] for turn in TURN.finditer(self.text)]
        return turns[:1] == [label] and label in turns[1:]

    def _named(self, span: Span) -> Speaker | None:
        """The actor or person whose name is the head of the source; several joined names have only a side."""
        names = self.sources.head(span, within(self.people, span), within(self.mentions, span))
        if len(names) == 1:
            return self._of_name(names[0], span)
        alone = self._joined(span, [self._of_name(name) for name in names]) if names else None
        if alone is None or alone.side != UNATTRIBUTED:
            return alone
        return self._joined(span, [self._of_name(name, span) for name in names])

    def _of_name(self, name: PersonMention | Mention, span: Span | None = None) -> Speaker:
        return (
            self._person(name.person, span) if isinstance(name, PersonMention) else self._actor(name.actor_id)
        )

    def _joined(self, span: Span, speakers: Sequence[Speaker]) -> Speaker:
        """Several names that are joined have the side of the first whose side is known, as readers code them."""
        phrase = " ".join(self.text[span.start : span.end].split())
        sides = [speaker.side for speaker in speakers if speaker.side != UNATTRIBUTED]
        return self._on_side(_name(phrase), sides[0] if sides else None, "joint")

    # -- pronouns and definite descriptions

    def _first_person(self, span: Span) -> Speaker:
        """Whoever speaks the quote around "we"; without one, the ministry or agency whose text it is."""
        around = self.history.speaker_around(span)
        if around != NOBODY or self.world is None or self.quotations.at(span.start) is not None:
            return around
        publisher = self.world.first_person()
        return _in_the_world(publisher) if publisher else NOBODY

    def _of_pronoun(self, span: Span, pronoun: str) -> Speaker:
        """The person that "he" or "she" refers to; later pronouns can refer to them by this place."""
        if speaking := self._speaking_on(span, pronoun):
            self._add(span, speaking)
            return self._person(speaking)
        place = self.quotations.at(span.start)
        here, quoted = (self.document.sentence_at(at) for at in (span.start, self.content[0].start))
        around = self._speaking_around(span)

        def find(usable: Callable[[PersonMention], bool]) -> Person | None:
            return resolve_pronoun(
                self.document,
                self.people,
                span.start,
                pronoun,
                reach=_REACH + max(0, here - quoted),  # sentences of the quote before "he said" do not count
                usable=lambda mention: not self._is_aside(mention.start) and usable(mention),
                subjects=self.subjects,
            )

        found = find(lambda mention: self.quotations.at(mention.start) == place)
        if found is None and around:  # in direct speech, "he" is somebody named before it
            found = find(lambda mention: mention.person not in around)
        person = found or self._last_person(pronoun, around)
        if person is None:
            return NOBODY
        self._add(span, person)
        return self._person(person)

    def _organisation_before(self, span: Span) -> Speaker:
        """The state or institution that "it" refers to: it spoke last, or it is whoever spoke in this paragraph."""
        if self._is_expletive(span):
            return NOBODY
        if body := self._body_before(span, sentences=0):
            return body
        known = self.history.last_organisation(self.actors)
        last = self.history.last
        if known != NOBODY or last is None or last.source is None or not last.speaker.name:
            return known if known != NOBODY else self._body_before(span, sentences=1) or NOBODY
        is_person = any(
            mention.person.has_name or any(map(is_human, mention.person.name.split()))
            for mention in within(self.people, last.source)
        )
        if self._same_paragraph(last, span.start) and not is_person:
            return last.speaker
        return self._body_before(span, sentences=1) or NOBODY

    def _is_expletive(self, span: Span) -> bool:
        """Whether "it" stands for nobody: "it seems that"."""
        token = token_index(self.document).at(span.start)
        verb = self.document.tokens[token.head].lemma.casefold() if token else ""
        return verb in words("pronouns", "expletive_verbs")

    def _is_organisation(self, speaker: Speaker) -> bool:
        """Whether a speaker is an institution or another organisation, by its kind in the study or by its words."""
        if speaker.actor_id is not None:
            return self.actors[speaker.actor_id].kind not in ("person", "state")
        return speaker.name is not None and _ORGANISATION.fullmatch(speaker.name) is not None

    def _is_aside(self, offset: int) -> bool:
        """Whether a place is in a line of capitals or in the caption of a picture, which a pronoun passes over."""
        start = self.text.rfind("\n", 0, offset) + 1
        line = self.text[start : (self.text.find("\n", offset) + 1 or len(self.text) + 1) - 1]
        return line.isupper() or _CAPTION.match(line) is not None

    def _speaking_on(self, span: Span, pronoun: str) -> Person | None:
        """Whoever spoke last, if nobody else whom the pronoun can mean is the subject of a clause since."""
        last = self.history.last_outside(span.start)
        if last is None or last.source is None or not self._is_near(last, span):
            return None
        if self.quotations.at(span.start) is not None and in_spans(span.start, last.content):
            return None  # who speaks says "I"
        fits = (gender(pronoun), None)
        speaking = [mention.person for mention in within(self.people, last.source)]
        if not speaking or speaking[0].pronoun not in fits:
            return None
        since = within(self.people, Span(last.end, max(last.end, span.start)))
        others = (
            mention.person
            for mention in since
            if mention.start in self.subjects
            and mention.person.pronoun in fits
            and not in_spans(mention.start, self.content)
        )
        return None if any(other != speaking[0] for other in others) else speaking[0]

    def _speaking_around(self, span: Span) -> set[Person]:
        """Who speaks the direct speech around a span, and so says "I"."""
        if self.quotations.at(span.start) is None:
            return set()
        return {
            mention.person
            for quote in self.history.quotes[-_REACH:]
            if quote.source and in_spans(span.start, quote.content)
            for mention in within(self.people, quote.source)
        }

    def _last_person(self, pronoun: str, speaking: Collection[Person]) -> Person | None:
        """The last speaker to whom the pronoun can refer."""
        for quote in reversed(self.history.quotes[-_REACH:]):
            for mention in reversed(within(self.people, quote.source)) if quote.source else ():
                if mention.person.pronoun in (gender(pronoun), None) and mention.person not in speaking:
                    return mention.person
        return None

    def _group_before(self, span: Span) -> Speaker:
        """The group that "they" refers to: a subject before it, or who spoke last ("officials said, they added")."""
        pronoun = self.text[span.start : span.end].casefold()
        if pronoun in words("pronouns", "pairs"):
            return self._pair_before(span)
        last = self.history.last
        they = pronoun in words("pronouns", "they")
        if they and (body := self._body_before(span, sentences=0, plural=True)):
            return body
        if last and not self._is_a_name(last) and self._same_paragraph(last, span.start):
            return last.speaker
        group = self.sources.group_before(span)
        if group is None and they and (body := self._body_before(span, sentences=_REACH, plural=True)):
            return body
        if group is None and (one := self.sources.one_before(span, self.people, self.subjects)):
            return self._person(one)
        if group is None and last and self._is_near(last, span) and not self._is_a_person(last):
            return last.speaker
        group = group or span
        side = self.affiliations.side(*group, local=True, named=False)
        return self._described_as(group, self.sources.phrase(group), side, "group")

    def _pair_before(self, span: Span) -> Speaker:
        """The last two names that "and" joins before "both": the side of the two if it is one, else `other`."""
        place = Span(self._paragraph_before(span), span.start)
        people = [mention for mention in within(self.people, place) if mention.person.has_name]
        names = sorted([*people, *within(self.named, place)], key=lambda name: name.start)
        for one, other in reversed(list(pairwise(names))):
            if _AND.fullmatch(self.text, one.end, other.start):
                found = {self._of_name_or_body(name).side for name in (one, other)}
                side = found.pop() if len(found) == 1 else OTHER
                return self._on_side(self.text[one.start : other.end], self.affiliations.known(side), "joint")
        return NOBODY

    def _of_name_or_body(self, name: PersonMention | Mention | Affiliation) -> Speaker:
        return self._person(name.person) if isinstance(name, PersonMention) else self._body(name)

    def _body_before(self, span: Span, *, sentences: int, plural: bool = False) -> Speaker | None:
        """The state or institution that was the subject last, in the sentence or in the same paragraph before it."""
        place = self.quotations.at(span.start)
        number = self.document.sentence_at(span.start)
        paragraph = self.text.rfind("\n", 0, span.start)
        for before in range(number, max(-1, number - sentences - 1), -1):
            start, end = self.document.sentences[before]
            here = Span(max(start, paragraph), min(end, span.start))
            for name in reversed(within(self.bodies, here)):
                spoken_of = in_spans(name.start, self.content)  # "Most Swedes, they say, are ..."
                if self.quotations.at(name.start) == place and not spoken_of:
                    return self._bodies(name) if plural else self._body(name)
        return None

    def _body(self, name: Mention | Affiliation) -> Speaker:
        if isinstance(name, Mention):
            return self._actor(name.actor_id)
        return self._on_side(self.text[name.start : name.end], name.side, "group")

    def _bodies(self, name: Mention | Affiliation) -> Speaker:
        """A state or institution together with the one that is joined to it, for "they"."""
        after = within(self.named, Span(name.end, name.end + _JOINED_REACH))
        if not after or not _AND.fullmatch(self.text, name.end, after[0].start):
            return self._body(name)
        return self._on_side(self.text[name.start : after[0].end], name.side, "joint")

    def _is_near(self, last: ResolvedQuote, span: Span) -> bool:
        """Whether at most one paragraph begins between a quote and a span."""
        return self.text.count("\n\n", last.end, span.start) <= 1

    def _is_a_person(self, quote: ResolvedQuote) -> bool:
        """Whether a quote's speaker is a single person."""
        return quote.source is not None and len(within(self.people, quote.source)) == 1

    def _is_a_name(self, quote: ResolvedQuote) -> bool:
        """Whether a quote's speaker is an actor of the study, or a person whose name is the source."""
        if quote.speaker.actor_id is not None:
            return True
        return quote.source is not None and any(
            mention.person.name == quote.speaker.name and mention.person.has_name
            for mention in within(self.people, quote.source)
        )

    def _described(self, span: Span) -> Speaker:
        """The speaker of a description: somebody described before, the holder of an office, or somebody new."""
        span = self.sources.spelt_out(span) or span
        phrase = self.sources.phrase(span)
        if known := self._taken_up(span, phrase):
            return known
        holder = self._holder(span, phrase)
        if holder is None:
            return self._introduce(span, phrase)
        if self.actors[holder].kind == "person":
            self._add(span, listed_person(self.actors, holder))
        return self._actor(holder)

    def _taken_up(self, span: Span, phrase: str) -> Speaker | None:
        """The speaker, organisation, text or state before that a description takes up: "the agency", "its report"."""
        known = self.history.described_before(phrase) if _ANAPHORIC.match(phrase) else None
        if known is None and (again := _OFFICIALS_AGAIN.fullmatch(phrase)):
            known = self.history.described_before(f"the {again['noun']}")
        if known and known.side != UNATTRIBUTED:
            return known
        recent = [quote.speaker for quote in self.history.quotes[-_REACH:] if quote.speaker != NOBODY]
        if _MEDIUM.fullmatch(phrase):
            return self._medium_before(span) or self._on_side(
                _name(phrase), self.affiliations.known(MEDIA), "description"
            )
        if _ORGANISATION.fullmatch(phrase):
            recent = [speaker for speaker in recent if self._is_organisation(speaker)]
            if institution := self._institution_before(span):
                return institution
        elif not _TEXT_OF_SOMEBODY.fullmatch(phrase):
            recent = []
        if recent:
            return recent[-1]
        if _BARE_SPOKESPERSON.fullmatch(phrase) and (institution := self._institution_before(span)):
            return institution
        if _THE_COUNTRY.match(phrase) and (side := self._last_named(span, states=True)):
            return self._on_side(_name(phrase), side, "last_state")
        if _DEFINITE.match(phrase) and (owner := self._owner_of_text(span, phrase)):
            return self._on_side(_name(phrase), owner, "description")
        if not refers_to_a_text(phrase):
            return None
        joint = self.affiliations.known(OTHER) if self.sources.joint_text_before(span) else None
        return self.history.last_text() or (self._on_side(_name(phrase), joint, "text") if joint else None)

    def _owner_of_text(self, span: Span, phrase: str) -> str | None:
        """The side of whoever's text "the report" is: of the name before or after the same noun elsewhere."""
        noun = phrase.rpartition(" ")[2]
        if not is_a_text(noun) or noun in words("sources", "shared_texts") or self.affiliations.side(*span):
            return None
        noun = re.escape(noun)
        by = rf"(?<=\b{noun}) {alternation('sources', 'by')} (?:the )?"
        again = re.compile(rf"(?:['’]s?)? (?:[\w-]+ )?{noun}\b|{by}")
        owners = self.affiliations.beside(again)
        before = [owner.side for owner in owners if owner.start < span.start]
        return before[-1] if before else next((owner.side for owner in owners), None)

    def _medium_before(self, span: Span) -> Speaker | None:
        """The medium named last before "the paper"."""
        named = within(self.institutions, Span(0, span.start))
        media = (name for name in reversed(named) if name.side == MEDIA)
        medium = next(media, None)
        return self._body(medium) if medium else None

    def _institution_before(self, span: Span) -> Speaker | None:
        """The institution named last before "the agency", in the same paragraph or the one before."""
        named = within(self.institutions, Span(self._paragraph_before(span), span.start))
        return self._body(named[-1]) if named else None

    def _holder(self, span: Span, phrase: str) -> str | None:
        """Id of the actor who holds the office that a definite description names: "the president"."""
        definite = _DEFINITE.match(phrase)
        if definite is None:
            return None
        office = phrase[definite.end() :]
        before = within(self.people, Span(0, span.start))[-_RECENT:]
        return office_holder(self.document, self.actors, office, before) or home_institution(
            self.document, self.actors, office, self.affiliations.home
        )

    def _described_as(self, span: Span, phrase: str, side: str | None, rule: str) -> Speaker:
        """Somebody without a name, on the side that the words give, or that the role has in the world."""
        role = self.world.role(phrase, self._last_named(span)) if side is None and self.world else None
        if role:
            return _in_the_world(role)
        side = side or self.affiliations.side_of_former(phrase)
        if side is None and _OFFICE.fullmatch(phrase):
            state = self._last_named(span, states=True)
            side = state if state == self.affiliations.most_named else None
            rule = "last_state" if side else rule
        if side is None and _VAGUE.match(phrase):
            return self._on_side(_name(phrase), self.affiliations.known(OTHER), "vague")
        return self._on_side(_name(phrase), side, rule)

    def _last_named(self, span: Span, *, states: bool = False) -> str | None:
        """The side of the state or institution named last before a span, in the same paragraph or the one before."""
        return self.affiliations.last_named(self._paragraph_before(span), span.start, states=states)

    def _paragraph_before(self, span: Span) -> int:
        """Offset at which the paragraph before that of a span begins."""
        paragraph = self.text.rfind("\n", 0, span.start)
        return max(0, self.text.rfind("\n", 0, max(0, paragraph - 1)))

    def _introduce(self, span: Span, phrase: str) -> Speaker:
        """Somebody new; later pronouns can refer to a single person."""
        proper = self.sources.is_proper(span)
        side = (
            self.affiliations.side(*span, named=proper)
            or self._owner_side(span)
            or self._side_of_a_name_in(span, phrase)
            or self.affiliations.side(*span, local=True, named=proper)
        )
        person = Person(None, phrase, None)
        if proper:  # a name that is no entity
            mentions = [PersonMention(span.start, self.sources.end_of_phrase(span), person)]
            if known := self._named_before(phrase):
                mentions = [replace(mentions[0], person=known)]
            elif full := self._first_in_full(phrase):
                mentions = [full, replace(mentions[0], person=full.person)]
            return self._new_person(mentions, span)
        speaker = self._described_as(span, phrase, side, "description")
        if speaker.side == UNATTRIBUTED and (again := self._called_again(span, phrase)):
            self._add(span, again)
            return self._person(again)
        if (_SINGLE.match(phrase) or _OWNER.match(phrase)) and any(map(is_human, phrase.split())):
            if speaker.side != UNATTRIBUTED:
                self.sides.setdefault(person.name, speaker.side)
            self._add(span, person)
        return speaker

    def _new_person(self, mentions: list[PersonMention], span: Span) -> Speaker:
        """The side of a person who is called by a name that is no entity, from the words beside its mentions."""
        for mention in mentions:
            self._add(Span(mention.start, mention.end), mention.person)
        self.sides = sides_of_people(self.document, mentions, self.affiliations) | self.sides
        self.private |= private_people(self.document, mentions)
        return self._person(mentions[-1].person, span)

    def _first_in_full(self, surname: str) -> PersonMention | None:
        """The first place where a surname stands after a given name, which is no other word of the text."""
        if not _SURNAME.fullmatch(surname):
            return None
        for full in re.finditer(rf"\b([A-Z][a-z]+) (?:[A-Z]\. )?{surname}\b", self.text):
            if f" {full[1].casefold()} " not in self.text:
                return PersonMention(*full.span(), Person(None, full[0], pronoun_of(full[0])))
        return None

    def _called_again(self, span: Span, phrase: str) -> Person | None:
        """The person whom a definite description calls again: who has this title, or who spoke or acted last."""
        noun = phrase.rpartition(" ")[2]
        if not _DEFINITE.match(phrase) or not is_human(noun) or _SOMEBODY_ELSE.search(phrase):
            return None
        named = [m for m in within(self.people, Span(0, span.start))[-_RECENT:] if m.person.has_name]
        title = re.compile(rf"\b{re.escape(noun)}(?: of [A-Z]\w+)?\s+$", re.IGNORECASE)
        entitled = {
            m.person
            for m in named
            if title.search(self.text, max(0, m.start - len(noun) - _TITLE_REACH), m.start)
        }
        if entitled:
            return entitled.pop() if len(entitled) == 1 else None
        last = self.history.last
        if last and last.source and self._is_near(last, span):
            said = [
                mention.person for mention in named if last.source.start <= mention.start < last.source.end
            ]
            if said and not self._is_spoken_of(said[0]):
                return said[0]
        number = self.document.sentence_at(span.start)
        for start, end in reversed(self.document.sentences[max(0, number - 1) : number + 1]):
            subjects = {
                mention.person
                for mention in named
                if start <= mention.start < end and mention.start in self.subjects
            }
            if subjects := {person for person in subjects if not self._is_spoken_of(person)}:
                return subjects.pop() if len(subjects) == 1 else None
        return None

    def _is_spoken_of(self, person: Person) -> bool:
        """Whether the current quote names a person, who then is hardly its speaker."""
        return person.has_name and any(
            mention.person == person for span in self.content for mention in within(self.people, span)
        )

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
        self.people[first:last] = [mention for mention in self.people[first:last] if mention.person.has_name]
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
            return self.affiliations.known(self._first_person(span).side)
        if not _THIRD_PERSON_OWNER.match(phrase):
            return None
        pronoun = phrase.split()[0]
        is_vague = _VAGUE.match(phrase) is not None  # "his critics"
        if not is_vague and gender(pronoun) and (owner := self._person_before(span, pronoun)):
            return self.affiliations.known(self._person(owner).side)
        before = within(self.mentions, Span(0, span.start))[-1:]
        last = self.history.last
        if last and self._same_paragraph(last, span.start):
            return last.speaker.side
        return before[0].side if before and self._same_paragraph(before[0], span.start) else None

    def _person_before(self, span: Span, pronoun: str) -> Person | None:
        """The person that "his" or "her" refers to, in the same voice."""
        place = self.quotations.at(span.start)
        return resolve_pronoun(
            self.document,
            self.people,
            span.start,
            pronoun,
            usable=lambda mention: self.quotations.at(mention.start) == place,
            subjects=self.subjects,
        )

    def _side_of_a_name_in(self, span: Span, phrase: str) -> str | None:
        """The side of the person for whom somebody works: "some Orlov advisers"."""
        if not phrase or not is_human(phrase.split()[-1].removesuffix("s")):
            return None
        named = (mention.person for mention in within(self.people, span) if mention.person.has_name)
        sides = (self.affiliations.known(self._person(person).side) for person in named)
        return next(filter(None, sides), None)

    # -- quotes without source

    def _continued(self, content: tuple[Span, ...], cue: tuple[Span, ...]) -> Speaker:
        """The speaker of a quote without source: the one before, if the quote clearly continues theirs."""
        if self._is_general_belief(cue):
            return self._on_side(None, self.affiliations.known(OTHER), "vague")
        if self._is_question(content, cue):
            return self._on_side(None, self.affiliations.known(MEDIA), "turn")
        last = self.history.last
        start = min(span.start for span in (*content, *cue))
        if last is None or start < last.start:
            return NOBODY
        speech = self.quotations.at(content[0].start) is not None
        if not self._same_paragraph(last, start):
            return self._of_paragraph_before(content) if speech and not cue else NOBODY
        between = self.text[last.end : start]
        if self._is_passive(cue):
            return NOBODY  # "is widely thought to"
        same_sentence = self.document.sentence_at(start) == self.document.sentence_at(last.cue_end)
        if cue and same_sentence and not self._anybody(last.end, start):
            return last.speaker
        return last.speaker if speech and not _WORD.search(between) else NOBODY

    def _of_paragraph_before(self, content: tuple[Span, ...]) -> Speaker:
        """Whoever spoke last in the paragraph before a paragraph that is all direct speech.

        Nobody, if somebody else is the subject of a clause since. A few words are a heading.
        """
        quotation = self.quotations.at(content[0].start)
        last = self.history.last_outside(content[0].start)
        if quotation is None or last is None or len(self.text[slice(*quotation)].split()) < _SPOKEN_PARAGRAPH:
            return NOBODY
        before = self.text[self.text.rfind("\n", 0, quotation.start) + 1 : quotation.start]
        after = self.text[quotation.end :].partition("\n")[0]
        since = Span(last.end, max(last.end, quotation.start))
        somebody_else = any(mention.start in self.subjects for mention in within(self.people, since))
        is_next = len(_BREAK.findall(self.text, *since)) == 1
        return last.speaker if is_next and not somebody_else and not _WORD.search(before + after) else NOBODY

    def _is_question(self, content: tuple[Span, ...], cue: tuple[Span, ...]) -> bool:
        """Whether a cue without source is a question by the press: "asked whether", "pressed on"."""
        tokens = self._tokens(cue)
        asked = any(
            token.tag == "VBN" and token.lemma.casefold() in words("sources", "questions") for token in tokens
        )
        request = self.text[content[0].start : content[0].end].casefold().startswith("to ")
        return asked and not (request and self._is_passive(cue))

    def _is_general_belief(self, cue: tuple[Span, ...]) -> bool:
        """Whether a cue without source is a passive that leaves open who thinks so: "is widely believed to"."""
        return self._is_passive(cue) and any(
            token.tag == "VBN" and token.lemma.casefold() in words("sources", "general_beliefs")
            for token in self._tokens(cue)
        )

    def _is_passive(self, cue: tuple[Span, ...]) -> bool:
        return any(token.dep == "auxpass" for token in self._tokens(cue))

    def _tokens(self, spans: tuple[Span, ...]) -> list[Token]:
        index = token_index(self.document)
        return [self.document.tokens[number] for span in spans for number in index.inside(*span)]

    def _anybody(self, start: int, end: int) -> bool:
        gap = Span(start, max(start, end))
        return bool(within(self.mentions, gap) or within(self.people, gap))

    # -- building blocks

    def _person(self, person: Person, span: Span | None = None) -> Speaker:
        """A person as speaker; if nothing tells their side, it is that of the dateline."""
        if person.actor_id is not None:
            return self._actor(person.actor_id)
        known = self._known_to_the_world(person)
        if known is not None and known.held:
            return _in_the_world(known)
        if person.name not in self.sides and span is not None and (side := self._own_side(span, person)):
            self.sides[person.name] = side
        if described := self.sides.get(person.name):
            return self._on_side(person.name, described, "description")
        if known is not None:
            return _in_the_world(known)
        head = self.sources.phrase(span) if span else ""  # not what follows the name
        if self.world and span and (role := self.world.role(head, self._last_named(span))):
            return Speaker(None, person.name, role.side, role.rule, role.source)
        if speaker := self._by_office(person) or self._by_patron(person):
            return speaker
        if person.name in self.private:
            return self._on_side(person.name, self.affiliations.known(OTHER), "description")
        if home := self.affiliations.home:
            return self._on_side(person.name, home.side, "dateline")
        has_age = any(_AGE.fullmatch(self.text, *span) for span in self._descriptions(person))
        return self._on_side(person.name, self.affiliations.known(OTHER) if has_age else None, "description")

    def _by_office(self, person: Person) -> Speaker | None:
        """The speaker of whom any mention gives an office or party without a country: "Smith, a senator"."""
        if self.world is None or not person.has_name:
            return None
        phrases = (self.text[slice(*span)].strip(" ,") for span in self._descriptions(person))
        titles = (
            phrase for phrase in phrases if phrase.casefold() not in words("home_roles", "titles_of_heads")
        )
        role = next(filter(None, map(self.world.role, titles)), None)
        return Speaker(None, person.name, role.side, role.rule, role.source) if role else None

    def _by_patron(self, person: Person) -> Speaker | None:
        """The speaker who is described as working for somebody: "a spokesman for Smith", "Smith's lawyer"."""
        for span in self._descriptions(person):
            if not _WORKS_FOR.search(self.text, *span):
                continue
            patrons = (
                mention.person
                for mention in within(self.people, span)
                if mention.person != person and not _PART_OF_A_NAME.match(self.text, mention.end)
            )
            if side := next(filter(None, map(self._known_side, patrons)), None):
                return self._on_side(person.name, side, "description")
            if _SPOKESPERSON_OF_A_NAME.search(self.text, *span):  # of a company or association
                return self._on_side(person.name, self.affiliations.known(OTHER), "description")
        return None

    def _descriptions(self, person: Person) -> Iterator[Span]:
        """All descriptions of a person in the article."""
        for mention in self.people:
            if mention.person == person:
                yield from descriptions(self.document, mention)

    def _known_side(self, person: Person) -> str | None:
        """The side of an actor of the study, of somebody in the world's actors, or of somebody described."""
        if person.actor_id is not None:
            return self.actors[person.actor_id].side
        known = self._known_to_the_world(person)
        return known.side if known else self.sides.get(person.name)

    def _own_side(self, span: Span, person: Person) -> str | None:
        return self.affiliations.side(*span, local=True, named=person.has_name)

    def _known_to_the_world(self, person: Person) -> WorldActor | None:
        if self.world is None or not person.has_name:
            return None
        return self.world.person(person.name, short=" " not in person.name)

    def _on_side(self, name: str | None, side: str | None, rule: str) -> Speaker:
        """Somebody who is not listed, on the side that a rule found, or on none."""
        return Speaker(None, name, side, rule, ARTICLE) if side else Speaker(None, name, UNATTRIBUTED)

    def _actor(self, actor_id: str) -> Speaker:
        actor = self.actors[actor_id]
        return Speaker(actor.id, actor.name, actor.side, "study", "study")

    def _same_paragraph(self, last: ResolvedQuote | Mention, start: int) -> bool:
        return "\n" not in self.text[last.end : start].strip(" ")


def _in_the_world(known: WorldActor) -> Speaker:
    return Speaker(None, known.name, known.side, known.rule, known.source)


def _name(phrase: str) -> str | None:
    """The name of an unlisted speaker: their description, None for an unresolved pronoun."""
    return None if phrase.casefold() in words("pronouns", "no_names") else phrase or None
