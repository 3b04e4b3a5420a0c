"""Factuality of an act: reported as done, announced, or only possible, wished, demanded or conditional."""

from __future__ import annotations

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import VERBAL, DependencyTree
from analysis.annotators.relations.acts import entries, verb_lemma
from analysis.annotators.relations.arguments import ActorArguments

ACTUAL, FUTURE, HYPOTHETICAL = "actual", "future", "hypothetical"

_FUTURE = words("factuality", "future")
_MODAL = words("factuality", "modal")
_CONDITIONS = words("factuality", "conditions")
_CIRCUMSTANCES = words("factuality", "circumstances")
_DEPENDENT = frozenset({"xcomp", "ccomp", "advcl", "acl", "pcomp", "dobj", "pobj", "prep", "conj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MAX_CLIMB = 4


def factuality(tree: DependencyTree, arguments: ActorArguments, number: int) -> str:
    """Classify the factuality of the act that a token names, from its auxiliaries and the words that govern it.

    Parameters
    ----------
    tree : DependencyTree
    arguments : ActorArguments
    number : int
        The token of the verb or noun.

    Returns
    -------
    {"actual", "future", "hypothetical"}
    """
    status = _own_status(tree, number)
    for _ in range(_MAX_CLIMB):
        head, dep = tree.heads[number], tree.tokens[number].dep
        if head == number or status == HYPOTHETICAL:
            break
        if dep in ("acl", "advcl") and is_infinitive(tree, number):
            return HYPOTHETICAL
        complement = dep in ("pcomp", "xcomp") or (dep == "prep" and tree.text(number) not in _CIRCUMSTANCES)
        if complement and arguments.is_alleged(head):
            return HYPOTHETICAL  # "accused Iran of supplying"
        if dep in _DEPENDENT or dep in _SUBJECTS:
            status = _embedded_status(tree, head, dep, status)
        number = head
    return status


def is_infinitive(tree: DependencyTree, verb: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(tree.tokens[child].dep == "aux" and tree.text(child) == "to" for child in tree.children[verb])


def _embedded_status(tree: DependencyTree, head: int, dep: str, status: str) -> str:
    """The status of an act below a governing word, which may demand, refuse or wish it."""
    if tree.tokens[head].pos not in VERBAL:
        return status
    entry = entries("verbs").get(verb_lemma(tree.tokens[head].lemma, tree.text(head)))
    if entry is not None and dep != "conj" and dep not in _SUBJECTS:
        demanded = entry.act is not None and entry.act.name == "demand"
        refused = entry.operator == "refuse" and dep not in ("dobj", "pobj", "prep")
        if entry.operator == "wish" or demanded or refused:
            return HYPOTHETICAL
    own = _own_status(tree, head)
    return own if own != ACTUAL and dep != "ccomp" else status


def _own_status(tree: DependencyTree, verb: int) -> str:
    """The status that the auxiliaries and conjunction of a verb give it."""
    status = ACTUAL
    for child in tree.children[verb]:
        dep, text = tree.tokens[child].dep, tree.text(child)
        if dep == "aux" and text in _FUTURE:
            status = FUTURE
        elif (dep == "aux" and text in _MODAL) or (dep == "mark" and text in _CONDITIONS):
            return HYPOTHETICAL
    if tree.tokens[verb].lemma in ("go", "be") and tree.child(verb, "xcomp") is not None:
        return FUTURE  # "is going to", "is to"
    if tree.child(verb, "nsubj") is not None and is_infinitive(tree, verb):
        return FUTURE  # headlines: "Russia to build"
    return status
