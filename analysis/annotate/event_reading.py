"""From a verb or noun down to whom its act is done: the words on the way, and what they make of the act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.annotate.event_actors import Carried, Carriers
from analysis.annotate.event_lexicon import ActClass, Word, act_class, after, mutual, negated, words
from analysis.annotate.event_status import is_infinitive
from analysis.annotate.syntax import VERBAL, Syntax

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
RECEIVING = frozenset(
    {"receive", "face", "draw", "suffer", "get", "win", "obtain", "earn", "come under", "gain"}
)
"""Verbs whose subject undergoes the act: "Iran received weapons from Russia"."""

_SAYING = frozenset({"say", "announce", "declare", "conclude", "state", "add", "argue", "tell"})
_OUGHT = frozenset({"must", "should", "ought"})
_NEVER = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "without", "cannot"})


@dataclass(frozen=True)
class Node:
    """A word on the way from an act to its target."""

    token: int
    lemma: str
    word: Word
    negated: bool = False


@dataclass(frozen=True)
class Reading:
    """The words read so far, how sure the way is, and the last preposition."""

    nodes: tuple[Node, ...]
    score: float = 1.0
    preposition: str = ""

    def scaled(self, factor: float, preposition: str | None = None) -> Reading:
        """The same words by a less sure way."""
        return replace(
            self,
            score=self.score * factor,
            preposition=self.preposition if preposition is None else preposition,
        )

    def then(self, node: Node) -> Reading:
        """One word further."""
        return replace(self, nodes=(*self.nodes, node), preposition="")

    @property
    def act(self) -> ActClass | None:
        """What all the words together say is done."""
        found: ActClass | None = None
        for node in reversed(self.nodes):
            found = after(node.word.operator, node.word.act, found)
            if found is not None and node.negated:
                found = negated(found)
        last = self.nodes[-1].word.act
        if (
            self.preposition == "against"
            and found is not None
            and last is not None
            and last.sign > 0 < found.sign
        ):
            return (
                None if last.name == "cooperate" else act_class("reject")
            )  # "traded the rial against the rouble"
        return found

    @property
    def is_negated(self) -> bool:
        """Whether one of the words is negated."""
        return any(node.negated for node in self.nodes)

    @property
    def is_wish(self) -> bool:
        """Whether a wish stands before the act."""
        return any(node.word.operator == "wish" for node in self.nodes[:-1])

    @property
    def lemma(self) -> str:
        """The words, without what only stands between."""
        telling = [node.lemma for node in self.nodes if node.lemma != "be"]
        return " ".join(telling or ["be"])


class Reader:
    """Reads the acts of one document.

    Parameters
    ----------
    syntax : Syntax
    carriers : Carriers
    """

    def __init__(self, syntax: Syntax, carriers: Carriers) -> None:
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.carriers = carriers

    # -- words

    def node(self, number: int) -> Node | None:
        """A listed word with the particle, preposition or compound it is listed with."""
        token = self.tokens[number]
        form = "verbs" if token.pos in VERBAL else "adjectives" if token.pos == "ADJ" else "nouns"
        if form == "nouns" and token.pos not in ("NOUN", "PROPN"):
            return None
        listed, lemma = words(form), token.lemma.casefold()
        plain = listed.get(lemma, Word(None, None))
        for other in self._companions(number, form):
            key = f"{other} {lemma}" if form == "nouns" else f"{lemma} {other}"
            if key in listed:
                word = Word(listed[key].act or plain.act, listed[key].operator or plain.operator)
                return Node(number, key, word, self.is_negated(number))
            if (
                form == "nouns" and plain.act is None and other in listed
            ):  # "aid deliveries", "mediation efforts"
                return Node(number, f"{other} {lemma}", listed[other], self.is_negated(number))
        if self.syntax.text(number) == "according":
            return None
        if plain != (None, None):
            return Node(number, lemma, plain, self.is_negated(number))
        if lemma in _SAYING and form == "verbs" and self._says_ought(number):
            return Node(number, lemma, Word(act_class("demand"), None), False)
        return None

    def _companions(self, number: int, form: str) -> Iterator[str]:
        deps = ("compound", "amod") if form == "nouns" else ("prt", "prep", "advmod", "dative")
        for child in self.syntax.children[number]:
            if self.tokens[child].dep in deps:
                yield self.syntax.text(child)

    def _says_ought(self, verb: int) -> bool:
        clause = self.syntax.child(verb, "ccomp")
        return clause is not None and any(
            self.tokens[child].dep == "aux" and self.tokens[child].lemma.casefold() in _OUGHT
            for child in self.syntax.children[clause]
        )

    def is_negated(self, number: int) -> bool:
        """Whether a negation belongs to a word itself."""
        for child in self.syntax.children[number]:
            if (
                self.tokens[child].dep in ("neg", "det", "advmod", "preconj")
                and self.syntax.text(child) in _NEVER
            ):
                return True
        head = self.syntax.heads[number]
        if self.tokens[number].dep in ("pobj", "pcomp") and self.syntax.text(head) == "without":
            return True
        subject = self.syntax.child(number, "nsubj", "nsubjpass")
        return subject is not None and any(
            self.syntax.text(child) in ("no", "neither") for child in self.syntax.children[subject]
        )

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

    def _down(self, number: int, reading: Reading) -> Iterator[tuple[Carried, Reading]]:
        for child in self.syntax.children[number]:
            dep = self.tokens[child].dep
            if dep in _OBJECTS:
                yield from self._noun(self.carriers.antecedent(number, child), reading)
            elif dep in ("prep", "dative") or (dep == "prt" and self.tokens[child].pos == "ADP"):
                yield from self._preposition(child, self._with_object(number, reading))
            elif dep in _PREDICATES and not (dep == "ccomp" and child < number):
                yield from self._predicate(number, child, reading.scaled(_PREDICATES[dep]))

    def _with_object(self, verb: int, reading: Reading) -> Reading:
        """The words with the object of a verb that says little alone: "resumed | deliveries | to"."""
        if reading.nodes[-1].token != verb or reading.nodes[-1].word.operator is None:
            return reading
        thing = self.syntax.child(verb, "dobj")
        node = self.node(thing) if thing is not None and thing not in self.carriers.by_token else None
        return reading.then(node) if node is not None and node.word.act is not None else reading

    def _preposition(self, number: int, reading: Reading) -> Iterator[tuple[Carried, Reading]]:
        text = self.syntax.text(number)
        factor = _PREPOSITIONS.get(text)
        of_a_noun = self.tokens[self.syntax.heads[number]].pos in ("NOUN", "PROPN")
        receives = reading.nodes[0].lemma in RECEIVING
        if factor is None or (
            text == "from" and of_a_noun and not receives
        ):  # "threats from Iran" are Iran's
            return
        last = reading.nodes[-1].word.act
        if last is not None and text in ("on", "upon") and last.name in _TOPICAL:
            return
        if last is not None and text in _PLACES and last.name in ("consult", "support"):  # "met in Iran"
            return
        further = reading.scaled(factor, text)
        for child in self.syntax.children[number]:
            dep = self.tokens[child].dep
            if dep == "pobj":
                yield from self._noun(child, further)
            elif dep == "pcomp":
                yield from self._predicate(self.syntax.heads[number], child, further.scaled(0.9))
            elif dep == "prep":
                yield from self._preposition(child, further)

    def _noun(self, number: int, reading: Reading) -> Iterator[tuple[Carried, Reading]]:
        for child in self.syntax.children[number]:
            if self.tokens[child].dep == "conj":
                yield from self._noun(child, reading)
        mention = self.carriers.by_token.get(number)
        if mention is not None:
            yield Carried(mention, number, 1.0, True), reading
            return
        for owner in self.carriers.owners(number):
            yield owner, reading.scaled(owner.score)
        node = self.node(number)
        if node is None or node.word.act is None:
            yield from self._down(number, reading.scaled(0.9))
        elif not self._is_anothers(number, reading):
            yield from self._down(number, reading.then(node))

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
