"""Who does what to whom: acts between two actors of a study, read from the parse with a list of words.

Each act has a direction (cooperation, conflict, neutral), a quadrant and a weight, as event data have them [1]_ [2]_,
and in addition what news text needs: passive, negation, whether the act is done, coming or only possible, and how
sure the reading is. What cannot be read is left out: accuracy and abstention are in `RELATIONS.md`.

References
----------
.. [1] Norris, C., Schrodt, P., Beieler, J. (2017). PETRARCH2: another event coding program. JOSS 2(9), 133.
.. [2] Gerner, D. J., Schrodt, P. A., Yilmaz, O., Abu-Jabr, R. (2002). Conflict and mediation event observations
   (CAMEO): a new event data framework for the analysis of foreign policy interactions. ISA.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.annotators.actors.gazetteer import compile_gazetteer
from analysis.annotators.parsing.dependency_tree import VERBAL, Syntax
from analysis.annotators.parsing.document import Document, Mention, Span
from analysis.annotators.relations.adjuncts import doers, is_bare, is_towards, sufferers
from analysis.annotators.relations.arguments import Carried, Carriers
from analysis.annotators.relations.factuality import FUTURE, HYPOTHETICAL, status_of
from analysis.annotators.relations.lexicon import ActClass, mutual, not_yet
from analysis.annotators.relations.predicates import Node, Reading
from analysis.annotators.relations.targets import RECEIVING, Reader
from analysis.study.actors import Actors

MINIMUM_SCORE = 0.5
"""Readings less sure than this are left out."""

_VERB, _NOUN, _TOGETHER = 0.95, 0.8, 0.9


@dataclass(frozen=True)
class Relation:
    """One act between two actors.

    Parameters
    ----------
    start, end : int
        The stretch of the sentence from source, act and target, whichever comes first, to the last.
    act : Span
        The word that names the act; its voice is the voice of the relation.
    source, target : Mention
    verb : str
        Lemmas of the words that make the act, as "impose sanction".
    kind : ActClass
    status : {"actual", "future", "hypothetical"}
    negated, passive, mutual : bool
        `mutual` acts are done by both; source is the one named first.
    score : float
        How sure the reading is, 0 to 1.
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


def find_relations(document: Document, mentions: Sequence[Mention], actors: Actors) -> list[Relation]:
    """Acts between the actors of a study.

    Parameters
    ----------
    document : Document
        With tokens; without them there is nothing to read.
    mentions : sequence of Mention
        As `analysis.annotators.actors.mentions.find_mentions` returns them.
    actors : Actors
        For their adjectives: "Russian aid" is an act of Russia.

    Returns
    -------
    list of Relation
        In the order of the text; one act between two actors once.
    """
    return relations_among(
        document, sorted([*mentions, *_adjectives(document, mentions, actors)], key=_start)
    )


def relations_among(document: Document, mentions: Iterable[Mention]) -> list[Relation]:
    """Acts between mentions that are given, adjectives among them; see `find_relations`."""
    mentions = list(mentions)
    if len({mention.actor_id for mention in mentions}) < 2 or not document.tokens:
        return []
    syntax = Syntax(document)
    carriers = Carriers(syntax, mentions)
    reader = Reader(syntax, carriers)
    found = [
        relation
        for number in _in_shared_sentences(document, mentions, syntax)
        for relation in _of_word(reader, carriers, number)
        if relation.score >= MINIMUM_SCORE and relation.source.actor_id != relation.target.actor_id
    ]
    return _surest(found)


def _start(mention: Mention) -> int:
    return mention.start


def _adjectives(document: Document, mentions: Sequence[Mention], actors: Actors) -> Iterator[Mention]:
    """Adjectives of states ("Iranian"), where no mention stands."""
    done = 0
    taken = iter(sorted((mention.start, mention.end) for mention in mentions))
    here = next(taken, None)
    for match in compile_gazetteer(actors).matches(document.text):
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


def _in_shared_sentences(document: Document, mentions: Sequence[Mention], syntax: Syntax) -> Iterator[int]:
    """The verbs and nouns of sentences in which two different actors stand."""
    by_sentence: dict[int, set[str]] = {}
    for mention in mentions:
        by_sentence.setdefault(document.sentence_at(mention.start), set()).add(mention.actor_id)
    for sentence in sorted(number for number, ids in by_sentence.items() if len(ids) > 1):
        start, end = document.sentences[sentence]
        number = syntax.first_from(start)
        while number < len(syntax.tokens) and syntax.tokens[number].start < end:
            if syntax.tokens[number].pos in ("VERB", "AUX", "NOUN", "PROPN"):
                yield number
            number += 1


def _of_word(reader: Reader, carriers: Carriers, number: int) -> Iterator[Relation]:
    node = reader.node(number)
    if node is None or number in carriers.by_token:
        return
    if reader.tokens[number].pos in VERBAL:
        yield from _of_verb(reader, carriers, node)
    elif node.word.act is not None and (told := reader.standing(node)) is not None:
        yield from _of_noun(reader, carriers, told)


def _of_verb(reader: Reader, carriers: Carriers, node: Node) -> Iterator[Relation]:
    if _goes_on(reader, node):
        return
    subject = carriers.subject(node.token)
    if subject is None:
        return
    head, sure, passive = subject
    sources = carriers.of(head)
    together = reader.together(node) if len(sources) > 1 and not passive else None
    if together is not None:
        yield from _pairs(reader, sources, together.scaled(sure * _TOGETHER))
    doing = {source.mention.actor_id for source in sources}
    for target, reading in (*reader.targets(node), *reader.asked_for(node), *reader.threatened(node)):
        if together is not None and target.mention.actor_id in doing:
            continue
        received = reading.preposition == "from" and node.lemma in RECEIVING
        for source in sources:
            ends = (target, source) if received else (source, target)
            yield from _relation(reader, *ends, reading.scaled(sure * _VERB), passive=passive)


def _goes_on(reader: Reader, node: Node) -> bool:
    """Whether a verb only continues the act of a listed verb above it: "agreed to sell"."""
    token, head = reader.tokens[node.token], reader.syntax.heads[node.token]
    if token.dep != "xcomp" or reader.tokens[head].pos not in VERBAL:
        return False
    return reader.node(head) is not None and reader.syntax.child(head, "dobj") is None


def _of_noun(reader: Reader, carriers: Carriers, node: Node) -> Iterator[Relation]:
    owners = carriers.owners(node.token)
    if is_bare(reader.syntax, node.token):  # "in defiance of Iran": of whom it is, suffers it
        owners = [owner for owner in owners if owner.token < node.token]
    targets = [(carried, reading) for carried, reading in reader.targets(node)]
    between = [carried for carried, reading in targets if reading.preposition == "between"]
    reading = Reading((node,), _NOUN)
    if len(between) > 1 and node.lemma in mutual():
        yield from _pairs(reader, between, reading)
        return
    if len(owners) > 1 and node.lemma in mutual():
        yield from _pairs(reader, owners, reading)
        return
    if not owners:
        owners = doers(carriers, reader, node)
        targets = [(target, way) for target, way in targets if is_towards(node, way)]
    if owners and not targets and node.word.act is not None and node.word.act.sign < 0:
        targets = [
            (carried, Reading((node,), carried.score)) for carried in sufferers(carriers, reader, node)
        ]
    for owner in owners:
        for target, way in targets:
            if target.token != owner.token:
                yield from _relation(
                    reader, owner, target, way.scaled(owner.score * _NOUN / 0.9), passive=False
                )


def _pairs(reader: Reader, carried: Sequence[Carried], reading: Reading) -> Iterator[Relation]:
    ordered = sorted(carried, key=lambda one: one.mention.start)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            yield from _relation(
                reader, one, other, reading.scaled(min(1, one.score * other.score / 0.81)), both=True
            )


def _relation(
    reader: Reader,
    source: Carried,
    target: Carried,
    reading: Reading,
    *,
    passive: bool = False,
    both: bool = False,
) -> Iterator[Relation]:
    kind = reading.act
    if kind is None:
        return
    status = (
        HYPOTHETICAL if reading.is_wish else status_of(reader.syntax, reader.carriers, reading.nodes[0].token)
    )
    score = reading.score if both else reading.score * source.score
    tokens = [source.token, target.token, *(node.token for node in reading.nodes)]
    words = [reader.tokens[number] for number in tokens]
    act = reader.tokens[reading.nodes[0].token]
    yield Relation(
        start=min(source.mention.start, target.mention.start, *(word.start for word in words)),
        end=max(source.mention.end, target.mention.end, *(word.end for word in words)),
        act=Span(act.start, act.end),
        source=source.mention,
        target=target.mention,
        verb=reading.lemma,
        kind=not_yet(kind) if status == FUTURE else kind,
        status=status,
        negated=reading.is_negated,
        passive=passive,
        mutual=both,
        score=round(min(1.0, score), 3),
    )


def _surest(found: Sequence[Relation]) -> list[Relation]:
    """One relation for each act and pair: the surest; where two words name one act, only one of them."""
    kept: list[Relation] = []
    taken: set[tuple[object, ...]] = set()
    for relation in sorted(found, key=lambda one: (-one.score, one.start, one.end)):
        pair = (relation.source.actor_id, relation.target.actor_id)
        # "is there to uphold" reads twice, from "is" and from "uphold": another word, the very same statement
        last = relation.verb.rpartition(" ")[2]
        names = {(relation.act.start, *pair), (relation.target.start, last, *pair)}
        if not names & taken:
            taken |= names
            kept.append(relation)
    return sorted(kept, key=lambda one: (one.start, one.act.start, one.target.start))
