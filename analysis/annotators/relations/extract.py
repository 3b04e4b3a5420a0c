"""Relations: acts of one actor of the study towards another, extracted from the dependency parse with a lexicon.

Each act has a direction (cooperation, conflict, neutral), a quadrant and a weight, as in event data [1]_ [2]_. Each
row also says whether the clause is passive or negated, whether the act was done, is announced or is hypothetical, and
how certain the reading is. `CARD.md` has the accuracy and the abstention rate.

References
----------
.. [1] Norris, C., Schrodt, P., Beieler, J. (2017). PETRARCH2: another event coding program. JOSS 2(9), 133.
.. [2] Gerner, D. J., Schrodt, P. A., Yilmaz, O., Abu-Jabr, R. (2002). Conflict and mediation event observations
   (CAMEO): a new event data framework for the analysis of foreign policy interactions. ISA.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from analysis.annotators.actors.gazetteer import name_matches
from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import VERBAL, dependency_tree
from analysis.annotators.parsing.document import Document, Mention, Span
from analysis.annotators.relations.acts import ActClass, act_class, as_announced
from analysis.annotators.relations.adjuncts import (
    implicit_agents,
    implicit_patients,
    is_bare,
    leads_to_target,
)
from analysis.annotators.relations.arguments import ActorArguments, Argument
from analysis.annotators.relations.confidence import probability
from analysis.annotators.relations.evidence import evidence
from analysis.annotators.relations.factuality import (
    ACTUAL,
    FUTURE,
    HYPOTHETICAL,
    announced,
    factuality,
    is_denied,
)
from analysis.annotators.relations.predicates import Node, PredicateChain
from analysis.annotators.relations.targets import RECEIVING, TargetReader
from analysis.study.actors import Actors

MINIMUM_SCORE = 0.57
"""Readings to which the rules give a lower score are left out before they are judged."""

_VERB_SCORE, _NOUN_SCORE, _MUTUAL_SCORE = 0.95, 0.8, 0.9
_MUTUAL, _ROLE_NOUNS = words("event_verbs", "mutual"), words("event_verbs", "role_nouns")
_GOODS = words("event_verbs", "goods")


@dataclass(frozen=True)
class Relation:
    """One act between two actors.

    Parameters
    ----------
    start, end : int
        The span that covers source, act and target.
    act : Span
        The word that names the act; its voice is the voice of the relation.
    source, target : Mention
    verb : str
        Lemmas of the words that name the act, for example "impose sanction".
    kind : ActClass
    status : {"actual", "future", "hypothetical"}
    negated, passive, mutual : bool
        Whether the act is negated, whether the clause is passive, and whether both actors do the act; the source
        of a mutual act is the one named first.
    score : float
        The probability that source, target, direction and status are right.
    source_token, target_token : int
        Numbers of the words by which source and target are named.
    act_tokens : tuple of int
        Numbers of the words that lead from the act to its target; the first one is `act`.
    preposition : str
        The last preposition before the target, or "".
    """

    start: int
    end: int
    act: Span
    source: Mention
    target: Mention
    verb: str
    kind: ActClass
    status: str
    negated: bool
    passive: bool
    mutual: bool
    score: float
    source_token: int
    target_token: int
    act_tokens: tuple[int, ...]
    preposition: str


def find_relations(document: Document, mentions: Sequence[Mention], actors: Actors) -> list[Relation]:
    """Find the acts between the actors of a study.

    Parameters
    ----------
    document : Document
        A parsed document. Without tokens the result is empty.
    mentions : sequence of Mention
        As `analysis.annotators.actors.mentions.find_mentions` returns them.
    actors : Actors
        For their demonyms: "Russian aid" is an act of Russia.

    Returns
    -------
    list of Relation
        In the order of the text. One act between two actors is returned once.
    """
    return _scored(actor_arguments(document, mentions, actors))


def relations_among(document: Document, mentions: Iterable[Mention]) -> list[Relation]:
    """Find the acts between given mentions, which may include adjectives; see `find_relations`."""
    return _scored(ActorArguments(dependency_tree(document), mentions))


def actor_arguments(document: Document, mentions: Sequence[Mention], actors: Actors) -> ActorArguments:
    """The mentions and demonyms of a document by token."""
    adjectives = _adjectives(document, mentions, actors)
    return ActorArguments(dependency_tree(document), sorted([*mentions, *adjectives], key=_start))


def readings(arguments: ActorArguments, least: float = MINIMUM_SCORE) -> list[Relation]:
    """The acts to which the rules give at least a score, with that score in place of a probability."""
    reader = TargetReader(arguments.tree, arguments)
    found = [
        relation
        for number in _candidates(arguments)
        for relation in _of_token(reader, number)
        if relation.score >= least and relation.source.actor_id != relation.target.actor_id
    ]
    return _deduplicate(found)


def _scored(arguments: ActorArguments) -> list[Relation]:
    """The readings with the probability that they are right as their score."""
    return [
        replace(one, score=round(probability(evidence(arguments.tree, arguments.by_token, one)), 3))
        for one in readings(arguments)
    ]


def _start(mention: Mention) -> int:
    return mention.start


def _adjectives(document: Document, mentions: Sequence[Mention], actors: Actors) -> Iterator[Mention]:
    """Demonyms ("Iranian") that do not overlap a mention."""
    done = 0
    taken = iter(sorted((mention.start, mention.end) for mention in mentions))
    here = next(taken, None)
    for match in name_matches(document, actors):
        while here is not None and here[1] <= match.start:
            here = next(taken, None)
        if match.start < done or (here is not None and here[0] < match.end):
            continue
        done = match.end
        if match.name.how != "affiliation":
            continue
        actor = actors[match.name.owners[0]]
        if match.name.surface in actor.demonyms:
            yield Mention(match.start, match.end, actor.id, actor.side, "adjective")


def _candidates(arguments: ActorArguments) -> Iterator[int]:
    """The verbs and nouns of the sentences that mention at least two actors."""
    tree, document = arguments.tree, arguments.tree.document
    by_sentence: dict[int, set[str]] = {}
    for mention in arguments.by_token.values():
        by_sentence.setdefault(document.sentence_at(mention.start), set()).add(mention.actor_id)
    for sentence in sorted(number for number, ids in by_sentence.items() if len(ids) > 1):
        start, end = document.sentences[sentence]
        number = tree.first_from(start)
        while number < len(tree.tokens) and tree.tokens[number].start < end:
            if tree.tokens[number].pos in ("VERB", "AUX", "NOUN", "PROPN"):
                yield number
            number += 1


def _of_token(reader: TargetReader, number: int) -> Iterator[Relation]:
    node = reader.node(number)
    if node is None or number in reader.arguments.by_token:
        return
    if reader.tokens[number].pos in VERBAL:
        yield from _of_verb(reader, node)
    elif node.entry.act is not None and (qualified := reader.qualified(node)) is not None:
        yield from _of_noun(reader, qualified)


def _of_verb(reader: TargetReader, node: Node) -> Iterator[Relation]:
    if _continues_act(reader, node):
        return
    subject = reader.arguments.subject(node.token)
    if subject is None or reader.tokens[subject.head].pos in VERBAL:
        return
    others = reader.lemma(subject.head) in _ROLE_NOUNS  # "Corvian allies" are not Corvia
    sources = [one for one in reader.arguments.in_phrase(subject.head) if one.is_head or not others]
    mutual = reader.mutual_act(node) if len(sources) > 1 and not subject.passive else None
    if mutual is not None:
        yield from _mutual_relations(reader, sources, mutual.scaled(subject.score * _MUTUAL_SCORE))
    source_ids = {source.mention.actor_id for source in sources}
    targets = [*reader.targets(node), *reader.targets_of_request(node), *reader.targets_of_threat(node)]
    for target, chain in targets:
        if mutual is not None and target.mention.actor_id in source_ids:
            continue
        mediates = chain.nodes[-1].lemma.endswith(" between")  # "offered to mediate between"
        act = node.entry.act
        through_noun = act is None or (len(chain.nodes) > 1 and act.name != "support")
        among = chain.preposition == "between" and through_noun and not mediates
        if among and not _takes_part(sources, targets):
            continue  # "is a source of tension between Corvia and Belmark"
        received = chain.preposition in ("from", "of") and node.lemma in RECEIVING
        for source in sources:
            ends = (target, source) if received else (source, target)
            scored = chain.scaled(subject.score * _VERB_SCORE)
            yield from _relation(reader, *ends, scored, passive=subject.passive)


def _continues_act(reader: TargetReader, node: Node) -> bool:
    """Whether a verb belongs to the act of the verb above it: "agreed to sell"."""
    token, head = reader.tokens[node.token], reader.tree.heads[node.token]
    if token.dep != "xcomp" or reader.tokens[head].pos not in VERBAL:
        return False
    return reader.node(head) is not None and reader.tree.child(head, "dobj") is None


def _of_noun(reader: TargetReader, node: Node) -> Iterator[Relation]:
    arguments = reader.arguments
    if _is_goods_of_verb(reader, node):
        return  # "sends Corvian weapons to Belmark"
    sources = arguments.possessors(node.token)
    role = node.lemma in _ROLE_NOUNS
    if is_bare(reader.tree, node.token):  # "in defiance of Iran": the noun after "of" is the target
        sources = [source for source in sources if source.token < node.token]
    targets = list(reader.targets(node))
    between = [argument for argument, chain in targets if chain.preposition == "between"]
    chain = PredicateChain((node,), _NOUN_SCORE)
    if len(between) > 1 and node.lemma in _MUTUAL:
        first = _first_party(reader, node)
        conflict = node.entry.act is not None and node.entry.act.sign < 0
        if first is None and conflict and _has_more_parties(reader, node):
            return  # "war between Arvania, Corvia, Belmark" does not say who fights whom
        yield from _mutual_relations(reader, between, chain, first=first)
        return
    joint = [source for source in sources if not _is_origin(reader, node, source)]
    if len(joint) > 1 and node.lemma in _MUTUAL and not role:
        yield from _mutual_relations(reader, joint, chain)
        return
    if not sources:
        sources = implicit_agents(arguments, reader, node)
        targets = [(target, way) for target, way in targets if leads_to_target(node, way)]
    if sources and not targets and node.entry.act is not None and node.entry.act.sign < 0:
        patients = implicit_patients(arguments, reader, node)
        targets = [(patient, PredicateChain((node,), patient.score)) for patient in patients]
    for source in sources:
        for target, way in targets:
            if target.token != source.token:
                scored = way.scaled(source.score * _NOUN_SCORE / 0.9)
                yield from _relation(reader, source, target, scored, passive=False)


def _is_goods_of_verb(reader: TargetReader, node: Node) -> bool:
    """Whether a noun for goods is the object of a verb of giving: the giver acts, not who made the goods."""
    head = reader.tree.heads[node.token]
    verb = reader.node(head) if reader.tokens[node.token].dep == "dobj" else None
    return verb is not None and verb.entry.act is not None and node.lemma.rpartition(" ")[2] in _GOODS


def _takes_part(sources: Sequence[Argument], targets: Sequence[tuple[Argument, PredicateChain]]) -> bool:
    """Whether a source is on the side of one of the actors after "between"."""
    between = {target.mention.side for target, chain in targets if chain.preposition == "between"}
    return any(source.mention.side in between for source in sources)


def _is_origin(reader: TargetReader, node: Node, source: Argument) -> bool:
    """Whether an actor follows "from" after a noun: "war and backing from Corvia and Belmark"."""
    return any(
        reader.tree.text(child) == "from"
        and reader.tree.left[child] <= source.token <= reader.tree.right[child]
        for child in reader.tree.children[node.token]
    )


def _has_more_parties(reader: TargetReader, node: Node) -> bool:
    """Whether more than two parties follow "between"."""
    tree = reader.tree
    between = next((child for child in tree.children[node.token] if tree.text(child) == "between"), None)
    party = tree.child(between, "pobj") if between is not None else None
    number = 0
    while party is not None:
        number += 1
        party = tree.child(party, "conj", "appos")
    return number > 2


def _first_party(reader: TargetReader, node: Node) -> int | None:
    """The "and" after the first party where a list follows it: "between Corvia and Arvania, Belmark and others"."""
    tree = reader.tree
    between = next((child for child in tree.children[node.token] if tree.text(child) == "between"), None)
    head = tree.child(between, "pobj") if between is not None else None
    if head is None:
        return None
    listed = [child for child in tree.children[head] if tree.tokens[child].dep == "conj"]
    joined = tree.child(head, "cc")
    if not listed or joined is None or joined > listed[0]:
        return None
    return joined if len(listed) > 1 or tree.child(listed[0], "conj") is not None else None


def _mutual_relations(
    reader: TargetReader, actors: Sequence[Argument], chain: PredicateChain, first: int | None = None
) -> Iterator[Relation]:
    """The pairs of actors; with `first`, the "and" between a party and a list, only the pairs of that party."""
    ordered = sorted(actors, key=lambda one: one.mention.start)
    for one, other in combinations(ordered, 2):
        if first is None or one.token < first < other.token:
            scored = chain.scaled(min(1, one.score * other.score / 0.81))
            yield from _relation(reader, one, other, scored, mutual=True)


def _relation(
    reader: TargetReader,
    source: Argument,
    target: Argument,
    chain: PredicateChain,
    *,
    passive: bool = False,
    mutual: bool = False,
) -> Iterator[Relation]:
    """The relation that a chain makes between two actors; none if the chain names no act."""
    kind = chain.act
    if kind is None:
        return
    first = chain.nodes[0].token
    status = _status(reader, chain)
    denied = is_denied(reader.tree, first)
    if denied:
        kind, status = act_class("appeal"), HYPOTHETICAL
    if status == FUTURE and chain.is_negated and kind.name == "appeal" and _meets(chain):
        kind = act_class("reject")  # "will not meet" is a refusal, "did not meet" is not
    score = chain.score if mutual else chain.score * source.score
    tokens = [source.token, target.token, *(node.token for node in chain.nodes)]
    spans = [reader.tokens[number] for number in tokens]
    act = reader.tokens[first]
    yield Relation(
        start=min(source.mention.start, target.mention.start, *(span.start for span in spans)),
        end=max(source.mention.end, target.mention.end, *(span.end for span in spans)),
        act=Span(act.start, act.end),
        source=source.mention,
        target=target.mention,
        verb=chain.lemma,
        kind=as_announced(kind) if status == FUTURE else kind,
        status=status,
        negated=chain.is_negated or denied,
        passive=passive,
        mutual=mutual,
        score=round(min(1.0, score), 3),
        source_token=source.token,
        target_token=target.token,
        act_tokens=tuple(node.token for node in chain.nodes),
        preposition=chain.preposition,
    )


def _meets(chain: PredicateChain) -> bool:
    """Whether the act is a meeting."""
    act = chain.nodes[-1].entry.act
    return act is not None and act.name == "consult"


def _status(reader: TargetReader, chain: PredicateChain) -> str:
    """The least certain status of the words of an act."""
    first, *rest = (node.token for node in chain.nodes)
    found = {factuality(reader.tree, reader.arguments, first), *(announced(reader.tree, one) for one in rest)}
    if chain.is_wish or HYPOTHETICAL in found:
        return HYPOTHETICAL
    return FUTURE if FUTURE in found or chain.is_plan else ACTUAL


def _deduplicate(found: Sequence[Relation]) -> list[Relation]:
    """Keep the reading with the highest score for each act and pair, and for two words that name the same act."""
    kept: list[Relation] = []
    taken: set[tuple[object, ...]] = set()
    for relation in sorted(found, key=lambda one: (-one.score, one.start, one.end)):
        pair = (relation.source.actor_id, relation.target.actor_id)
        # "is there to uphold" is found twice, from "is" and from "uphold"
        last = relation.verb.rpartition(" ")[2]
        keys = {(relation.act.start, *pair), (relation.target.start, last, *pair)}
        if not keys & taken:
            taken |= keys
            kept.append(relation)
    return sorted(kept, key=lambda one: (one.start, one.act.start, one.target.start))
