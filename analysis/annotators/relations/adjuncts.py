"""Agents and patients of an act that a noun beside a verb names: "in cooperation with", "after talks with".

The agent of such a noun stands elsewhere in the clause. It is the subject of the verb that governs the noun if the
noun has a possessive pronoun ("its ties with"), follows "in" without an article, or names a joint act.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import VERBAL, DependencyTree
from analysis.annotators.relations.arguments import ActorArguments, Argument, Subject
from analysis.annotators.relations.predicates import Node, PredicateChain, PredicateReader

_POSSESSIVE_PRONOUNS = words("event_syntax", "possessive_pronouns")
_PARTICIPATION = words("event_syntax", "participation")
_UNDERGOING = words("event_syntax", "undergoing")
_TARGET_PREPOSITIONS = words("event_syntax", "targets_of_noun")
_MUTUAL = words("event_verbs", "mutual")
_MAX_CLIMB = 4
_SCORE = 0.85


def implicit_agents(arguments: ActorArguments, reader: PredicateReader, node: Node) -> list[Argument]:
    """The actors that do the act of a noun as the subject of its clause.

    Parameters
    ----------
    arguments : ActorArguments
    reader : PredicateReader
    node : Node
        A noun that names an act and has no possessor.

    Returns
    -------
    list of Argument
        Empty if the noun does not depend on the subject.
    """
    tree = reader.tree
    verb = _governing_verb(tree, node.token)
    if verb is None or not (
        _has_possessive_pronoun(tree, node.token) or _is_act_of_subject(reader, node, verb)
    ):
        return []
    found = list(_subjects(arguments, verb))
    if any(tree.text(child) == "its" for child in tree.children[node.token]):
        found = [one for one in found if not arguments.is_person(one.mention)]
    return found


def implicit_patients(arguments: ActorArguments, reader: PredicateReader, node: Node) -> list[Argument]:
    """The actors that suffer the act of a noun as the subject of a clause with "despite", "under" and the like.

    Parameters
    ----------
    arguments : ActorArguments
    reader : PredicateReader
    node : Node
        A noun that names an act of conflict and has a possessor but no target.

    Returns
    -------
    list of Argument
        Empty if there is no such clause.
    """
    tree = reader.tree
    head = tree.heads[node.token]
    if tree.tokens[node.token].dep != "pobj" or tree.text(head) not in _UNDERGOING:
        return []
    verb = _governing_verb(tree, node.token)
    return list(_subjects(arguments, verb)) if verb is not None else []


def leads_to_target(node: Node, chain: PredicateChain) -> bool:
    """Whether the last preposition introduces a target; "with" does so only after a mutual act."""
    if chain.preposition == "with":
        return not _MUTUAL.isdisjoint((node.lemma, *node.lemma.split()))
    return chain.preposition in _TARGET_PREPOSITIONS


def is_bare(tree: DependencyTree, noun: int) -> bool:
    """Whether a noun follows "in" without an article or possessor: "in support of", "in cooperation with"."""
    determined = any(tree.tokens[child].dep in ("det", "poss", "nummod") for child in tree.children[noun])
    return tree.tokens[noun].dep == "pobj" and tree.text(tree.heads[noun]) == "in" and not determined


def _subjects(arguments: ActorArguments, verb: int) -> Iterator[Argument]:
    subject = arguments.subject(verb)
    if subject is None or subject.passive:  # then the subject of the passive, which undergoes the verb
        patient = arguments.tree.child(verb, "nsubjpass")
        if patient is None:
            return
        subject = Subject(arguments.relative_antecedent(verb, patient), 1.0, False)
    for argument in arguments.in_phrase(subject.head):
        yield argument._replace(score=argument.score * subject.score * _SCORE)


def _governing_verb(tree: DependencyTree, noun: int) -> int | None:
    """The verb that governs a noun, through prepositions and nouns."""
    number = noun
    for _ in range(_MAX_CLIMB):
        head = tree.heads[number]
        if head == number or tree.tokens[number].dep in ("nsubj", "nsubjpass", "conj", "appos"):
            return None
        if tree.tokens[head].pos in VERBAL:
            return head
        number = head
    return None


def _has_possessive_pronoun(tree: DependencyTree, noun: int) -> bool:
    return any(
        tree.tokens[child].dep == "poss" and tree.text(child) in _POSSESSIVE_PRONOUNS
        for child in tree.children[noun]
    )


def _is_act_of_subject(reader: PredicateReader, node: Node, verb: int) -> bool:
    """Whether the subject does the act of a noun: after "in" without an article, or together with its object."""
    tree, noun = reader.tree, node.token
    above = tree.heads[noun]
    dep = tree.tokens[noun].dep
    if is_bare(tree, noun):
        return True
    joint = any(tree.text(child) == "with" for child in tree.children[noun])
    if not joint or node.entry.act is None or node.entry.act.sign < 0:
        return False
    if dep == "pobj":
        return tree.text(above) in _PARTICIPATION and tree.heads[above] == verb
    return dep == "dobj" and reader.node(verb) is None
