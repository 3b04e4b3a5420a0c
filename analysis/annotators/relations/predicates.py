"""The words that name an act, one by one, and what they say taken together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.annotators.parsing.dependency_tree import VERBAL, Syntax
from analysis.annotators.relations.lexicon import (
    ActClass,
    Word,
    act_class,
    after,
    arms,
    light,
    negated,
    standing,
    verb_lemma,
    words,
)

_SAYING = frozenset(
    {"say", "announce", "declare", "conclude", "state", "add", "argue", "tell", "remind", "inform"}
)
_SAID = frozenset({"reminder", "message", "statement", "letter", "word"})
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
            found = after(node.word.operator, node.word.act, None if self._are_goods(node) else found)
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

    def _are_goods(self, verb: Node) -> bool:
        """Whether what follows is arms that a verb hands over: "delivered missiles to"."""
        last = self.nodes[-1]
        handed = verb.word.act is not None and verb.word.act.quadrant == "material_cooperation"
        return (
            handed
            and verb is not last
            and not arms().isdisjoint(last.lemma.split())
            and self.preposition not in ("at", "against", "on", "into")
        )

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


class Words:
    """The listed words of one document.

    Parameters
    ----------
    syntax : Syntax
    """

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.tokens = syntax.tokens

    def node(self, number: int) -> Node | None:
        """A listed word with the particle, preposition or compound it is listed with."""
        token = self.tokens[number]
        form = "verbs" if token.pos in VERBAL else "adjectives" if token.pos == "ADJ" else "nouns"
        if form == "nouns" and token.pos not in ("NOUN", "PROPN"):
            return None
        if self.syntax.text(number) == "according":
            return None
        listed, lemma = words(form), self.lemma(number)
        if self._says_ought(number, form):
            return Node(number, lemma, Word(act_class("demand"), None), False)
        if lemma == "conclude" and self.syntax.child(number, "ccomp") is not None:
            return None  # "concluded that" is no agreement
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
        return Node(number, lemma, plain, self.is_negated(number)) if plain != (None, None) else None

    def lemma(self, number: int) -> str:
        """The lemma of a token, in lower case; that of a verb mended."""
        token = self.tokens[number]
        return (
            verb_lemma(token.lemma, self.syntax.text(number))
            if token.pos in VERBAL
            else token.lemma.casefold()
        )

    def named_act(self, number: int) -> Node | None:
        """The act that a noun names, by itself or as in "a series of attacks", "the resumption of ties"."""
        node = self.node(number)
        if node is not None and node.word.act is not None:
            return node
        if self.lemma(number) not in light():
            return None
        of = next((one for one in self.syntax.children[number] if self.syntax.text(one) == "of"), None)
        inner = self.syntax.child(of, "pobj") if of is not None else None
        node = self.node(inner) if inner is not None else None
        return node if node is not None and node.word.act is not None else None

    def standing(self, node: Node) -> Node | None:
        """An act named by a noun alone; ties and relations only where a word says how they are.

        "The close ties of", "relations with Iran soured", but not "the state of relations with".
        """
        if standing().get(node.lemma.rpartition(" ")[2]) != "":
            return node
        number, head = node.token, self.syntax.heads[node.token]
        beside = [child for child in self.syntax.children[number] if self.tokens[child].dep == "amod"]
        if self.tokens[number].dep in ("nsubj", "nsubjpass") and not self.is_negated(head):
            beside += [
                head,
                *(c for c in self.syntax.children[head] if self.tokens[c].dep in ("acomp", "attr")),
            ]
        kinds = [kind for word in beside if (kind := standing().get(self.lemma(word)))]
        return replace(node, word=Word(act_class(kinds[0]), None)) if kinds else None

    def _companions(self, number: int, form: str) -> Iterator[str]:
        deps = ("compound", "amod") if form == "nouns" else ("prt", "prep", "advmod", "dative")
        for child in self.syntax.children[number]:
            if self.tokens[child].dep in deps:
                yield self.syntax.text(child)

    def _says_ought(self, number: int, form: str) -> bool:
        """Whether what somebody ought to do hangs on a word: "said that Iran must", "a reminder that it must"."""
        if self.lemma(number) not in (_SAYING if form == "verbs" else _SAID):
            return False
        clause = self.syntax.child(number, "ccomp", "acl")
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
