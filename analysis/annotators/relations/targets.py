"""From a verb or noun down to whom its act is done: the words on the way, and what they make of the act."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.annotators.parsing.dependency_tree import Syntax
from analysis.annotators.relations.arguments import Carried, Carriers
from analysis.annotators.relations.factuality import is_infinitive
from analysis.annotators.relations.lexicon import Word, feeling, mutual
from analysis.annotators.relations.predicates import Node, Reading, Words

_OBJECTS = frozenset({"dobj", "dative", "attr", "oprd", "pobj", "nsubjpass", "obj"})
_PREDICATES = {"xcomp": 0.97, "acomp": 0.97, "ccomp": 0.85, "advcl": 0.8, "acl": 0.8, "pcomp": 0.9}
# How surely a noun after the preposition is the one the act is done to.
_PREPOSITIONS = {
    **dict.fromkeys(("with", "to", "against", "toward", "towards", "alongside", "upon", "behind"), 1.0),
    **dict.fromkeys(("on", "at", "for", "of", "between", "versus"), 0.95),
    **dict.fromkeys(("from", "among"), 0.9),
    **dict.fromkeys(("in", "into", "inside", "within", "across", "near", "out", "away"), 0.75),
}
_PLACES = frozenset({"in", "at", "inside", "within", "across", "near"})
_TOPICAL = frozenset({"agree", "consult", "support", "cooperate", "appeal", "concede"})  # "agreed on Syria"
_PARTICLES = frozenset({"up", "off", "down", "back"})
_BEFORE_NOUN = frozenset({"compound", "amod", "nmod", "nummod", "det", "poss"})
RECEIVING = frozenset(
    {"receive", "face", "draw", "suffer", "get", "win", "obtain", "earn", "come under", "gain"}
)
"""Verbs whose subject undergoes the act: "Iran received weapons from Russia"."""


class Reader(Words):
    """Reads the acts of one document.

    Parameters
    ----------
    syntax : Syntax
    carriers : Carriers
    """

    def __init__(self, syntax: Syntax, carriers: Carriers) -> None:
        super().__init__(syntax)
        self.carriers = carriers

    # -- who suffers it

    def targets(self, node: Node) -> Iterator[tuple[Carried, Reading]]:
        """The actors an act is done to, each with the words on the way."""
        reading = Reading((node,))
        if self.tokens[node.token].dep == "acl" and self.carriers.is_passive(
            node.token
        ):  # "Iran, attacked by"
            for carried in self.carriers.of(self.syntax.heads[node.token]):
                yield carried, reading.scaled(0.95 * carried.score)
        yield from self._down(node.token, reading)

    def asked_for(self, node: Node) -> Iterator[tuple[Carried, Reading]]:
        """The actors for or against whom others are asked to act: "urged Belgium to help France" favours France."""
        act, deed = node.word.act, self.syntax.child(node.token, "xcomp", "ccomp", "advcl")
        if act is None or act.name not in ("appeal", "demand") or deed is None:
            return
        asked, inner = self.carriers.controlled(node.token), self.node(deed)
        if asked is None or inner is None or not is_infinitive(self.syntax, deed):
            return
        wish = Node(node.token, node.lemma, Word(None, "wish"), node.negated)
        yield from self._down(deed, Reading((wish, inner), 0.8))

    def threatened(self, node: Node) -> Iterator[tuple[Carried, Reading]]:
        """The actors whose deed a threat is to prevent: "threatened to end the talks if Belgium goes ahead"."""
        if node.word.act is None or node.word.act.name != "threaten":
            return
        for verb in (node.token, *self.syntax.children[node.token]):
            if verb != node.token and self.tokens[verb].dep != "xcomp":
                continue
            for clause in self.syntax.children[verb]:
                mark = self.syntax.child(clause, "mark")
                if self.tokens[clause].dep != "advcl" or mark is None:
                    continue
                subject = self.syntax.child(clause, "nsubj", "nsubjpass")
                if self.syntax.text(mark) in ("if", "unless", "should") and subject is not None:
                    for carried in self.carriers.of(subject):
                        yield carried, Reading((node,), 0.8 * carried.score)

    def _down(self, number: int, reading: Reading) -> Iterator[tuple[Carried, Reading]]:
        for child in self.syntax.children[number]:
            dep = self.tokens[child].dep
            if dep in _OBJECTS:
                yield from self._noun(self.carriers.antecedent(number, child), reading)
            elif dep in ("prep", "dative") or (dep == "prt" and self.tokens[child].pos == "ADP"):
                yield from self._preposition(child, self._with_object(number, reading))
            elif dep in _PREDICATES and not (dep == "ccomp" and child < number):
                yield from self._predicate(number, child, reading.scaled(_PREDICATES[dep]))
            elif dep == "amod" and child > number:  # "hackers capable of attacking"
                yield from self._down(child, reading.scaled(0.85))

    def _with_object(self, verb: int, reading: Reading) -> Reading:
        """The words with the object of a verb that says little alone: "resumed | deliveries | to"."""
        if reading.nodes[-1].token != verb or reading.nodes[-1].word.operator is None:
            return reading
        thing = self.syntax.child(verb, "dobj")
        node = self.named_act(thing) if thing is not None and thing not in self.carriers.by_token else None
        return reading.then(node) if node is not None else reading

    def _preposition(self, number: int, reading: Reading) -> Iterator[tuple[Carried, Reading]]:
        text = self.syntax.text(number)
        belongs = reading.nodes[-1].lemma.endswith(f" {text}")  # "arrive in", "concerned about"
        factor = _PREPOSITIONS.get(text, 1.0) if belongs else self._factor(number, reading)
        if factor is None:
            return
        further = reading.scaled(factor, text)
        hanging = [(child, self.tokens[child].dep) for child in self.syntax.children[number]]
        for child, dep in hanging:
            if dep == "pobj":
                yield from self._noun(child, further)
            elif dep == "pcomp":
                yield from self._predicate(self.syntax.heads[number], child, further.scaled(0.9))
            elif dep == "prep":
                yield from self._preposition(child, further)
        if not hanging and (noun := self._noun_after(number)) is not None:
            yield from self._noun(noun, further.scaled(0.85))

    def _factor(self, number: int, reading: Reading) -> float | None:
        """How surely the noun after a preposition undergoes the act; None where it does not."""
        text, last = self.syntax.text(number), reading.nodes[-1].word.act
        if self.tokens[number].dep == "prt" and text in _PARTICLES:
            return 0.9
        of_a_noun = self.tokens[self.syntax.heads[number]].pos in ("NOUN", "PROPN")
        receives = reading.nodes[0].lemma in RECEIVING
        if text == "from" and of_a_noun and not receives:  # "threats from Iran" are Iran's
            return None
        if last is not None and text in ("on", "upon") and last.name in _TOPICAL:
            return None
        if last is not None and text in _PLACES and last.name in ("consult", "support"):  # "met in Iran"
            return None
        if text in ("about", "over"):  # "concern about Iran", not "talks about Iran"
            return 0.9 if not feeling().isdisjoint(reading.nodes[-1].lemma.split()) else None
        return _PREPOSITIONS.get(text)

    def _noun_after(self, preposition: int) -> int | None:
        """The noun right after a preposition that the parser left without one."""
        number = preposition + 1
        if number >= len(self.tokens) or self.syntax.heads[preposition] > preposition:
            return None
        while self.tokens[number].dep in _BEFORE_NOUN and self.syntax.heads[number] > number:
            number = self.syntax.heads[number]
        return number if self.tokens[number].pos in ("NOUN", "PROPN") else None

    def _noun(self, number: int, reading: Reading) -> Iterator[tuple[Carried, Reading]]:
        for child in self.syntax.children[number]:
            if self.tokens[child].dep == "conj":
                yield from self._noun(child, reading)
        named = next((one for one in self._named(number) if one in self.carriers.by_token), None)
        if named is not None:
            yield Carried(self.carriers.by_token[named], named, 1.0, True), reading
            return
        if self.syntax.text(number) == "behalf":  # "launched a satellite on behalf of"
            return
        for owner in self.carriers.owners(number):
            yield owner, reading.scaled(owner.score)
        node = self.node(number)
        if node is None or node.word.act is None:
            yield from self._loose(number, reading.scaled(0.9))
        elif not self._is_anothers(number, reading):
            yield from self._down(number, reading.then(node))

    def _loose(self, number: int, reading: Reading) -> Iterator[tuple[Carried, Reading]]:
        """From a noun that names no act, unless it does so by what it is of: "a state of siege in Haiti"."""
        inner = self.named_act(number)
        if inner is None:
            denied = any(self.syntax.text(child) == "no" for child in self.syntax.children[number])
            if not denied and reading.preposition != "for":  # "has no intention to", "for use in Ukraine"
                yield from self._down(number, reading)
            return
        for child in self.syntax.children[number]:
            if self.tokens[child].dep == "prep":
                of = self.syntax.text(child) == "of"
                yield from self._preposition(child, reading if of else reading.then(inner))

    def _named(self, number: int) -> list[int]:
        """A noun and the names beside it: "the president, Hassan Rouhani"."""
        children = self.syntax.children[number]
        return [number, *(child for child in children if self.tokens[child].dep == "appos")]

    def _is_anothers(self, noun: int, reading: Reading) -> bool:
        """Whether the act a noun names is only the setting of the verb's act, or somebody else's.

        "Denied it in a call with", "sent drones for its war in", "carried Iran's trade with".
        """
        last = reading.nodes[-1]
        if reading.preposition in _PLACES and last.word.operator is None:
            return True
        if self.syntax.child(noun, "poss") is None:
            return False
        if last.word.operator == "carry":
            return bool(self.carriers.owners(noun))
        return (
            last.word.operator is None
            and last.word.act is not None
            and last.word.act.quadrant.startswith("material")
        )

    def _predicate(self, governor: int, number: int, reading: Reading) -> Iterator[tuple[Carried, Reading]]:
        """A verb or adjective that the act goes on with."""
        if self.carriers.controlled(governor) is not None or self.tokens[governor].lemma == "deny":
            return  # "denied supplying" says neither that it was done nor that it was refused
        subject = self.syntax.child(number, "nsubj", "nsubjpass")
        if subject is not None:  # "demanded that Iran stop": Iran is the one addressed
            if self.tokens[number].dep == "ccomp" and number > governor:
                for carried in self.carriers.of(self.carriers.antecedent(number, subject)):
                    yield carried, reading.scaled(carried.score)
            return
        if self.tokens[number].dep == "advcl" and not is_infinitive(self.syntax, number):
            return
        last = reading.nodes[-1].word.act
        if last is not None and last.name == "distrust":  # "feared becoming"
            return
        node = self.node(number)
        yield from self._down(number, reading.then(node) if node else reading.scaled(0.85))

    # -- what two do together

    def together(self, node: Node) -> Reading | None:
        """The act as far as it is one that its subjects do with one another: "agreed", "held talks", "are allies"."""
        act = node.word.act
        if act is not None and act.sign < 0 and self.syntax.child(node.token, "ccomp") is not None:
            return None  # "both argue that"
        found = [reading for reading in self._stations(node.token, Reading((node,))) if _is_mutual(reading)]
        return found[0] if found else None

    def _stations(self, number: int, reading: Reading) -> Iterator[Reading]:
        for child in self.syntax.children[number]:
            dep = self.tokens[child].dep
            if dep in ("dobj", "attr", "xcomp", "acomp", "prep", "pobj", "nsubjpass"):
                node = self.node(child)
                if node is not None:
                    yield from self._stations(child, reading.then(node))
                elif dep in ("prep", "xcomp"):
                    yield from self._stations(child, reading)
        yield reading


def _is_mutual(reading: Reading) -> bool:
    last = reading.nodes[-1]
    parts = last.lemma.split()  # "meet with", "peace talk"
    return last.word.act is not None and not mutual().isdisjoint((last.lemma, parts[0], parts[-1]))
