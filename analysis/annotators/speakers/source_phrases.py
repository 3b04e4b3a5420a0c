"""The source of a quote as a phrase: its head, its name, and what it refers back to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import partial
from itertools import pairwise
from typing import TypeVar

from analysis.annotators.actors.coreference import Named
from analysis.annotators.actors.people import Person, PersonMention
from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Document, Mention, Span
from analysis.annotators.parsing.token_index import token_index

_Name = TypeVar("_Name", bound=Named)
_any_of = partial(alternation, "sources")
_SPEAKS_FOR = re.compile(rf"(?:[\w.'’-]+ ){{0,5}}{_any_of('speaks_for')}\b", re.IGNORECASE)
_COMMA_OR_AND = re.compile(r"(?:'s|’s)?(?:,|,? and| &) (?:the |[A-Z][\w’']+ ){0,2}")
_END_OF_PHRASE = re.compile(rf",| {_any_of('end_of_phrase')}\b|\s[-–—]\s")
_BEFORE_A_NAME = re.compile(rf"[A-Z][\w-]+\.?|{alternation('titles', 'before_a_name')}")
_DETERMINER = re.compile(rf"{_any_of('determiners')}\b ?", re.IGNORECASE)
_MEDIUM = re.compile(rf" (?:[a-z-]+ )?{_any_of('media')}")
_PART_OF_A_GROUP = re.compile(
    rf"(?:{_any_of('part_modifiers')} )?(?:{_any_of('parts')}|the \w+est)"
    rf" {_any_of('part_prepositions')} {_any_of('wholes')}\b",
    re.IGNORECASE,
)
_ANY_TEXT = re.compile(rf"{_any_of('definite')} (?:[\w-]+ )?{_any_of('any_text')}", re.IGNORECASE)
_TEXT = re.compile(rf"\b{_any_of('texts')}(?:$| {_any_of('after_a_text')}\b)", re.IGNORECASE)
_JOINT_TEXT = re.compile(rf"\b{_any_of('joint_texts')}\b", re.IGNORECASE)
_CLEFT = rf"\b{_any_of('clefts')} "
_BEFORE_RELATIVE = re.compile(rf"(?:{_CLEFT})?((?:(?!{_CLEFT})[^,.;])+),? $")
_SHORT = re.compile(r"[A-Z]{2,6}")
_CAPITALISED = re.compile(
    r"(?<![\w'’-])(?!(?:and|for|of|on|the) )[A-Za-z][\w'’-]*"
)  # words that give an initial
_SPELT_OUT = 80  # characters before the brackets
_BESIDE = frozenset({"appos", "conj", "flat", "nmod"})
_CLIMB = 6  # steps up a parse before giving up


class SourcePhrases:
    """Sources of quotes in one document.

    Parameters
    ----------
    document : Document
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.index = token_index(document)

    def head(
        self, span: Span, people: Sequence[PersonMention], mentions: Sequence[Mention]
    ) -> list[PersonMention] | list[Mention]:
        """Return the names a source consists of: its head, several names that are joined, or none.

        The head of "a spokesman for the ministry" and of "a statement by the ministry" is the institution.

        Parameters
        ----------
        span : Span
        people : sequence of PersonMention
            Within the span. People without a proper name are ignored.
        mentions : sequence of Mention
            Within the span.

        Returns
        -------
        list of PersonMention or list of Mention
        """
        named = [mention for mention in people if mention.person.has_name]
        if mentions and not named and _SPEAKS_FOR.match(self.text[span.start : span.end]):
            return [mentions[0]]
        for names in (named, list(mentions)):
            if self._are_joined(names):
                return names
        for mention in named:
            if not self._is_modifier(mention, span):
                return [mention]
        heads = [] if named else [mention for mention in mentions if not self._is_modifier(mention, span)]
        return heads[:1]

    def _are_joined(self, names: Sequence[Named]) -> bool:
        """Whether names are joined to a list: "Putin and Raisi", "Britain, France and Germany"."""
        between = [self.text[one.end : other.start] for one, other in pairwise(names)]
        joined = any("and" in words or "&" in words for words in between)
        return joined and all(_COMMA_OR_AND.fullmatch(words) for words in between)

    def _is_modifier(self, name: Named, span: Span) -> bool:
        """Whether a name only modifies the head of a source: "Putin's spokesman", "adviser to Raisi"."""
        after = self.text[name.end : span.end]
        if after.startswith(("'s ", "’s ", "' ", "’ ", " and other ")):
            return True
        if _MEDIUM.fullmatch(after):
            return False
        before = self.text[span.start : name.start].split()
        number = self.index.last(name.start, name.end)
        if number is None:
            return len(before) > 1
        if before and not after and _BEFORE_A_NAME.fullmatch(before[-1]):
            return False
        return self._hangs_below(number, span)

    def _hangs_below(self, number: int, span: Span) -> bool:
        """Whether the name depends on another word of the source, other than as apposition or conjunct."""
        for _ in range(_CLIMB):
            token = self.document.tokens[number]
            head = self.document.tokens[token.head]
            if token.head == number or not span.start <= head.start < span.end:
                return False
            if token.dep not in _BESIDE:
                return True
            number = token.head
        return True

    def phrase(self, span: Span) -> str:
        """Return the noun phrase of a source, with a small first letter if it begins with a determiner."""
        phrase = re.sub(r"\s+", " ", _END_OF_PHRASE.split(self.text[span.start : span.end])[0]).strip()
        return phrase[:1].lower() + phrase[1:] if _DETERMINER.match(phrase) else phrase

    def end_of_phrase(self, span: Span) -> int:
        """Return the offset at which the noun phrase of a source ends."""
        return span.start + len(_END_OF_PHRASE.split(self.text[span.start : span.end])[0].rstrip())

    def spelt_out(self, span: Span) -> Span | None:
        """Return the words for which a source is short, where the article gives it in brackets: "the Bank (TB)"."""
        determiner = _DETERMINER.match(self.text, *span)
        short = self.text[determiner.end() if determiner else span.start : span.end]
        if not _SHORT.fullmatch(short):
            return None
        place = self.text.find(f"({short})")
        words = list(_CAPITALISED.finditer(self.text, max(0, place - _SPELT_OUT), place)) if place > 0 else []
        initials = "".join(word[0][0] for word in words).casefold()
        first = initials.rfind(short.casefold())
        return Span(words[first].start(), place - 1) if first >= 0 else None

    def is_proper(self, span: Span) -> bool:
        """Whether a source is a proper name, whether or not it is an entity."""
        number = self.index.by_start.get(span.start)
        phrase = self.phrase(span)
        proper = number is not None and self.document.tokens[number].tag == "NNP"
        return proper and not _DETERMINER.match(phrase) and all(word[0].isupper() for word in phrase.split())

    def is_part_of_a_group(self, span: Span) -> bool:
        """Whether a source is part of a group named before: "one of them", "the oldest of the five"."""
        return _PART_OF_A_GROUP.match(self.text, *span) is not None

    def joint_text_before(self, span: Span) -> bool:
        """Whether the text before names a treaty or another joint text."""
        return _JOINT_TEXT.search(self.text, 0, span.start) is not None

    def one_before(
        self, span: Span, people: Sequence[PersonMention], subjects: Collection[int]
    ) -> Person | None:
        """Return the person that a singular "they" refers to: the only, unnamed subject of the sentence before."""
        number = self.document.sentence_at(span.start)
        if number == 0 or self.text[span.start : span.end].casefold() not in words("pronouns", "they"):
            return None
        before = self.document.sentences[number - 1]
        found = [mention.person for mention in within(people, before) if mention.start in subjects]
        alone = len(found) == 1 and found[0].name[:1].islower()
        return found[0] if alone and "\n" not in self.text[before.end : span.start] else None

    def group_before(self, span: Span) -> Span | None:
        """Return the plural subject of the sentence before, in the same paragraph."""
        number = self.document.sentence_at(span.start)
        if not number or "\n" in self.text[self.document.sentences[number - 1].end : span.start]:
            return None
        start, end = self.document.sentences[number - 1]
        for offset in range(start, end):
            place = self.index.by_start.get(offset)
            if place is not None and self.document.tokens[place].tag in ("NNS", "NNPS"):
                token = self.document.tokens[place]
                subject = token.dep in ("nsubj", "nsubjpass")
                return Span(self._phrase_start(place), self._phrase_end(place)) if subject else None
        return None

    def _phrase_start(self, number: int) -> int:
        """Start of the words before a noun that belong to it: "some Russian commentators"."""
        first = number
        while first and self.document.tokens[first - 1].head in range(first, number + 1):
            first -= 1
        return self.document.tokens[first].start

    def _phrase_end(self, number: int) -> int:
        """End of the prepositional phrases after a noun: "officials in Washington"."""
        end = self.document.tokens[number].end
        heads = {number}
        for place in range(number + 1, min(number + _CLIMB, len(self.document.tokens))):
            token = self.document.tokens[place]
            if token.head not in heads or token.dep not in (
                "prep",
                "pobj",
                "det",
                "amod",
                "advmod",
                "compound",
            ):
                break
            heads.add(place)
            end = token.end
        return end

    def before_relative(self, span: Span) -> Span:
        """Return the noun phrase that a relative pronoun refers to, also in "it was the mayor who"."""
        sentence = self.document.sentences[self.document.sentence_at(span.start)]
        noun = self._relative_noun(span)
        if noun is not None:
            end = len(self.text[: span.start].rstrip(", "))
            return Span(max(sentence.start, self._phrase_start(noun)), end)
        before = _BEFORE_RELATIVE.search(self.text[sentence.start : span.start])
        if before is None:
            return span
        return Span(sentence.start + before.start(1), sentence.start + len(before.string.rstrip(", ")))

    def _relative_noun(self, span: Span) -> int | None:
        """The noun on which the clause of a relative pronoun depends, according to the parse."""
        number = self.index.by_start.get(span.start)
        for _ in range(_CLIMB):
            if number is None:
                return None
            token = self.document.tokens[number]
            if token.dep == "relcl" and self.document.tokens[token.head].end <= span.start:
                return token.head
            if token.head == number or token.dep not in ("nsubj", "nsubjpass", "aux", "conj", "xcomp"):
                return None
            number = token.head
        return None


def refers_to_a_text(phrase: str) -> bool:
    """Whether a source refers back to a text: "the document"."""
    return _ANY_TEXT.fullmatch(phrase) is not None


def is_a_text(name: str) -> bool:
    """Whether a name of a speaker describes a text: "a survey by the institute"."""
    return _TEXT.search(name) is not None


def within(names: Sequence[_Name], span: Span) -> Sequence[_Name]:
    """Return the names that begin in a span; `names` must be in order."""
    first, last = (bisect_left(names, edge, key=lambda name: name.start) for edge in span)
    return names[first:last]
