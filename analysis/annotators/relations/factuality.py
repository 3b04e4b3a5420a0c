"""Is an act told as done, as coming, or only as possible, wished, demanded or conditional?"""

from __future__ import annotations

from analysis.annotators.parsing.dependency_tree import VERBAL, Syntax
from analysis.annotators.relations.arguments import Carriers
from analysis.annotators.relations.lexicon import verb_lemma, words

ACTUAL, FUTURE, HYPOTHETICAL = "actual", "future", "hypothetical"

_FUTURE = frozenset({"will", "shall", "wo", "'ll", "’ll"})
_MODAL = frozenset({"may", "might", "could", "would", "should", "can", "must", "ought", "ca"})
_CONDITION = frozenset({"if", "whether", "unless", "until", "should"})
_DEPENDENT = frozenset({"xcomp", "ccomp", "advcl", "acl", "pcomp", "dobj", "pobj", "prep", "conj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OCCASIONS = frozenset(
    {"after", "during", "following", "before", "at", "in", "amid", "despite", "since", "under"}
)
_CLIMB = 4


def status_of(syntax: Syntax, carriers: Carriers, number: int) -> str:
    """Status of the act that a word names, from its auxiliaries and from the words it hangs on.

    Parameters
    ----------
    syntax : Syntax
    carriers : Carriers
    number : int
        The token of the verb or noun.

    Returns
    -------
    {"actual", "future", "hypothetical"}
    """
    status = _own(syntax, number)
    for _ in range(_CLIMB):
        head, dep = syntax.heads[number], syntax.tokens[number].dep
        if head == number or status == HYPOTHETICAL:
            break
        if dep in ("acl", "advcl") and is_infinitive(syntax, number):
            return HYPOTHETICAL
        alleged = dep in ("pcomp", "xcomp") or (dep == "prep" and syntax.text(number) not in _OCCASIONS)
        if alleged and carriers.is_said_of_another(head):
            return HYPOTHETICAL  # "accused Iran of supplying"
        if dep in _DEPENDENT or dep in _SUBJECTS:
            status = _under(syntax, head, dep, status)
        number = head
    return status


def is_infinitive(syntax: Syntax, verb: int) -> bool:
    """Whether "to" stands with a verb."""
    return any(
        syntax.tokens[child].dep == "aux" and syntax.text(child) == "to" for child in syntax.children[verb]
    )


def _under(syntax: Syntax, head: int, dep: str, status: str) -> str:
    if syntax.tokens[head].pos not in VERBAL:
        return status
    listed = words("verbs").get(verb_lemma(syntax.tokens[head].lemma, syntax.text(head)))
    if listed is not None and dep != "conj" and dep not in _SUBJECTS:
        demanded = listed.act is not None and listed.act.name == "demand"
        refused = listed.operator == "refuse" and dep not in ("dobj", "pobj", "prep")
        if listed.operator == "wish" or demanded or refused:
            return HYPOTHETICAL
    own = _own(syntax, head)
    return own if own != ACTUAL and dep != "ccomp" else status


def _own(syntax: Syntax, verb: int) -> str:
    status = ACTUAL
    for child in syntax.children[verb]:
        dep, text = syntax.tokens[child].dep, syntax.text(child)
        if dep == "aux" and text in _FUTURE:
            status = FUTURE
        elif (dep == "aux" and text in _MODAL) or (dep == "mark" and text in _CONDITION):
            return HYPOTHETICAL
    if syntax.tokens[verb].lemma in ("go", "be") and syntax.child(verb, "xcomp") is not None:
        return FUTURE  # "is going to", "is to"
    if syntax.child(verb, "nsubj") is not None and is_infinitive(syntax, verb):
        return FUTURE  # headlines: "Russia to build"
    return status
