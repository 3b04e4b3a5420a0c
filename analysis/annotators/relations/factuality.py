"""Factuality of an act: reported as done, announced, or only possible, wished, demanded or conditional."""

from __future__ import annotations

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import VERBAL, DependencyTree
from analysis.annotators.relations.acts import LexiconEntry, entries, verb_lemma
from analysis.annotators.relations.arguments import ActorArguments

ACTUAL, FUTURE, HYPOTHETICAL = "actual", "future", "hypothetical"

_FUTURE = words("factuality", "future")
_MODAL = words("factuality", "modal")
_CONDITIONS = words("factuality", "conditions")
_CIRCUMSTANCES = words("factuality", "circumstances")
_ALLEGING = words("factuality", "alleging")
_FACTS = words("factuality", "circumstances_as_facts")
_BEFORE_PLANNED = words("factuality", "before_planned")
_BEFORE_POSSIBLE = words("factuality", "before_possible")
_DENYING = words("factuality", "denying")
_AVERTING = words("factuality", "averting")
_POSSIBLE = words("factuality", "possible")
_HYPOTHETICAL_WORDS = (
    (("aux",), _MODAL),
    (("mark",), _CONDITIONS),
    (("amod", "det", "advmod"), _POSSIBLE),
)
_PROSPECTS = words("factuality", "prospects")
_EXPECTATIONS = words("factuality", "expectations")
_NEEDLESS = words("factuality", "needless")
_DOUBTFUL = words("factuality", "doubtful")
_EVIDENCE = words("factuality", "evidence")
_SCARCE = words("factuality", "scarce")
_UPCOMING = words("factuality", "upcoming")
_DECISIONS = words("factuality", "decisions")
_SEEMING = words("factuality", "seeming")
_REPORTING = words("factuality", "reporting_verbs")
_ALLEGED = words("factuality", "alleged")
_DESCRIBING = words("factuality", "describing")
_OMISSIONS = words("negation", "omissions")
_WH_WORDS = words("factuality", "wh_words")
_WORRIES = words("factuality", "worries")
_BELIEVING = words("factuality", "believing")
_TOPICS = words("factuality", "topics")
_READINESS = words("factuality", "readiness")
_ACHIEVING = words("factuality", "achieving")
_REAFFIRMING = words("factuality", "reaffirming")
_INVERTING = words("factuality", "inverting")
_NOT_YET = words("negation", "not_yet")
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
    below = False  # a noun after a preposition: "a part of the deal may fail"
    for _ in range(_MAX_CLIMB):
        head, dep = tree.heads[number], tree.tokens[number].dep
        if head == number or status == HYPOTHETICAL or _is_stated(tree, number):
            break
        if dep == "acl" and tree.tokens[head].lemma in _OMISSIONS | _DECISIONS:
            return status  # "its refusal to help"
        if dep in ("acl", "advcl") and is_infinitive(tree, number):
            return HYPOTHETICAL
        if dep == "acl" and tree.tokens[head].lemma in _EXPECTATIONS:
            return HYPOTHETICAL  # "the fear that it sells"
        described = tree.text(number) in _DESCRIBING and tree.child(number, "pcomp") is None
        circumstance = described or tree.text(number) in _CIRCUMSTANCES
        complement = dep in ("pcomp", "xcomp") or (dep == "prep" and not circumstance)
        if dep == "prep" and tree.text(head) in _PROSPECTS:
            return HYPOTHETICAL
        if complement and tree.tokens[head].lemma not in _ACHIEVING and arguments.is_alleged(head):
            return HYPOTHETICAL  # "accused Iran of supplying"
        if _is_worry(tree, number) or (dep == "xcomp" and _is_believed(tree, arguments, head)):
            return HYPOTHETICAL
        if dep in _SUBJECTS and _is_absent(tree, head):
            return HYPOTHETICAL
        if _is_doubted(tree, number):
            return HYPOTHETICAL
        if dep in _DEPENDENT or (dep in _SUBJECTS and not below):
            status = _embedded_status(tree, head, dep, status)
        if dep == "ccomp" and tree.tokens[head].lemma in _REPORTING:
            return status  # "wants to tell them that it sold"
        below = below or dep == "prep"
        number = head
    return status


def is_denied(tree: DependencyTree, number: int) -> bool:
    """Whether the act that a token names is denied: "denied any strain between"."""
    for _ in range(_MAX_CLIMB):
        head, dep = tree.heads[number], tree.tokens[number].dep
        if head == number or dep in ("conj", "advcl") or dep not in _DEPENDENT:
            return False
        if tree.tokens[head].lemma in _DENYING:
            return True
        number = head
    return False


def _is_stated(tree: DependencyTree, number: int) -> bool:
    """Whether a word states an act whatever governs it: a finite relative clause, "after the attack", "and sold"."""
    token, head = tree.tokens[number], tree.heads[number]
    if token.dep == "prep":
        reason = tree.text(number) == "for" and tree.child(number, "pcomp") is not None
        return tree.text(number) in _FACTS or (reason and tree.tokens[head].lemma not in _ALLEGING)
    if token.pos in VERBAL:
        if token.dep == "ccomp":
            return any(tree.text(child) in _WH_WORDS for child in tree.children[number])
        if token.dep == "acl" and token.tag == "VBN":  # "the deal signed by"
            return True
        finite = token.tag in ("VBD", "VBZ", "VBP") or any(
            tree.tokens[child].dep == "aux" and tree.tokens[child].tag in ("VBD", "VBZ", "VBP")
            for child in tree.children[number]
        )
        joined = token.dep == "conj" and not any(
            tree.text(child) in _CONDITIONS for child in tree.children[head]
        )
        compared = any(tree.text(child) == "as" for child in tree.children[number])  # "just as it had sold"
        past = token.tag == "VBD" or (compared and finite and token.tag not in ("VBZ", "VBP"))
        return ((token.dep == "relcl" or joined) and finite) or (token.dep == "advcl" and past)
    if token.dep == "dobj" and tree.tokens[head].pos in VERBAL:  # "want to lift the sanctions"
        if _lemma(tree, head) in _REAFFIRMING:
            return True
        entry = _entry(tree, head)
        hostile = (
            entry.act is not None and entry.act.sign < 0 and entry.operator != "carry"
        )  # "strike a deal"
        against = entry.operator in ("stop", "refuse") or hostile
        return against and _lemma(tree, head) not in _AVERTING
    return (
        token.dep == "pobj" and tree.text(head) in _TOPICS and tree.child(number, "det", "poss") is not None
    )


def _is_backshifted(tree: DependencyTree, verb: int) -> bool:
    """Whether "would" stands for "will" in reported speech: "said it would sell"."""
    reported = tree.tokens[verb].dep == "ccomp" and tree.tokens[tree.heads[verb]].lemma in _REPORTING
    clauses = [verb, *(child for child in tree.children[verb] if tree.tokens[child].dep == "advcl")]
    words_of_clauses = {tree.text(child) for clause in clauses for child in tree.children[clause]}
    return reported and words_of_clauses.isdisjoint(_CONDITIONS)


def _is_worry(tree: DependencyTree, word: int) -> bool:
    """Whether a clause is only feared: "is worried about Corvia helping", "feared that Corvia helps"."""
    head, dep = tree.heads[word], tree.tokens[word].dep
    clause = tree.child(word, "pcomp") if dep == "prep" else None
    feared = dep == "ccomp" or (clause is not None and tree.child(clause, "nsubj") is not None)
    return feared and _lemma(tree, head).casefold() in _WORRIES


def _is_believed(tree: DependencyTree, arguments: ActorArguments, verb: int) -> bool:
    """Whether a passive verb says that something is only believed: "is believed to have sold"."""
    return _lemma(tree, verb) in _BELIEVING and arguments.is_passive(verb)


def _is_absent(tree: DependencyTree, verb: int) -> bool:
    """Whether a verb says that its subject does not exist: "a truce is not in sight"."""
    return (
        tree.tokens[verb].lemma == "be"
        and tree.child(verb, "neg") is not None
        and tree.child(verb, "acomp", "attr") is None
    )


def _is_doubted(tree: DependencyTree, verb: int) -> bool:
    """Whether a clause depends on doubt: "it is unlikely that it sells", "no reason to sell", "no proof that"."""
    head, dep = tree.heads[verb], tree.tokens[verb].dep
    if dep in ("ccomp", "csubj"):
        quality = tree.child(head, "acomp") if tree.tokens[head].pos in VERBAL else head
        return quality is not None and tree.text(quality) in _DOUBTFUL
    quantity = {tree.text(child) for child in tree.children[head]}
    needless = "no" in quantity and tree.tokens[head].lemma in _NEEDLESS
    unproven = not quantity.isdisjoint(_SCARCE) and tree.tokens[head].lemma in _EVIDENCE
    return dep in ("relcl", "acl", "advcl") and (needless or unproven)


def _lemma(tree: DependencyTree, verb: int) -> str:
    return verb_lemma(tree.tokens[verb].lemma, tree.text(verb))


def _entry(tree: DependencyTree, verb: int) -> LexiconEntry:
    """The entry of a verb, with its particle if it is listed with one."""
    lemma, listed = _lemma(tree, verb), entries("verbs")
    beside = [
        tree.text(child) for child in tree.children[verb] if tree.tokens[child].dep in ("prt", "advmod")
    ]
    keys = [*(f"{lemma} {word}" for word in beside), lemma]
    return next((listed[key] for key in keys if key in listed), LexiconEntry(None, None))


def _is_inverted(tree: DependencyTree, verb: int) -> bool:
    """Whether an auxiliary stands before the subject: "Will Corvia sell?", "Had Corvia sold"."""
    auxiliary, subject = tree.child(verb, "aux", "auxpass"), tree.child(verb, "nsubj", "nsubjpass")
    if auxiliary is None or subject is None or auxiliary > subject:
        return False
    before = {tree.text(child) for child in tree.children[verb] if child < auxiliary}
    return before.isdisjoint(_WH_WORDS | _INVERTING)


def is_infinitive(tree: DependencyTree, verb: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(tree.tokens[child].dep == "aux" and tree.text(child) == "to" for child in tree.children[verb])


def _embedded_status(tree: DependencyTree, head: int, dep: str, status: str) -> str:
    """The status of an act below a governing word, which may demand, refuse or wish it."""
    if tree.tokens[head].pos not in VERBAL:
        beside = {tree.text(child) for child in tree.children[head]}
        if dep == "prep" and beside & _ALLEGED:
            return HYPOTHETICAL
        return FUTURE if dep == "prep" and beside & _UPCOMING else status
    entry = _entry(tree, head)
    if dep not in ("conj", "advcl") and dep not in _SUBJECTS:
        demanded = entry.act is not None and entry.act.name == "demand"
        refused = entry.operator == "refuse" and dep not in ("dobj", "pobj", "prep")
        averted = _lemma(tree, head) in _AVERTING
        seems = dep == "xcomp" and tree.tokens[head].lemma in _SEEMING
        if seems or entry.operator == "wish" or demanded or refused or averted:
            return HYPOTHETICAL
    own = _own_status(tree, head)
    return own if own != ACTUAL and dep != "ccomp" else status


def announced(tree: DependencyTree, verb: int) -> str:
    """The status that the word right before an infinitive gives it: "about to sell", "unlikely to sell"."""
    head = tree.heads[verb]
    if tree.tokens[head].dep == "prep" and tree.text(tree.heads[head]) in _READINESS:
        return FUTURE  # "is open for talks"
    before = tree.before_infinitive(verb)
    return HYPOTHETICAL if before in _BEFORE_POSSIBLE else FUTURE if before in _BEFORE_PLANNED else ACTUAL


def _own_status(tree: DependencyTree, verb: int) -> str:
    """The status that the auxiliaries and conjunction of a verb give it."""
    status = announced(tree, verb)
    if status == HYPOTHETICAL or _is_inverted(tree, verb):
        return HYPOTHETICAL
    for child in tree.children[verb]:
        dep, text = tree.tokens[child].dep, tree.text(child)
        announces = text in _FUTURE or (text == "would" and _is_backshifted(tree, verb))
        if (dep == "aux" and announces) or (dep == "amod" and text in _UPCOMING):
            status = FUTURE
        elif any(dep in deps and text in listed for deps, listed in _HYPOTHETICAL_WORDS):
            return HYPOTHETICAL
    infinitive = tree.child(verb, "xcomp")
    announces = tree.tokens[verb].lemma in ("go", "be") and tree.text(verb) != "been"  # "has been to sell"
    if announces and infinitive is not None and tree.text(infinitive - 2) not in _NOT_YET:
        return FUTURE  # "is going to", "is to"
    if tree.heads[verb] == verb and tree.child(verb, "nsubj") is not None and is_infinitive(tree, verb):
        return FUTURE  # headlines: "Russia to build"
    return status
