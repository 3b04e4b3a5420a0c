"""Who does an act that is only named beside a verb: "in cooperation with", "after talks with", "its ties with".

The doer of such a noun stands elsewhere in the clause. Where the noun has a possessive pronoun, or stands after "in"
without an article, or is something that two do together, it is the subject of the verb that the noun hangs on.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.annotators.parsing.dependency_tree import VERBAL, Syntax
from analysis.annotators.relations.arguments import Carried, Carriers
from analysis.annotators.relations.lexicon import mutual
from analysis.annotators.relations.predicates import Node, Reading, Words

_OWN = frozenset({"its", "their", "his", "her"})
_OCCASIONS = frozenset(
    {"after", "during", "following", "before", "at", "in", "through", "since", "for", "by", "amid"}
)
_UNDERGONE = frozenset({"despite", "under", "amid", "facing"})
_TOWARDS = frozenset({"to", "toward", "towards", "against", "for", "on", "over", "of"})
_MAX_CLIMB = 4
_FACTOR = 0.85


def doers(carriers: Carriers, words: Words, node: Node) -> list[Carried]:
    """The actors that do the act a noun names, where they stand as the subject of its clause.

    Parameters
    ----------
    carriers : Carriers
    words : Words
    node : Node
        A noun that names an act and has no owner beside it.

    Returns
    -------
    list of Carried
        Empty where the noun is not bound to the subject.
    """
    verb = _verb_above(words.syntax, node.token)
    if verb is None or not (_is_own(words.syntax, node.token) or _is_shared(words, node, verb)):
        return []
    found = list(_subjects(carriers, verb))
    if any(words.syntax.text(child) == "its" for child in words.syntax.children[node.token]):
        found = [one for one in found if not _is_person(words.syntax, one)]
    return found


def sufferers(carriers: Carriers, words: Words, node: Node) -> list[Carried]:
    """The actors that suffer the act a noun names: the subject of a clause with "despite", "under" and the like.

    Parameters
    ----------
    carriers : Carriers
    words : Words
    node : Node
        A noun that names an act of conflict and has an owner but no target.

    Returns
    -------
    list of Carried
        Empty where there is no such clause.
    """
    syntax = words.syntax
    head = syntax.heads[node.token]
    if syntax.tokens[node.token].dep != "pobj" or syntax.text(head) not in _UNDERGONE:
        return []
    verb = _verb_above(syntax, node.token)
    return list(_subjects(carriers, verb)) if verb is not None else []


def is_towards(node: Node, way: Reading) -> bool:
    """Whether a preposition leads from the noun to a target; "with" only where both do the act."""
    if way.preposition == "with":
        return not mutual().isdisjoint((node.lemma, *node.lemma.split()))
    return way.preposition in _TOWARDS


def _subjects(carriers: Carriers, verb: int) -> Iterator[Carried]:
    subject = carriers.subject(verb)
    if subject is None or subject[2]:  # of a passive: who it is done to
        undergoing = carriers.syntax.child(verb, "nsubjpass")
        if undergoing is None:
            return
        subject = (carriers.antecedent(verb, undergoing), 1.0, False)
    head, score, _ = subject
    for carried in carriers.of(head):
        yield carried._replace(score=carried.score * score * _FACTOR)


def _is_person(syntax: Syntax, carried: Carried) -> bool:
    """Whether an actor is named as a person, whom "its" cannot mean."""
    return any(
        entity.label == "PERSON" and entity.start < carried.mention.end and carried.mention.start < entity.end
        for entity in syntax.document.entities
    )


def _verb_above(syntax: Syntax, noun: int) -> int | None:
    """The verb that a noun hangs on, through prepositions and nouns."""
    number = noun
    for _ in range(_MAX_CLIMB):
        head = syntax.heads[number]
        if head == number or syntax.tokens[number].dep in ("nsubj", "nsubjpass", "conj", "appos"):
            return None
        if syntax.tokens[head].pos in VERBAL:
            return head
        number = head
    return None


def is_bare(syntax: Syntax, noun: int) -> bool:
    """Whether a noun stands after "in" without an article or owner: "in support of", "in cooperation with"."""
    owned = any(syntax.tokens[child].dep in ("det", "poss", "nummod") for child in syntax.children[noun])
    return syntax.tokens[noun].dep == "pobj" and syntax.text(syntax.heads[noun]) == "in" and not owned


def _is_own(syntax: Syntax, noun: int) -> bool:
    return any(
        syntax.tokens[child].dep == "poss" and syntax.text(child) in _OWN for child in syntax.children[noun]
    )


def _is_shared(words: Words, node: Node, verb: int) -> bool:
    """Whether a noun is something the subject does: after "in" without an article, or together with the other."""
    syntax, noun = words.syntax, node.token
    above = syntax.heads[noun]
    dep = syntax.tokens[noun].dep
    if is_bare(syntax, noun):
        return True
    together = any(syntax.text(child) == "with" for child in syntax.children[noun])
    if not together or node.word.act is None or node.word.act.sign < 0:
        return False
    if dep == "pobj":
        return syntax.text(above) in _OCCASIONS and syntax.heads[above] == verb
    return dep == "dobj" and words.node(verb) is None
