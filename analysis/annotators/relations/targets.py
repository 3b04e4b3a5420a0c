"""Targets of an act: the paths from a predicate down to the actors it is done to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, TypeVar

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import VERBAL, DependencyTree
from analysis.annotators.relations.acts import ActClass, LexiconEntry
from analysis.annotators.relations.arguments import NO_ACT_AFTER, ActorArguments, Argument
from analysis.annotators.relations.factuality import is_infinitive
from analysis.annotators.relations.predicates import Node, PredicateChain, PredicateReader

RECEIVING = words("event_syntax", "receiving")
"""Verbs whose subject undergoes the act: "Iran received weapons from Russia"."""

_OBJECTS = frozenset({"dobj", "dative", "attr", "oprd", "pobj", "nsubjpass", "obj"})
_PREDICATES = {"xcomp": 0.97, "acomp": 0.97, "ccomp": 0.85, "advcl": 0.8, "acl": 0.8, "pcomp": 0.9}
_BEFORE_NOUN = frozenset({"compound", "amod", "nmod", "nummod", "det", "poss"})
# How certain it is that the noun after the preposition is the target.
_PREPOSITIONS = {
    **dict.fromkeys(words("event_syntax", "targets_surely"), 1.0),
    **dict.fromkeys(words("event_syntax", "targets_probably"), 0.95),
    **dict.fromkeys(words("event_syntax", "targets_often"), 0.9),
    **dict.fromkeys(words("event_syntax", "targets_sometimes"), 0.75),
}
_PLACES = words("event_syntax", "places")
_PARTICLES = words("event_syntax", "particles")
_CONDITIONS = words("event_syntax", "conditions")
_INSTRUMENTS = words("event_syntax", "instruments")
_TOPIC_NOUNS = words("event_syntax", "topic_nouns")
_TOPIC_VERBS = words("event_syntax", "topic_verbs")
_CLAUSE_TARGETS = words("event_syntax", "clause_targets")
_ADDRESSING = words("event_syntax", "addressing")
_DENYING = words("factuality", "denying")
_REACTIONS = words("event_syntax", "reactions")
_LOCAL_CONFLICTS = words("event_syntax", "local_conflicts")
_PURPOSES = words("event_syntax", "purposes")
_ANSWERS = words("event_syntax", "answers")
_OF_A_VICTIM = words("event_syntax", "of_a_victim")
_NO_TARGETS = words("event_syntax", "no_targets")
_PARTIES = frozenset({"with", "against"})
_COMPANY = frozenset({"with", "between", "from"})
_ROLE_NOUNS = words("event_verbs", "role_nouns")
_PEOPLE = words("event_verbs", "people")
_NO_THIRD_PARTY = words("event_syntax", "no_third_party")
_THIRD_PARTY_AFTER = frozenset({"with", "against", "from"})
_THIRD_PARTY_AFTER_ROLE = _THIRD_PARTY_AFTER | {"of", "to"}
_EMOTION = words("event_verbs", "emotion")
_MUTUAL = words("event_verbs", "mutual")
# Classes of acts whose topic follows "on": "agreed on Syria".
_TOPICAL = frozenset({"agree", "consult", "support", "cooperate", "appeal", "concede"})

Path = tuple[Argument, PredicateChain]
"""An actor that an act is done to, and the words that lead to it."""
_Found = TypeVar("_Found", Path, PredicateChain)
# A step down the tree yields results and further steps.
Steps: TypeAlias = "Iterator[_Found | Steps[_Found]]"


class TargetReader(PredicateReader):
    """Finds the targets of the acts in one document.

    Parameters
    ----------
    tree : DependencyTree
    arguments : ActorArguments
    """

    def __init__(self, tree: DependencyTree, arguments: ActorArguments) -> None:
        super().__init__(tree)
        self.arguments = arguments

    def targets(self, node: Node) -> Iterator[Path]:
        """The actors an act is done to, each with the chain of words that leads to it."""
        chain = PredicateChain((node,))
        if self.tokens[node.token].dep == "acl" and self.arguments.is_passive(node.token):
            for argument in self.arguments.in_phrase(self.tree.heads[node.token]):  # "Iran, attacked by"
                yield argument, chain.scaled(0.95 * argument.score)
        yield from _walk(self._below(node.token, chain))

    def targets_of_request(self, node: Node) -> Iterator[Path]:
        """The actors a requested act is done to: "urged Belgium to help France" favours France."""
        act, requested = node.entry.act, self.tree.child(node.token, "xcomp", "ccomp", "advcl")
        if act is None or act.name not in ("appeal", "demand") or requested is None:
            return
        addressee, inner = self.arguments.controller(node.token), self.node(requested)
        if addressee is None or inner is None or not is_infinitive(self.tree, requested):
            return
        wish = Node(node.token, node.lemma, LexiconEntry(None, "wish"), node.negated)
        yield from _walk(self._below(requested, PredicateChain((wish, inner), 0.8)))

    def targets_of_threat(self, node: Node) -> Iterator[Path]:
        """The actors whose conduct a threat is to prevent: "threatened to end the talks if Belgium goes ahead"."""
        if node.entry.act is None or node.entry.act.name != "threaten":
            return
        for verb in (node.token, *self.tree.children[node.token]):
            if verb != node.token and self.tokens[verb].dep != "xcomp":
                continue
            for clause in self.tree.children[verb]:
                mark = self.tree.child(clause, "mark")
                if self.tokens[clause].dep != "advcl" or mark is None:
                    continue
                subject = self.tree.child(clause, "nsubj", "nsubjpass")
                if self.tree.text(mark) in _CONDITIONS and subject is not None:
                    for argument in self.arguments.in_phrase(subject):
                        yield argument, PredicateChain((node,), 0.8 * argument.score)

    def _below(self, number: int, chain: PredicateChain) -> Steps[Path]:
        last = chain.nodes[-1]
        for child in self.tree.children[number]:
            dep = self.tokens[child].dep
            person = last.lemma in _INSTRUMENTS and child in self.arguments.by_token  # "fired the minister"
            means = number == last.token and last.lemma in _INSTRUMENTS | _TOPIC_VERBS
            if dep == "dobj" and means and not person:
                yield self._below_means(child, chain)
            elif dep == "attr" and self.lemma(child) in _EMOTION:
                continue  # "Corvia is a concern in Belmark" is no act of Corvia
            elif dep in _OBJECTS:
                yield self._in_noun(self.arguments.relative_antecedent(number, child), chain)
            elif self._is_fronted(number, child):
                continue
            elif dep in ("prep", "dative") or (dep == "prt" and self.tokens[child].pos == "ADP"):
                yield self._after_preposition(child, self._with_object(number, chain))
            elif dep in _PREDICATES and child > number and not self._is_purpose(child, chain):
                yield self._in_predicate(number, child, chain.scaled(_PREDICATES[dep]))
            elif dep == "amod" and child > number:  # "hackers capable of attacking"
                yield self._below(child, chain.scaled(0.85))

    def _below_means(self, thing: int, chain: PredicateChain) -> Steps[Path]:
        """The targets after a noun that is only the means or the topic: "launched Corvian drones at Belmark"."""
        for child in self.tree.children[thing]:
            if self.tokens[child].dep == "conj":
                yield self._below_means(child, chain)
        node = self.named_act(thing)
        if chain.nodes[-1].lemma in _TOPIC_VERBS:
            found = _walk(self._below(thing, chain))
            yield from ((target, way) for target, way in found if way.preposition == "with")
        elif thing not in self.arguments.by_token:
            yield self._below(thing, chain.append(node) if node is not None else chain.scaled(0.9))

    def _is_fronted(self, verb: int, child: int) -> bool:
        """Whether a preposition before its verb names no party: "in talks with Corvia, Arvania won"."""
        fronted = self.tokens[child].dep == "prep" and child < verb and self.tokens[verb].pos in VERBAL
        noun = self.tree.child(child, "pobj")
        if noun is None or not fronted:
            return fronted
        party = self.tree.text(child) in _PARTIES and noun in self.arguments.by_token
        return not party and self.lemma(noun) not in _REACTIONS

    def _is_purpose(self, clause: int, chain: PredicateChain) -> bool:
        """Whether a clause names the purpose of an act and so another act: "met Corvia to isolate Belmark"."""
        last = chain.nodes[-1].entry
        if last.act is None or last.operator is not None:
            return False
        if self.lemma(clause) in _PURPOSES:  # "a deal meant to curb"
            return True
        dep, material = self.tokens[clause].dep, last.act.quadrant.startswith("material")
        return dep == "advcl" or (dep == "acl" and material and is_infinitive(self.tree, clause))

    def _with_object(self, verb: int, chain: PredicateChain) -> PredicateChain:
        """The chain with the object of a verb that takes its act from it: "resumed | deliveries | to"."""
        if chain.nodes[-1].token != verb or chain.nodes[-1].entry.operator is None:
            return chain
        thing = self.tree.child(verb, "dobj")
        node = self.named_act(thing) if thing is not None and thing not in self.arguments.by_token else None
        return chain.append(node) if node is not None else chain

    def _after_preposition(self, number: int, chain: PredicateChain) -> Steps[Path]:
        text = self.tree.text(number)
        is_listed = chain.nodes[-1].lemma.endswith(f" {text}")  # "arrive in", "concerned about"
        factor = _PREPOSITIONS.get(text, 1.0) if is_listed else self._factor(number, chain)
        if factor is None:
            return
        further = chain.scaled(factor, text)
        dependents = [(child, self.tokens[child].dep) for child in self.tree.children[number]]
        for child, dep in dependents:
            if dep == "pobj":
                yield self._in_noun(child, further)
            elif dep == "pcomp":
                yield self._in_predicate(self.tree.heads[number], child, further.scaled(0.9))
            elif dep == "prep":
                yield self._after_preposition(child, further)
        if not dependents and (noun := self._noun_after(number)) is not None:
            yield self._in_noun(noun, further.scaled(0.85))

    def _factor(self, number: int, chain: PredicateChain) -> float | None:
        """How certain it is that the noun after a preposition is the target; None if it is not."""
        text, last = self.tree.text(number), chain.nodes[-1].entry.act
        if self.tokens[number].dep == "prt" and text in _PARTICLES:
            return 0.9
        of_a_noun = self.tokens[self.tree.heads[number]].pos in ("NOUN", "PROPN")
        receives = chain.nodes[0].lemma in RECEIVING
        if (
            text == "with" and last is not None and last.name in ("assault", "coerce")
        ):  # "shot with a missile"
            return None if _MUTUAL.isdisjoint(chain.nodes[-1].lemma.split()) else 1.0
        if text == "with" and last is not None and last.name == "threaten":  # "a conspiracy with"
            return None
        if text == "with" and last is not None and last.name == "aid":  # "helped Corvia with sales to"
            return None
        if text == "of" and self._is_friend_of(self.tree.heads[number]):
            return None  # "met with allies of Corvia"
        if text == "to" and last is not None and last.name == "support" and not of_a_noun:
            head = self.tree.heads[number]
            if self.tree.child(head, "dobj") is not None and chain.nodes[-1].token == head:
                return None  # "defended the raid to Corvia"
        if text in _PLACES - {"at"} and self._is_plain_place(number, last):
            return None
        if text in _PLACES | {"on"} and chain.nodes[-1].lemma in _ROLE_NOUNS:  # "opponents on Belmark soil"
            return None
        if text == "to" and last is not None and last.name == "assault" and of_a_noun:  # "the killing of, to"
            return None
        if text not in _COMPANY and self.lemma(self.tree.heads[number]) in _TOPIC_NOUNS:
            return None
        if text in _PLACES and len(chain.nodes) > 1 and chain.nodes[-1].lemma in _LOCAL_CONFLICTS:
            return None
        if text in _PLACES and last is not None and last.sign > 0 and self._has_no_object(number):
            return None  # "train in Corvia"
        if text in _PLACES and last is not None and last.name in ("consult", "support"):  # "met in Corvia"
            return None
        if text == "near" and last is not None and last.sign > 0:
            return None
        if text == "from" and of_a_noun and not receives:  # "threats from Iran" are Iran's
            return None
        if last is not None and text in ("on", "upon") and last.name in _TOPICAL:
            return None
        if text in ("about", "over"):  # "concern about Iran", not "talks about Iran"
            return 0.9 if not _EMOTION.isdisjoint(chain.nodes[-1].lemma.split()) else None
        return _PREPOSITIONS.get(text)

    def _has_no_object(self, preposition: int) -> bool:
        """Whether a preposition follows a verb without an object."""
        head = self.tree.heads[preposition]
        return self.tokens[head].pos in VERBAL and self.tree.child(head, "dobj", "nsubjpass") is None

    def _is_plain_place(self, preposition: int, act: ActClass | None) -> bool:
        """Whether an act has another target, so that "in" only says where: "fought against rebels in Corvia"."""
        head = self.tree.heads[preposition]
        if any(self.tree.text(child) == "against" for child in self.tree.children[head]):
            return True
        thing = self.tree.child(head, "dobj")
        if thing is None or act is None or act.sign >= 0:
            return False
        reflexive = self.tree.text(thing).endswith(("self", "selves"))
        named = thing in self.arguments.by_token or self.tokens[thing].pos in ("PRON", "PROPN")
        return named and not reflexive

    def _noun_after(self, preposition: int) -> int | None:
        """The noun right after a preposition to which the parser attached none."""
        number = preposition + 1
        if number >= len(self.tokens) or self.tree.heads[preposition] > preposition:
            return None
        while self.tokens[number].dep in _BEFORE_NOUN and self.tree.heads[number] > number:
            number = self.tree.heads[number]
        if self.tree.left[number] <= preposition:  # the preposition stands below this noun
            return None
        return number if self.tokens[number].pos in ("NOUN", "PROPN") else None

    def _in_noun(self, number: int, chain: PredicateChain) -> Steps[Path]:
        for child in self.tree.children[number]:
            if self.tokens[child].dep == "conj":
                yield self._in_noun(child, chain)
        named = next((one for one in self._with_appositions(number) if one in self.arguments.by_token), None)
        if named is not None:
            yield Argument(self.arguments.by_token[named], named, 1.0, True), chain
            return
        if self.tree.text(number) in _NO_TARGETS or self.arguments.is_not_the_state(number):
            return
        node = self.node(number)
        people = self.lemma(number) in _ROLE_NOUNS | _PEOPLE
        act = None if node is None or people else node.entry.act
        met = chain.nodes[-1].lemma == "meet" and act is not None and act.sign < 0  # "met resistance"
        if met or (act is not None and self._is_setting(chain)):
            return
        yield from self._possessors(number, node, chain)
        if node is None or node.entry.act is None:
            yield self._in_unlisted_noun(number, chain.scaled(0.9))
        elif not self._is_separate_act(number, chain):
            yield self._below(number, chain.append(node))

    def _in_unlisted_noun(self, number: int, chain: PredicateChain) -> Steps[Path]:
        """Through a noun that is not listed; the noun after "of" may name an act: "a state of siege in Haiti"."""
        inner = self.named_act(number)
        if chain.nodes[-1].lemma in _DENYING:  # "denied collusion with"
            return
        if inner is None:
            denied = any(self.tree.text(child) == "no" for child in self.tree.children[number])
            if not denied and chain.preposition != "for":  # "has no intention to", "for use in Ukraine"
                yield self._below(number, chain)
            return
        for child in self.tree.children[number]:
            if self.tokens[child].dep == "prep":
                of = self.tree.text(child) == "of"
                yield self._after_preposition(child, chain if of else chain.append(inner))

    def _possessors(self, number: int, node: Node | None, chain: PredicateChain) -> Iterator[Path]:
        """The actors in the modifiers of a noun; ending a joint act is directed at them: "left the Corvia deal"."""
        last, act = chain.nodes[-1], None if node is None else node.entry.act
        if last.lemma in _DENYING and (act is None or act.name != "accuse"):
            return
        if self._is_friend_of(number):
            return
        ends_joint_act = act is not None and act.sign > 0 and last.entry.operator == "stop"
        if node is not None and (ends_joint_act or node.lemma in _OF_A_VICTIM):
            chain = chain.append(node)
        for possessor in self.arguments.possessors(number):
            yield possessor, chain.scaled(possessor.score)

    def _is_friend_of(self, noun: int) -> bool:
        """Whether a noun names friends of an actor: "Corvia's allies", unlike "its Corvian ally"."""
        if self.lemma(noun) not in _ROLE_NOUNS or self.tokens[noun].dep == "attr":
            return False
        return not any(
            self.tokens[child].dep == "poss" and child not in self.arguments.by_token
            for child in self.tree.children[noun]
        )

    def _is_setting(self, chain: PredicateChain) -> bool:
        """Whether an act after "in", "at" and the like is only the setting of the act before it.

        So is an act after the preposition of a meeting: "met with critics of the Corvia talks".
        """
        last = chain.nodes[-1].entry
        meets = last.act is not None and last.act.name == "consult" and chain.preposition != ""
        return last.operator is None and (chain.preposition in _PLACES or meets)

    def _with_appositions(self, number: int) -> list[int]:
        """A noun and its appositions: "the president, Hassan Rouhani"."""
        children = self.tree.children[number]
        return [number, *(child for child in children if self.tokens[child].dep == "appos")]

    def _is_separate_act(self, noun: int, chain: PredicateChain) -> bool:
        """Whether the act of a noun is only the setting of the verb's act, or an act of another actor.

        "Denied it in a call with", "sent drones for its war in", "carried Iran's trade with".
        """
        last = chain.nodes[-1]
        if last.lemma in _DENYING | _ANSWERS:
            return True
        if self.tree.child(noun, "poss") is None:
            return False
        if last.entry.operator == "carry":
            return bool(self.arguments.possessors(noun))
        return (
            last.entry.operator is None
            and last.entry.act is not None
            and last.entry.act.quadrant.startswith("material")
        )

    def _in_predicate(self, governor: int, number: int, chain: PredicateChain) -> Steps[Path]:
        """Through a verb or adjective that continues the act."""
        if self.arguments.controller(governor) is not None or self.tokens[governor].lemma in _DENYING:
            return  # "denied supplying" says neither that it was done nor that it was refused
        last = chain.nodes[-1].entry.act
        if self.tree.text(number) in NO_ACT_AFTER:
            return
        subject = self.tree.child(number, "nsubj", "nsubjpass")
        if subject is not None:  # "demanded that Iran stop": Iran is the target of the demand
            told = (
                self.lemma(governor) in _ADDRESSING
                and self.tree.child(governor, "dobj", "dative") is not None
            )
            names_target = last is not None and last.name in _CLAUSE_TARGETS and not told
            if self.tokens[number].dep == "ccomp" and (names_target or self._is_bare_clause(number)):
                head = self.arguments.relative_antecedent(number, subject)
                for argument in self.arguments.in_phrase(head):
                    yield argument, chain.scaled(argument.score)
            return
        if self.tokens[number].dep == "advcl" and not is_infinitive(self.tree, number):
            return
        if last is not None and last.name == "distrust":  # "feared becoming"
            return
        node = self.node(number)
        yield self._below(number, chain.append(node) if node else chain.scaled(0.85))

    def _is_bare_clause(self, verb: int) -> bool:
        """Whether the subject of a clause is the object of the verb above it: "let Corvia stay"."""
        modal = any(self.tokens[child].tag == "MD" for child in self.tree.children[verb])
        return self.tokens[verb].tag == "VB" and not modal

    def mutual_act(self, node: Node) -> PredicateChain | None:
        """The chain of an act that the subjects do together ("agreed", "held talks", "are allies")."""
        act = node.entry.act
        if act is not None and act.sign < 0 and self.tree.child(node.token, "ccomp") is not None:
            return None  # "both argue that"
        chains = _walk(self._chains(node.token, PredicateChain((node,))))
        return next(
            (chain for chain in chains if _is_mutual(chain) and not self._has_third_party(chain)), None
        )

    def _has_third_party(self, chain: PredicateChain) -> bool:
        """Whether the subjects do an act to somebody else: "both fought the rebels", "both promote their allies"."""
        return any(self._is_role_of_another(node) or self._has_another_party(node) for node in chain.nodes)

    def _is_role_of_another(self, node: Node) -> bool:
        """Whether a noun for a party names neither of the subjects: "their allies", unlike "are allies"."""
        owned = self.tree.child(node.token, "poss") is not None
        return node.lemma in _ROLE_NOUNS and (self.tokens[node.token].dep != "attr" or owned)

    def _has_another_party(self, node: Node) -> bool:
        """Whether an act has an object, or a party after a preposition, that is not the subjects themselves."""
        prepositions = _THIRD_PARTY_AFTER_ROLE if node.lemma in _ROLE_NOUNS else _THIRD_PARTY_AFTER
        hostile = node.entry.act is not None and node.entry.act.sign < 0
        for child in self.tree.children[node.token]:
            dep, party = self.tokens[child].dep, None
            if dep == "prep" and self.tree.text(child) in prepositions:
                party = self.tree.child(child, "pobj")
            elif dep == "dobj" and hostile and self.node(child) is None:
                party = child
            if party is not None and self.tree.text(party) not in _NO_THIRD_PARTY:
                return True
        return False

    def _chains(self, number: int, chain: PredicateChain) -> Steps[PredicateChain]:
        """The chain and its continuations through objects and complements, the longest first."""
        for child in self.tree.children[number]:
            dep = self.tokens[child].dep
            if dep in ("dobj", "attr", "xcomp", "acomp", "prep", "pobj", "nsubjpass"):
                node = self.node(child)
                if node is not None and self._is_known_conflict(number, node):
                    continue
                if node is not None:
                    yield self._chains(child, chain.append(node))
                elif dep in ("prep", "xcomp") and not self._is_fronted(number, child):
                    yield self._chains(child, chain)
        yield chain

    def _is_known_conflict(self, preposition: int, node: Node) -> bool:
        """Whether a noun stands for a conflict in which something happens: "engaged in the war"."""
        definite = any(self.tree.text(child) == "the" for child in self.tree.children[node.token])
        conflict = node.entry.act is not None and node.entry.act.sign < 0
        return definite and conflict and self.tree.text(preposition) in _PLACES


def _walk(steps: Steps[_Found]) -> Iterator[_Found]:
    """The results of steps in their order. A loop, because a tree can be deeper than Python's recursion limit."""
    waiting = [steps]
    while waiting:
        found = next(waiting[-1], None)
        if found is None:
            waiting.pop()
        elif isinstance(found, Iterator):
            waiting.append(found)
        else:
            yield found


def _is_mutual(chain: PredicateChain) -> bool:
    last = chain.nodes[-1]
    parts = last.lemma.split()  # "meet with", "peace talk"
    return last.entry.act is not None and not _MUTUAL.isdisjoint((last.lemma, parts[0], parts[-1]))
