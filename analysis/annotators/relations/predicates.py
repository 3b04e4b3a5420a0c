"""Words that name an act, and the act that a chain of such words names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.annotators.lexicon import lexicon, words
from analysis.annotators.parsing.dependency_tree import VERBAL, DependencyTree
from analysis.annotators.relations.acts import (
    ActClass,
    LexiconEntry,
    act_class,
    compose_acts,
    entries,
    negate,
    relationship_quality,
    verb_lemma,
)

_NO_ENTRY = LexiconEntry(None, None)
_ARMS = words("event_verbs", "arms")
_BRANCHES = words("event_syntax", "branches")
_PERSON_NOUNS = words("person_nouns", "nouns")
_PLANNING = words("factuality", "planning")
_ONLY_BEFORE = lexicon("event_syntax")["only_before"]
_CLAIMS = words("event_syntax", "claims")
_NEVER_AFTER = lexicon("event_syntax")["never_after"]
_NO_ACT_WITH_OBJECT = lexicon("event_syntax")["no_act_with_object"]
_LIGHT_NOUNS = words("event_verbs", "light_nouns")
_FIRED_AT = words("event_syntax", "fired_at")
_NEGATORS = words("negation", "of_a_verb")
_ONLY = words("negation", "after_not")
_NEGATIVE_DETERMINERS = words("negation", "determiners")
_REPORTING_VERBS = words("factuality", "reporting_verbs")
_REPORTING_NOUNS = words("factuality", "reporting_nouns")
_OBLIGATION, _RECOMMENDATION = words("factuality", "obligation"), words("factuality", "recommendation")
_SCARCITY, _OMISSIONS = words("negation", "scarcity"), words("negation", "omissions")
_NOT_YET = words("negation", "not_yet")


@dataclass(frozen=True)
class Node:
    """One word in the chain from an act to its target."""

    token: int
    lemma: str
    entry: LexiconEntry
    negated: bool = False


@dataclass(frozen=True)
class PredicateChain:
    """The words from a predicate towards its target, the score of the path, and its last preposition."""

    nodes: tuple[Node, ...]
    score: float = 1.0
    preposition: str = ""

    def scaled(self, factor: float, preposition: str | None = None) -> PredicateChain:
        """The same chain with its score multiplied by a factor and, if given, another last preposition."""
        return replace(
            self,
            score=self.score * factor,
            preposition=self.preposition if preposition is None else preposition,
        )

    def append(self, node: Node) -> PredicateChain:
        """The chain with one more word."""
        return replace(self, nodes=(*self.nodes, node), preposition="")

    @property
    def act(self) -> ActClass | None:
        """The act that all words together name."""
        found: ActClass | None = None
        for node in reversed(self.nodes):
            following = None if self._is_arms_delivery(node) else found
            found = compose_acts(node.entry.operator, node.entry.act, following)
            if found is not None and node.negated:
                found = negate(found)
        last = self.nodes[-1].entry.act
        if self.preposition == "against" and self.nodes[-1].entry.operator == "stop":
            return act_class("retreat")  # "abandoned its campaign against"
        if self.preposition == "against" and found is not None and last is not None and last.sign > 0:
            # cooperation "against" somebody is none: "traded the rial against the rouble"
            aids_other = found.sign > 0 and last.name != "cooperate"
            return act_class("reject") if aids_other else None
        return found

    def _is_arms_delivery(self, verb: Node) -> bool:
        """Whether the verb hands over arms, which then name no attack: "delivered missiles to"."""
        last = self.nodes[-1]
        hands_over = verb.entry.act is not None and verb.entry.act.quadrant == "material_cooperation"
        return (
            hands_over
            and verb is not last
            and not _ARMS.isdisjoint(last.lemma.split())
            and self.preposition not in _FIRED_AT
        )

    @property
    def is_negated(self) -> bool:
        """Whether any of the words is negated."""
        return any(node.negated for node in self.nodes)

    @property
    def is_wish(self) -> bool:
        """Whether a verb of wishing precedes the act."""
        return any(node.entry.operator == "wish" for node in self.nodes[:-1])

    @property
    def is_plan(self) -> bool:
        """Whether a verb of intention precedes the act."""
        return any(node.lemma in _PLANNING for node in self.nodes[:-1])

    @property
    def lemma(self) -> str:
        """The lemmas joined by spaces, without "be" if there is any other."""
        content = [node.lemma for node in self.nodes if node.lemma != "be"]
        return " ".join(content or ["be"])


class PredicateReader:
    """Looks up the tokens of one document in the lexicon of acts.

    Parameters
    ----------
    tree : DependencyTree
    """

    def __init__(self, tree: DependencyTree) -> None:
        self.tree = tree
        self.tokens = tree.tokens

    def node(self, number: int) -> Node | None:
        """The entry of a token, with the particle, preposition or compound it is listed with; None if not listed."""
        token = self.tokens[number]
        form = "verbs" if token.pos in VERBAL else "adjectives" if token.pos == "ADJ" else "nouns"
        if form == "nouns" and token.pos not in ("NOUN", "PROPN"):
            return None
        if self.tree.text(number) == "according":
            return None
        listed, lemma = entries(form), self.lemma(number)
        if (reported := self._reported_obligation(number, form)) is not None:
            return Node(number, lemma, LexiconEntry(act_class(reported), None), False)
        if form == "verbs" and self._is_to_blame(number, lemma):
            return None
        if form == "verbs" and (self._has_idiomatic_object(number, lemma) or self._is_claim(number, lemma)):
            return None
        if lemma == "conclude" and self.tree.child(number, "ccomp") is not None:
            return None  # "concluded that" is no agreement
        if form == "nouns" and self._names_no_act(number, lemma):
            return None
        plain = listed.get(lemma, _NO_ENTRY)
        if form == "nouns" and self._is_bad_relationship(number, lemma):
            return Node(number, lemma, LexiconEntry(act_class("distrust"), None), self.is_negated(number))
        for other in self._companions(number, form):
            key = f"{other} {lemma}" if form == "nouns" else f"{lemma} {other}"
            if key in listed:
                changed = listed[key].operator in ("stop", "refuse")  # "give up" is no giving
                act = listed[key].act or (None if changed else plain.act)
                entry = LexiconEntry(act, listed[key].operator or plain.operator)
                return Node(number, key, entry, self.is_negated(number))
            names_act = form == "nouns" and other in listed and other not in _BRANCHES
            names_act = names_act and lemma not in _PERSON_NOUNS  # "a sanctions expert"
            if names_act and plain.act is None:  # "aid deliveries"
                return Node(number, f"{other} {lemma}", listed[other], self.is_negated(number))
        return Node(number, lemma, plain, self.is_negated(number)) if plain != _NO_ENTRY else None

    def _names_no_act(self, number: int, lemma: str) -> bool:
        """Whether a noun names no act here: "in exchange for", "without the deal", "his understanding of"."""
        after = {self.tree.text(child) for child in self.tree.children[number]}
        if lemma == "exchange" and "for" in after:
            return True
        if self.tree.text(self.tree.heads[number]) == "without":  # "would have failed without the deal"
            return True
        if self.tree.text(self.tree.heads[number]) in _NEVER_AFTER.get(lemma, ()) and not self._is_determined(
            number
        ):
            return True
        return lemma in _ONLY_BEFORE and after.isdisjoint(_ONLY_BEFORE[lemma])

    def _is_determined(self, noun: int) -> bool:
        """Whether a noun has an article or a possessor, so that it is no part of an idiom like "in charge of"."""
        return self.tree.child(noun, "det", "poss") is not None

    def _is_claim(self, verb: int, lemma: str) -> bool:
        """Whether a verb of demanding claims something: "insisted that Corvia had left", unlike "that it leave"."""
        clause = self.tree.child(verb, "ccomp")
        if lemma not in _CLAIMS or clause is None:
            return False
        auxiliaries = [
            child for child in self.tree.children[clause] if self.tokens[child].dep in ("aux", "auxpass")
        ]
        finite = (clause, *auxiliaries)
        modal = {self.tree.text(child) for child in auxiliaries} & (_OBLIGATION | _RECOMMENDATION)
        return not modal and any(self.tokens[one].tag in ("VBD", "VBZ", "VBP", "MD") for one in finite)

    def _is_to_blame(self, verb: int, lemma: str) -> bool:
        """Whether an infinitive after "be" says who is at fault: "Corvia is to blame"."""
        head = self.tree.heads[verb]
        return lemma == "blame" and self.tokens[verb].dep == "xcomp" and self.tokens[head].lemma == "be"

    def _has_idiomatic_object(self, verb: int, lemma: str) -> bool:
        """Whether a verb names no act with its object: "sold the deal to voters"."""
        thing = self.tree.child(verb, "dobj")
        return thing is not None and self.tokens[thing].lemma.casefold() in _NO_ACT_WITH_OBJECT.get(lemma, ())

    def lemma(self, number: int) -> str:
        """The lemma of a token in lower case; lemmas of verbs are corrected (see `verb_lemma`)."""
        token = self.tokens[number]
        return (
            verb_lemma(token.lemma, self.tree.text(number)) if token.pos in VERBAL else token.lemma.casefold()
        )

    def named_act(self, number: int) -> Node | None:
        """The act a noun names, directly or through a light noun: "a series of attacks", "the resumption of ties"."""
        node = self.node(number)
        if node is not None and node.entry.act is not None:
            return node
        if self.lemma(number) not in _LIGHT_NOUNS:
            return None
        of = next((one for one in self.tree.children[number] if self.tree.text(one) == "of"), None)
        inner = self.tree.child(of, "pobj") if of is not None else None
        node = self.node(inner) if inner is not None else None
        return node if node is not None and node.entry.act is not None else None

    def qualified(self, node: Node) -> Node | None:
        """The act of a noun; a relationship noun ("ties", "relations") needs a word that describes it, else None.

        "The close ties of" and "relations with Iran soured" are acts, "the state of relations with" is not.
        """
        number, described = node.token, self._predicate_words(node.token)
        if relationship_quality().get(node.lemma.rpartition(" ")[2]) != "":
            return self._changed(node, described)
        described += [child for child in self.tree.children[number] if self.tokens[child].dep == "amod"]
        classes = [name for word in described if (name := relationship_quality().get(self.lemma(word)))]
        return replace(node, entry=LexiconEntry(act_class(classes[0]), None)) if classes else None

    def _is_bad_relationship(self, noun: int, lemma: str) -> bool:
        """Whether an adjective says that a relationship is bad: "has a poor relationship with"."""
        if relationship_quality().get(lemma) != "":
            return False
        adjectives = (child for child in self.tree.children[noun] if self.tokens[child].dep == "amod")
        return any(relationship_quality().get(self.lemma(word)) == "distrust" for word in adjectives)

    def _predicate_words(self, subject: int) -> list[int]:
        """The verb of which a noun is the subject, and the adjectives and nouns that complete the verb."""
        head = self.tree.heads[subject]
        if self.tokens[subject].dep not in ("nsubj", "nsubjpass") or self.is_negated(head):
            return []
        complements = [c for c in self.tree.children[head] if self.tokens[c].dep in ("acomp", "attr")]
        return [head, *complements]

    def _changed(self, node: Node, predicate: Sequence[int]) -> Node:
        """A noun whose act its verb ends or spoils: "the talks collapsed", "cooperation had become brittle"."""
        act = node.entry.act
        if act is None or not predicate:
            return node
        if act.sign > 0 and "distrust" in map(relationship_quality().get, map(self.lemma, predicate)):
            return replace(node, entry=LexiconEntry(act_class("distrust"), None))
        verb = self.node(predicate[0])
        if verb is None or verb.entry.operator != "stop" or self.tree.child(verb.token, "dobj") is not None:
            return node
        return replace(node, entry=LexiconEntry(compose_acts("stop", None, act), None))

    def _companions(self, number: int, form: str) -> Iterator[str]:
        """Words that may belong to the entry of a token: particles, prepositions, objects, parts of a compound."""
        deps = ("compound", "amod") if form == "nouns" else ("prt", "prep", "advmod", "dative", "dobj")
        for child in self.tree.children[number]:
            if self.tokens[child].dep in deps:
                yield self.tree.text(child)
            if self.tokens[child].dep == "dobj":
                yield self.lemma(child)

    def _reported_obligation(self, number: int, form: str) -> str | None:
        """The class of a word that reports an obligation: "said that Iran must", "a reminder that it should"."""
        if self.lemma(number) not in (_REPORTING_VERBS if form == "verbs" else _REPORTING_NOUNS):
            return None
        clause = self.tree.child(number, "ccomp", "acl")
        if clause is None or self.tree.child(clause, "nsubjpass", "auxpass") is not None:
            return None  # "said that Corvia should be readmitted"
        children = self.tree.children[clause]
        auxiliaries = {
            self.tokens[child].lemma.casefold() for child in children if self.tokens[child].dep == "aux"
        }
        if auxiliaries & _OBLIGATION:
            return "demand"
        return "appeal" if auxiliaries & _RECOMMENDATION else None

    def _is_not_only(self, negator: int) -> bool:
        """Whether a negator belongs to "not only" or "whether or not"."""
        if negator and self.tree.text(negator - 1) == "or":
            return True
        return negator + 1 < len(self.tokens) and self.tree.text(negator + 1) in _ONLY

    def is_negated(self, number: int) -> bool:
        """Whether a token is negated: by a child, by "without" above it, or by the determiner of its subject."""
        for child in self.tree.children[number]:
            negates = self.tokens[child].dep in ("neg", "det", "advmod", "preconj", "punct")
            if negates and self.tree.text(child) in _NEGATORS and not self._is_not_only(child):
                return True
            if self.tokens[child].dep == "amod" and self.tree.text(child) in _SCARCITY:
                return True
        if self._is_yet_to_come(number):
            return True
        head, dep = self.tree.heads[number], self.tokens[number].dep
        if dep in ("pobj", "pcomp") and self.tree.text(head) == "without":
            return True
        if dep == "acl" and self.lemma(head) in _OMISSIONS:
            return True
        subject = self.tree.child(number, "nsubj", "nsubjpass")
        return subject is not None and any(
            self.tree.text(child) in _NEGATIVE_DETERMINERS for child in self.tree.children[subject]
        )

    def _is_yet_to_come(self, number: int) -> bool:
        """Whether an infinitive follows "yet": "has yet to condemn"."""
        return self.tree.before_infinitive(number) in _NOT_YET
