"""Evidence for and against a reading: what the parse shows about a source, a target and the words of an act.

The features are names with values. `confidence.py` turns them into the probability that the reading is right. None of
them names an actor, so the probability is the same for every actor that is mentioned in the same form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import islice, pairwise
from math import log
from typing import TYPE_CHECKING

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import VERBAL, DependencyTree
from analysis.annotators.parsing.document import Mention
from analysis.annotators.parsing.quotation_marks import DOUBLE_MARKS

if TYPE_CHECKING:
    from analysis.annotators.relations.extract import Relation

_MODALS = words("factuality", "modal")
_TELLING = frozenset({"if", "not", "n't", "whether", "?", "that", "would", "could", "no"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "csubj", "parataxis"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MAX_STEPS = 12
_HEADS_ABOVE = 3  # number of heads above the act whose words are features

Features = dict[str, float]


def evidence(tree: DependencyTree, mentions: Mapping[int, Mention], relation: Relation) -> Features:
    """Features of one reading.

    Parameters
    ----------
    tree : DependencyTree
    mentions : mapping of int to Mention
        The mentions of actors by token.
    relation : Relation

    Returns
    -------
    dict of str to float
        Features that are not listed are 0.
    """
    found: Features = {}
    for name, value in (
        *_of_act(tree, relation),
        *_of_argument(tree, relation, "source", relation.source_token),
        *_of_argument(tree, relation, "target", relation.target_token),
        *_of_order(tree, relation),
        *_of_sentence(tree, mentions, relation),
    ):
        found[name] = found.get(name, 0.0) + value
    return found


def _of_act(tree: DependencyTree, relation: Relation) -> Iterator[tuple[str, float]]:
    first, *rest = relation.act_tokens
    token, kind, status = tree.tokens[first], relation.kind, relation.status
    yield "rules", log(max(relation.score, 0.05) / max(1 - relation.score, 0.02))
    yield f"rules in tenths={int(min(relation.score, 0.999) * 10)}", 1
    yield f"class={kind.name}", 1
    yield f"direction={kind.direction}", 1
    yield f"status={status}", 1
    yield f"status and direction={status} {kind.direction}", 1
    yield f"class and status={kind.name} {status}", 1
    for name in ("negated", "passive", "mutual"):
        if getattr(relation, name):
            yield name, 1
    yield f"words={min(len(relation.act_tokens), 4)}", 1
    yield f"verb={relation.verb}", 1
    for lemma in dict.fromkeys(relation.verb.split()):
        yield f"word={lemma}", 1
    yield f"last word={relation.verb.rpartition(' ')[2]}", 1
    yield f"preposition={relation.preposition}", 1
    yield f"tag={token.tag}", 1
    yield f"dependency={token.dep}", 1
    yield f"tag and dependency={token.tag} {token.dep}", 1
    for number in rest:
        yield f"tag of next word={tree.tokens[number].tag}", 1
        yield f"dependency of next word={tree.tokens[number].dep}", 1
    for number, head in pairwise(islice(_upwards(tree, first), 1 + _HEADS_ABOVE)):
        yield f"clause above={tree.tokens[number].dep}", 1
        yield f"above={_lemma(tree, head)}", 1
    for child in tree.children[first]:
        dep = tree.tokens[child].dep
        yield f"child={dep}", 1
        if dep in ("aux", "mark", "neg", "prt", "prep", "advmod", "det"):
            yield f"child={dep} {tree.text(child)}", 1
        elif dep in ("dobj", "nsubj", "amod", "attr"):
            yield f"child={dep} {_lemma(tree, child)}", 1


def _of_argument(
    tree: DependencyTree, relation: Relation, role: str, number: int
) -> Iterator[tuple[str, float]]:
    token, mention = tree.tokens[number], relation.source if role == "source" else relation.target
    path = tree_path(tree, relation.act_tokens[0 if role == "source" else -1], number)
    yield f"{role} dependency={token.dep}", 1
    yield f"{role} part of speech={token.pos}", 1
    yield f"{role} mention={mention.how}", 1
    yield f"{role} path={' '.join(path)}", 1
    yield f"{role} steps", float(min(len(path), _MAX_STEPS))
    for step in dict.fromkeys(path):
        yield f"{role} step={step}", 1
    for one, other in pairwise(path):
        yield f"{role} steps={one} {other}", 1
    yield f"{role} crosses clauses", float(sum(step[1:] in _CLAUSES for step in path))
    head = tree.heads[number]
    if token.dep in ("compound", "amod", "poss", "nmod") and tree.tokens[head].pos in _NOUNS:
        yield f"{role} modifies a noun", 1
        yield f"{role} of={_lemma(tree, head)}", 1
    elif tree.tokens[head].pos == "ADP":
        yield f"{role} after={tree.text(head)}", 1
        noun = tree.heads[head]
        if tree.tokens[noun].pos in _NOUNS:
            yield f"{role} in phrase of={_lemma(tree, noun)}", 1
    if number + 1 < len(tree.tokens):
        after = tree.tokens[number + 1]
        yield f"{role} before={after.tag}", 1
    if number:
        yield f"{role} behind={tree.tokens[number - 1].tag}", 1


def _of_order(tree: DependencyTree, relation: Relation) -> Iterator[tuple[str, float]]:
    places = {
        "source": relation.source_token,
        "act": relation.act_tokens[0],
        "target": relation.target_token,
    }
    yield f"order={' '.join(sorted(places, key=lambda name: places[name]))}", 1
    for one, other in (("source", "act"), ("act", "target")):
        low, high = sorted((places[one], places[other]))
        between = range(low + 1, high)
        yield f"distance {one} {other}", log(1 + len(between))
        yield f"commas {one} {other}", float(min(3, sum(tree.text(n) == "," for n in between)))
        yield f"verbs {one} {other}", float(min(3, sum(tree.tokens[n].pos in VERBAL for n in between)))
        for number in between:
            if tree.tokens[number].pos in ("SCONJ", "CCONJ", "ADP", "PRON"):
                yield f"between {one} {other}={tree.text(number)}", 1
            if not DOUBLE_MARKS.isdisjoint(tree.text(number)):
                yield f"quotation mark {one} {other}", 1


def _of_sentence(
    tree: DependencyTree, mentions: Mapping[int, Mention], relation: Relation
) -> Iterator[tuple[str, float]]:
    document = tree.document
    start, end = document.sentences[document.sentence_at(relation.act.start)]
    first, last = tree.first_from(start), tree.first_from(end)
    text = document.text[start : relation.act.start]
    yield "length", log(1 + last - first)
    yield "position", (relation.act_tokens[0] - first) / max(1, last - first)
    yield "in quotation marks", float(sum(text.count(mark) for mark in '"“”') % 2)
    ends = {relation.source.actor_id, relation.target.actor_id}
    yield "other sides", float(min(3, len(_sides(mentions, range(first, last), ends))))
    places = (*relation.act_tokens, relation.source_token, relation.target_token)
    inside = _sides(mentions, range(min(places), max(places)), ends)
    yield "other sides between", float(min(3, len(inside)))
    for number in range(first, last):
        if tree.tokens[number].tag == "MD" or tree.text(number) in _MODALS:
            yield "modals", 1
        if tree.text(number) in _TELLING:
            yield f"sentence has={tree.text(number)}", 1
    capitals = sum(document.text[tree.tokens[n].start].isupper() for n in range(first, last))
    yield "capitals", capitals / max(1, last - first)


def _sides(mentions: Mapping[int, Mention], tokens: range, actors: Set[str]) -> set[str]:
    """The sides of the other actors among some tokens."""
    named = (mentions[number] for number in tokens if number in mentions)
    return {mention.side for mention in named if mention.actor_id not in actors}


def _lemma(tree: DependencyTree, number: int) -> str:
    """The lemma of a token in lower case; "name" for words with a capital, as it does not matter who is named."""
    token = tree.tokens[number]
    is_name = token.pos == "PROPN" or tree.document.text[token.start].isupper()
    return "name" if is_name else token.lemma.casefold()


def tree_path(tree: DependencyTree, start: int, end: int) -> tuple[str, ...]:
    """The dependency labels on the way from one token to another: "<" up to the head, ">" down to a child."""
    above = list(_upwards(tree, start))
    seen = {number: step for step, number in enumerate(above)}
    down: list[str] = []
    for number in _upwards(tree, end):
        if number in seen:
            up = [f"<{tree.tokens[one].dep}" for one in above[: seen[number]]]
            return (*up, *reversed(down))
        down.append(f">{tree.tokens[number].dep}")
    return ("none",)


def _upwards(tree: DependencyTree, number: int) -> Iterator[int]:
    """A token, its head, the head of its head and so on up to a root, at most `_MAX_STEPS` tokens."""
    for _ in range(_MAX_STEPS):
        yield number
        if tree.heads[number] == number:
            return
        number = tree.heads[number]
