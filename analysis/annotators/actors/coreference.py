"""Pronoun resolution: the person that "he" or "she" means, or nobody where that is not clear."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from analysis.annotators.actors.people import Person, PersonMention, find_people, is_human
from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Document, Mention
from analysis.annotators.parsing.quotation_marks import quotations
from analysis.annotators.parsing.token_index import token_index
from analysis.study.actors import Actors

_PRONOUN = re.compile(rf"\b{alternation('pronouns', 'he', 'she')}\b", re.IGNORECASE)
_SUBJECT = ("nsubj", "nsubjpass")
_MAX_CLIMB = 8  # steps up a parse before giving up


class Named(Protocol):
    """A place where somebody is named."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset after the last character."""


def gender(pronoun: str) -> str | None:
    """Return "he" or "she" for a singular pronoun of a person, None for any other word."""
    word = pronoun.casefold()
    return next((name for name in ("he", "she") if word in words("pronouns", name)), None)


def is_subject(document: Document, mention: Named) -> bool:
    """Whether a name is the subject of its clause, or its agent ("signed by Smith", "a reply by Smith")."""
    number = token_index(document).last(mention.start, mention.end)
    if number is None:
        return False
    token = document.tokens[number]
    return token.dep in _SUBJECT or (token.dep == "pobj" and document.tokens[token.head].lemma == "by")


def pronoun_mentions(document: Document, named: Sequence[Mention], actors: Actors) -> Iterator[Mention]:
    """Find the pronouns that can mean only one person, who is an actor of the study.

    A pronoun is resolved only to names on the same side of quotation marks.

    Parameters
    ----------
    document : Document
    named : sequence of Mention
        Mentions by name, in order.
    actors : Actors

    Yields
    ------
    Mention
    """
    pronouns = list(_PRONOUN.finditer(document.text))
    if not pronouns or not any(actors[mention.actor_id].kind == "person" for mention in named):
        return
    people = find_people(document, named, actors)
    subjects = {mention.start for mention in people if is_subject(document, mention)}
    quoted = quotations(document)
    for pronoun in pronouns:
        start, end = pronoun.span()
        quotation = quoted.at(start)
        person = resolve_pronoun(
            document,
            people,
            start,
            pronoun[0],
            usable=lambda mention, quotation=quotation: quoted.at(mention.start) == quotation,  # type: ignore[misc]
            subjects=subjects,
            strict=True,
        )
        if person is None:
            continue
        insort(people, PersonMention(start, end, person), key=lambda mention: mention.start)
        token = token_index(document).at(start)
        if token is not None and token.dep in _SUBJECT:
            subjects.add(start)
        if person.actor_id is not None:
            yield Mention(start, end, person.actor_id, actors[person.actor_id].side, "pronoun")


def resolve_pronoun(
    document: Document,
    people: Sequence[PersonMention],
    start: int,
    pronoun: str,
    *,
    reach: int = 1,
    usable: Callable[[PersonMention], bool] = lambda mention: True,
    subjects: Collection[int] = frozenset(),
    strict: bool = False,
) -> Person | None:
    """Return the person that a pronoun means, or None unless one stands out.

    The sentence of the pronoun is searched first, up to the pronoun, then the `reach` sentences before it. Names in
    the pronoun's own clause are passed over ("in talks with Smith, he said"): principle B of binding theory [1]_.
    The first sentence with a fitting person decides. If it has several, the one who is its subject is taken, because
    subjects are most often taken up again: centering theory [2]_.

    Parameters
    ----------
    document : Document
    people : sequence of PersonMention
        In order.
    start : int
        Offset of the pronoun.
    pronoun : str
    reach : int, default 1
        Number of sentences to go back.
    usable : callable, optional
        Whether a mention may be the antecedent at all.
    subjects : collection of int, optional
        Offsets of the mentions that are subjects.
    strict : bool, default False
        Of several people, take the subject only where nobody else is named between it and the pronoun.

    Returns
    -------
    Person or None

    References
    ----------
    .. [1] Chomsky, N. (1981). Lectures on government and binding. Foris.
    .. [2] Grosz, B. J., Joshi, A. K., Weinstein, S. (1995). Centering: a framework for modeling the local coherence
       of discourse. Computational Linguistics 21(2), 203-225.
    """
    wanted = gender(pronoun)
    word = pronoun.casefold()
    clause = _clause(document, start) if word in words("pronouns", "never_in_own_clause") else None
    joined = _first_joined_clause(document, start) if word in words("pronouns", "objects") else None

    def is_candidate(mention: PersonMention) -> bool:
        is_subject_of_joined = mention.start in subjects and joined is not None
        return (
            mention.person.pronoun in (wanted, None)
            and usable(mention)
            and not _is_owner_of_a_person(document, mention)
            and not (is_subject_of_joined and _first_joined_clause(document, mention.start) == joined)
            and (clause is None or _clause(document, mention.start) != clause)
        )

    def candidates(sentence: int) -> list[PersonMention]:
        span = document.sentences[sentence]
        first, last = (
            bisect_left(people, edge, key=lambda mention: mention.start)
            for edge in (span.start, min(span.end, start))
        )
        return [mention for mention in people[first:last] if is_candidate(mention)]

    current = document.sentence_at(start)
    for number in range(current, max(-1, current - reach - 1), -1):
        here = candidates(number)
        if not here:
            continue
        persons = {mention.person for mention in here}
        foremost = {mention.person for mention in here if mention.start in subjects}
        if not foremost and number == current and current:  # "the cost of Smith's failure, he ..."
            persons |= {mention.person for mention in candidates(number - 1) if mention.start in subjects}
        if len(persons) > 1:
            persons = foremost & {here[-1].person} if strict else foremost
        return persons.pop() if len(persons) == 1 else None
    return None


def _is_owner_of_a_person(document: Document, mention: PersonMention) -> bool:
    """Whether a name only says whose somebody is: in "Smith's lawyer said he would", he is the lawyer."""
    number = bisect_left(document.tokens, mention.end, key=lambda token: token.start) - 1
    if number < 0 or document.tokens[number].dep != "poss":
        return False
    return is_human(document.tokens[document.tokens[number].head].lemma)


def _clause(document: Document, start: int) -> int | None:
    """Number of the verb on which the word at an offset depends."""
    return _climb(document, start, over_joined_verbs=False)


def _first_joined_clause(document: Document, start: int) -> int | None:
    """As `_clause`, but the first of verbs that are joined: "came and met him"."""
    return _climb(document, start, over_joined_verbs=True)


def _climb(document: Document, start: int, *, over_joined_verbs: bool) -> int | None:
    number = bisect_left(document.tokens, start, key=lambda token: token.start)
    for _ in range(_MAX_CLIMB):
        if number >= len(document.tokens):
            return None
        token = document.tokens[number]
        verbal = token.pos in ("VERB", "AUX")
        if token.head == number or (verbal and not (over_joined_verbs and token.dep == "conj")):
            return number
        number = token.head
    return None
