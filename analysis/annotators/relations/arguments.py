"""Arguments of predicates: the actors that a noun phrase refers to, and the subject of a verb."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import NamedTuple

from analysis.annotators.actors.name_shapes import follows_an_attitude
from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.dependency_tree import VERBAL, DependencyTree
from analysis.annotators.parsing.document import Mention, Token
from analysis.annotators.relations.acts import entries, verb_lemma

OF_ACTOR = 0.9  # "Iranian officials", "the government of Iran": less certain than the name itself
_MODIFIERS = frozenset({"compound", "amod", "poss", "nmod", "nummod"})
_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep", "parataxis"})
NO_ACT_AFTER = words("event_syntax", "no_act_after")
"""Adjectives whose infinitive is neither an act nor its refusal: "is unlikely to sell"."""

_OBJECT_CONTROL = words("event_syntax", "object_control")
_SUBJECT_CONTROL = words("event_syntax", "subject_control")
_PRONOUNS = words("event_syntax", "pronouns")
_RELATIVE = words("event_syntax", "relative_pronouns")
_NOT_THE_STATE = words("event_syntax", "not_the_state")
_MEMBERSHIP = words("event_syntax", "membership")
_PLACES = words("event_syntax", "places")
_PEOPLE = words("event_verbs", "people") | words("event_verbs", "role_nouns")
_AGENCY = words("event_syntax", "agency")
_MEASURE_AGAINST = words("event_syntax", "measure_against")
_ALLEGING = words("factuality", "alleging")
_NEGATORS = words("negation", "of_a_verb")
_STATIVE = words("event_verbs", "stative")
_CONJUNCTIONS = words("event_syntax", "before_participles")
_OF_ANOTHER = re.compile(rf"[-‐–]{alternation('event_syntax', 'belongs_to_another')}\b", re.IGNORECASE)
"""After a name: "Corvia-backed fighters" do not act for Corvia."""

_MAX_CLIMB = 5
_MAX_DISTANCE = 20  # in tokens, from a verb to a participle that shares its subject
_MAX_DEPTH = 6  # of nested modifiers


class Argument(NamedTuple):
    """An actor in a noun phrase.

    Attributes
    ----------
    mention : Mention
    token : int
        The token of the mention.
    score : float
        How certain it is that the noun phrase refers to the actor, 0 to 1.
    is_head : bool
        The mention is the head of the phrase, or an apposition to it.
    """

    mention: Mention
    token: int
    score: float
    is_head: bool


class Subject(NamedTuple):
    """Who does a verb: the head of the noun phrase, how certain that is, and whether the verb is passive."""

    head: int
    score: float
    passive: bool


class ActorArguments:
    """The actors of a document by token.

    Parameters
    ----------
    tree : DependencyTree
    mentions : iterable of Mention
        Without overlaps. Adjectives ("Russian") may be among them.
    """

    def __init__(self, tree: DependencyTree, mentions: Iterable[Mention]) -> None:
        self.tree = tree
        self.by_token: dict[int, Mention] = {}
        for mention in mentions:
            text = tree.document.text
            if follows_an_attitude(text, mention.start) or _OF_ANOTHER.match(text, mention.end):
                continue
            number = tree.first_from(mention.start)
            while number < len(tree.tokens) and tree.tokens[number].start < mention.end:
                self.by_token[number] = mention
                number += 1

    def in_phrase(self, head: int, *, depth: int = 0) -> list[Argument]:
        """The actors that a noun phrase refers to, named by its head or by a modifier."""
        if depth > _MAX_DEPTH:
            return []
        found = self._without_conjuncts(head, depth)
        for child in self.tree.children[head]:
            if self.tree.tokens[child].dep == "conj" or self._is_hyphenated(child, head):
                found += self.in_phrase(child, depth=depth + 1)
        return _unique_actors(found)

    def possessors(self, noun: int) -> list[Argument]:
        """The actors in the modifiers of a noun: "Iran's", "Russian", "of Iran"."""
        return _unique_actors(self._in_modifiers(noun, 0, _AGENCY))

    def _is_hyphenated(self, first: int, second: int) -> bool:
        """Whether two actors are joined by a hyphen: "the Iran-Russia treaty"."""
        between = self.tree.tokens[first + 1 : second]
        return (
            first in self.by_token
            and second in self.by_token
            and 1 == len(between) == between[0].end - between[0].start
        )

    def _without_conjuncts(self, head: int, depth: int) -> list[Argument]:
        mention = self.by_token.get(head)
        if mention is not None:
            return [Argument(mention, head, 1.0, True)]
        for child in self.tree.children[head]:  # "the leader, Hassan Rouhani"
            if self.tree.tokens[child].dep == "appos" and child in self.by_token:
                return [Argument(self.by_token[child], child, OF_ACTOR, True)]
        return self._in_modifiers(head, depth, _MEMBERSHIP - _PLACES if self._is_act(head) else _MEMBERSHIP)

    def _is_act(self, noun: int) -> bool:
        """Whether a noun names an act, whose place is no actor: "the airstrike in Corvia"."""
        lemma = self.tree.tokens[noun].lemma.casefold()
        entry = entries("nouns").get(lemma)
        return entry is not None and entry.act is not None and lemma not in _PEOPLE

    def _in_modifiers(self, head: int, depth: int, prepositions: Set[str]) -> list[Argument]:
        found: list[Argument] = []
        if self.is_not_the_state(head):
            return found
        close = [child for child in self.tree.children[head] if self.tree.tokens[child].dep in _MODIFIERS]
        for child in close:
            found += _of_actor(self.in_phrase(child, depth=depth + 1))
        if found:
            return found
        for child in self.tree.children[head]:
            if "by" in prepositions and self._is_light_participle(child):  # "the rally staged by students"
                found += _of_actor(self._agents(child, depth))
            if self.tree.tokens[child].dep in ("prep", "agent") and self.tree.text(child) in prepositions:
                for noun in self.tree.children[child]:
                    if self.tree.tokens[noun].dep == "pobj":
                        found += _of_actor(self.in_phrase(noun, depth=depth + 1))
        return found

    def is_not_the_state(self, noun: int) -> bool:
        """Whether a noun names people of a country who do not act for it; "opposition to" is an act."""
        if self.tree.tokens[noun].lemma.casefold() not in _NOT_THE_STATE:
            return False
        return all(self.tree.text(child) != "to" for child in self.tree.children[noun])

    def _is_light_participle(self, participle: int) -> bool:
        """Whether a participle after a noun only says that the act of the noun was carried out."""
        token = self.tree.tokens[participle]
        entry = entries("verbs").get(verb_lemma(token.lemma, self.tree.text(participle)))
        return token.dep == "acl" and entry is not None and entry.operator == "carry"

    def _agents(self, participle: int, depth: int) -> list[Argument]:
        by = self._agent_noun(participle)
        return self.in_phrase(by, depth=depth + 1) if by is not None else []

    def _agent_noun(self, verb: int) -> int | None:
        """The noun after the "by" of a passive."""
        agent = self.tree.child(verb, "agent")
        return self.tree.child(agent, "pobj") if agent is not None else None

    def subject(self, verb: int) -> Subject | None:
        """Find the agent of a verb.

        A verb without a subject shares that of the verb it is joined to. The agent of a participle or relative
        clause is the noun before it.
        """
        tree, score = self.tree, 1.0
        passive = self.is_passive(verb)
        for _ in range(_MAX_CLIMB):
            token, head = tree.tokens[verb], tree.heads[verb]
            if passive and not self.is_stative(verb):
                by = self._agent_noun(verb)
                return Subject(by, score, True) if by is not None else None
            found = self._own_subject(verb)
            if found is not None:
                head = self.relative_antecedent(verb, found)
                if self._is_unresolved_pronoun(head):
                    antecedent = self._pronoun_antecedent(verb, score * 0.9)
                    agrees = antecedent is not None and self._agrees(head, antecedent.head)
                    return antecedent if agrees else None
                return Subject(head, score, False)
            if head == verb:
                return None
            if token.dep in ("acl", "relcl"):
                active = token.tag != "VBN" or self.is_stative(verb)
                return Subject(head, score * 0.9, False) if active else None
            if tree.tokens[head].pos == "ADP" or (token.dep == "xcomp" and tree.tokens[head].dep == "acomp"):
                if tree.text(head) in NO_ACT_AFTER or self._is_refusing(head):
                    return None
                head = tree.heads[head]  # "after helping", "is ready to help"
                if token.dep == "xcomp" and self._is_negated(head):
                    return None
            elif token.dep not in _SHARES_SUBJECT:
                return None
            if tree.tokens[head].pos not in VERBAL:
                return None
            if (controller := self._controller_of_clause(verb, head)) is not None:
                return Subject(controller, score * 0.9, False)
            if token.dep == "pcomp" and tree.text(tree.heads[verb]) == "than":
                return None  # "it costs less than letting"
            described = token.dep == "pcomp" and tree.text(tree.heads[verb]) == "as"
            if described and tree.child(head, "dobj") is not None:
                return None  # "saw the withdrawal as helping"
            if token.dep == "xcomp" and self._is_negated(head):
                return None  # "does not oblige either to fight"
            if self._is_doubtful(verb, head):
                return None
            score *= 1.0 if token.dep in ("conj", "xcomp") else 0.85
            verb = head
            if self.is_passive(verb):  # "was accused of helping": who helps is the one accused
                found = tree.child(verb, "nsubjpass")
                if found is None:
                    return None
                return Subject(self.relative_antecedent(verb, found), score * 0.9, False)
        return None

    def _is_doubtful(self, verb: int, head: int) -> bool:
        """Whether the parser may have joined a verb to the wrong verb.

        So it is after a comma without "and" ("the deal, which A left, hurt B"), and far from the verb above it.
        """
        if self.tree.tokens[verb].dep == "conj":
            return self.tree.child(head, "cc") is None and self.tree.child(verb, "cc", "conj") is None
        return self.tree.tokens[verb].dep == "advcl" and verb - head > _MAX_DISTANCE

    def _is_refusing(self, adjective: int) -> bool:
        """Whether an adjective turns its infinitive into a refusal: "reluctant to sell"."""
        entry = entries("adjectives").get(self.tree.tokens[adjective].lemma.casefold())
        return entry is not None and entry.act is not None and entry.act.name == "reject"

    def _is_negated(self, verb: int) -> bool:
        return any(self.tree.text(child) in _NEGATORS for child in self.tree.children[verb])

    def _own_subject(self, verb: int) -> int | None:
        """The subject of a verb, also where the parser attached it to the auxiliary: "Iran is opposed to"."""
        found = self.tree.child(verb, "nsubj", "csubj", "nsubjpass")
        auxiliary = self.tree.child(verb, "auxpass")
        if found is None and auxiliary is not None:
            found = self.tree.child(auxiliary, "nsubj", "nsubjpass")
        return found

    def controller(self, verb: int) -> int | None:
        """The object that is the agent of the act after a verb (object control): "accused Iran of helping Russia"."""
        infinitive = self.tree.child(verb, "xcomp")
        controls = self._has_object_control(verb) or (
            infinitive is not None and self.tree.tokens[verb].lemma.casefold() not in _SUBJECT_CONTROL
        )
        return self.tree.child(verb, "dobj", "dative") if controls else self._controller_of_reason(verb)

    def _controller_of_clause(self, clause: int, verb: int) -> int | None:
        """The object of a verb if it is the agent of a clause below the verb: "pushed Corvia to align with"."""
        token = self.tree.tokens[clause]
        if token.dep in ("pcomp", "xcomp"):
            return self.controller(verb)
        infinitive = any(self.tree.text(child) == "to" for child in self.tree.children[clause])
        if token.dep == "advcl" and infinitive and self._has_object_control(verb):
            return self.tree.child(verb, "dobj")
        return None

    def is_alleged(self, verb: int) -> bool:
        """Whether the act after a verb is one that the verb ascribes to an actor: "was accused of helping".

        "Punished for helping" states the act.
        """
        if any(self.tree.text(child) == "for" for child in self.tree.children[verb]):
            return self.tree.tokens[verb].lemma.casefold() in _ALLEGING
        passive = self.is_passive(verb) and self._has_object_control(verb)
        return passive or self.controller(verb) is not None

    def _has_object_control(self, verb: int) -> bool:
        return self.tree.tokens[verb].lemma.casefold() in _OBJECT_CONTROL

    def _controller_of_reason(self, verb: int) -> int | None:
        """The agent of a reason: "punished Iran for helping", "put sanctions on Iran for helping"."""
        tree = self.tree
        reason = next((one for one in tree.children[verb] if tree.text(one) == "for"), None)
        thing = tree.child(verb, "dobj")
        if reason is None or tree.child(reason, "pcomp") is None or thing is None:
            return None
        measure = entries("nouns").get(tree.tokens[thing].lemma.casefold())
        if measure is None or measure.act is None:
            entry = entries("verbs").get(verb_lemma(tree.tokens[verb].lemma, tree.text(verb)))
            return thing if entry is not None and entry.act is not None else None
        against = next((one for one in tree.children[thing] if tree.text(one) in _MEASURE_AGAINST), None)
        return tree.child(against, "pobj") if against is not None else None

    def _is_unresolved_pronoun(self, token: int) -> bool:
        return token not in self.by_token and self.tree.text(token) in _PRONOUNS

    def _agrees(self, pronoun: int, noun: int) -> bool:
        """Whether a pronoun can stand for a noun: "it" for no plural, "it" and "they" for no person."""
        word, token = self.tree.text(pronoun), self.tree.tokens[noun]
        if word not in ("it", "they"):
            return True
        return not self.is_person(token) and (word == "they" or token.tag not in ("NNS", "NNPS"))

    def is_person(self, named: Token | Mention) -> bool:
        """Whether a token or a mention belongs to the name of a person."""
        return any(
            entity.label == "PERSON" and entity.start < named.end and named.start < entity.end
            for entity in self.tree.document.entities
        )

    def _pronoun_antecedent(self, verb: int, score: float) -> Subject | None:
        """Resolve a pronoun subject: to the subject of the reporting verb, or "they" to that of the main clause.

        "Russia said it would help"; "the rebels killed many when they blew up".
        """
        tree = self.tree
        they = (own := tree.child(verb, "nsubj")) is not None and tree.text(own) == "they"
        for _ in range(_MAX_CLIMB):
            dep, head = tree.tokens[verb].dep, tree.heads[verb]
            if head == verb or dep not in ("ccomp", "conj", "xcomp", "advcl"):
                return None
            verb = head
            if dep == "ccomp" or (dep == "advcl" and they):
                subject = tree.child(verb, "nsubj")
                if subject is None and tree.tokens[verb].dep == "conj":  # "rejected the plan and said they"
                    verb = tree.heads[verb]
                    subject = tree.child(verb, "nsubj")
                if subject is not None and not self._is_unresolved_pronoun(subject):
                    return Subject(self.relative_antecedent(verb, subject), score, False)
        return None

    def is_stative(self, verb: int) -> bool:
        """Whether a participle describes a state of its subject and is not a passive: "is opposed to"."""
        lemma = verb_lemma(self.tree.tokens[verb].lemma, self.tree.text(verb))
        return (
            lemma in _STATIVE
            and self.tree.tokens[verb].tag == "VBN"
            and self.tree.child(verb, "agent") is None
            and self.tree.child(verb, "prep", "xcomp") is not None
        )

    def relative_antecedent(self, verb: int, subject: int) -> int:
        """The noun that a relative pronoun ("which", "who") refers to; any other subject unchanged.

        A plural noun before a verb in the singular is not what the pronoun refers to; the pronoun is then returned.
        """
        if self.tree.text(subject) not in _RELATIVE or self.tree.tokens[verb].dep != "relcl":
            return subject
        noun = self.tree.heads[verb]
        if noun == verb:  # a relative clause on a line of its own
            return subject
        if self.tree.text(subject) == "which" and self.is_person(self.tree.tokens[noun]):
            return subject  # "a meeting with the minister, which failed"
        if noun in self.by_token or self.tree.child(noun, "conj") is not None:
            return noun
        plural = self.tree.tokens[noun].tag in ("NNS", "NNPS")
        return subject if plural and self._is_singular(verb) else noun  # "a copy of letters that was sold"

    def _is_singular(self, verb: int) -> bool:
        """Whether a verb or an auxiliary of it is in the singular: "sells", "was sold"."""
        auxiliaries = (c for c in self.tree.children[verb] if self.tree.tokens[c].dep in ("aux", "auxpass"))
        finite = (verb, *auxiliaries)
        return any(self.tree.tokens[one].tag == "VBZ" or self.tree.text(one) == "was" for one in finite)

    def is_passive(self, verb: int) -> bool:
        """Whether a verb is passive: "was condemned", or the participle in "a treaty signed by"."""
        if self.tree.child(verb, "nsubjpass", "auxpass") is not None:
            return True
        token = self.tree.tokens[verb]
        return (
            token.dep in ("acl", "advcl")
            and token.tag == "VBN"
            and (self.tree.child(verb, "agent") is not None or self._is_when_asked(verb))
        )

    def _is_when_asked(self, verb: int) -> bool:
        """Whether a participle after a conjunction has no subject or auxiliary: "when asked"."""
        conjunction = self.tree.child(verb, "mark", "advmod")
        return (
            conjunction is not None
            and conjunction < verb
            and self.tree.text(conjunction) in _CONJUNCTIONS
            and self.tree.child(verb, "nsubj", "aux") is None
        )


def _of_actor(found: Iterable[Argument]) -> list[Argument]:
    """Arguments named by a modifier instead of the head."""
    return [Argument(one.mention, one.token, one.score * OF_ACTOR, False) for one in found]


def _unique_actors(found: Iterable[Argument]) -> list[Argument]:
    """The first argument of each actor."""
    first: dict[str, Argument] = {}
    for argument in found:
        first.setdefault(argument.mention.actor_id, argument)
    return list(first.values())
