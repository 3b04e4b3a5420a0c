"""Sources that the tagger cut off, completed by the parse.

Either the noun is missing ("a" for "a local guide"), or the noun to which a relative pronoun refers ("who" for "the
guide, who"), or all of the source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from analysis.annotators.actors.people import is_human
from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import VERBAL, DependencyTree, dependency_tree
from analysis.annotators.parsing.document import Attribution, Document, Span

# Relations of a word to the noun that follows it. Possessives are missing: "his" can be a source of its own.
_BEFORE_NOUN = frozenset({"det", "amod", "compound", "nummod", "quantmod"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_MAX_STEPS = 6  # from a word of the source up to its noun


def complete_sources(document: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Extend sources to all of their noun phrase.

    A source that ends before its noun goes on to the end of the noun phrase. A relative pronoun begins with the noun
    phrase to which it refers. Without a source, it is the subject of the last verb of the cue, unless the verb is
    passive.

    Parameters
    ----------
    document : Document
    attributions : sequence of Attribution

    Returns
    -------
    list of Attribution
        In the same order. A source is not extended into the content or cue of its attribution.
    """
    whole = []
    for attribution in attributions:
        if not attribution.source and attribution.cue:
            attribution = _with_subject(document, attribution)
        elif len(attribution.source) == 1:
            attribution = _with_antecedent(document, attribution)
            (source,) = attribution.source
            end = _missing_noun(document, source) or _missing_name(document, source)
            if end is not None:
                attribution = _extended(dependency_tree(document), attribution, end)
        whole.append(attribution)
    return whole


def _with_subject(document: Document, attribution: Attribution) -> Attribution:
    """Return the attribution with the subject of the cue as its source: "The mayor seemed to reject the plan"."""
    tree = dependency_tree(document)
    (*_, cue) = attribution.cue
    reach = range(tree.first_from(cue.start), tree.first_from(cue.end))
    verb = next((number for number in reversed(reach) if tree.tokens[number].pos in VERBAL), None)
    if verb is None or _is_passive(tree, verb) or tree.tokens[verb].lemma in words("sources", "questions"):
        return attribution
    source = tree.source(verb)
    if source is None or any(
        source.start < span.end and span.start < source.end
        for span in (*attribution.content, *attribution.cue)
    ):
        return attribution
    refers_to_nothing = words("clauses", "relative_pronouns", "expletives") | {"what"}
    if document.text[slice(*source)].casefold() in refers_to_nothing:
        return attribution
    return replace(attribution, source=(source,))


def _is_passive(tree: DependencyTree, verb: int) -> bool:
    """Whether a verb is a participle that "have" does not govern: "was told", "believed to be safe"."""
    auxiliaries = [tree.tokens[n].lemma for n in tree.children[verb] if tree.tokens[n].dep == "aux"]
    is_participle = tree.tokens[verb].tag == "VBN" and "have" not in auxiliaries
    return is_participle or tree.child(verb, "auxpass", "nsubjpass") is not None


def _with_antecedent(document: Document, attribution: Attribution) -> Attribution:
    """Return the attribution with the noun phrase before a source that begins a relative clause."""
    (source,) = attribution.source
    if words("clauses", "relative_pronouns").isdisjoint(document.text[slice(*source)].casefold().split()):
        return attribution
    tree = dependency_tree(document)
    noun = _antecedent(tree, source)
    if noun is None:
        return attribution
    start = tree.noun_phrase(noun).start
    others = (*attribution.content, *attribution.cue)
    if start >= source.start or any(start < span.end <= source.start for span in others):
        return attribution
    return replace(attribution, source=(Span(start, source.end),))


def _antecedent(tree: DependencyTree, source: Span) -> int | None:
    """Return the token number of the noun to which a relative pronoun in the source refers, if it precedes it."""
    for pronoun in range(tree.first_from(source.start), tree.first_from(source.end)):
        if tree.text(pronoun) in words("clauses", "relative_pronouns"):
            verb = pronoun
            for _ in range(_MAX_STEPS):  # "who said" directly, or "both of whom said"
                if tree.tokens[verb].dep == "relcl":
                    break
                verb = tree.heads[verb]
            noun = tree.heads[verb]
            if tree.tokens[verb].dep != "relcl" or tree.tokens[noun].end > source.start:
                return None
            return (
                _person(tree, noun) if tree.text(pronoun) in words("clauses", "personal_relatives") else noun
            )
    return None


def _person(tree: DependencyTree, noun: int) -> int:
    """Return the mayor, not the town, of "the mayor of a town, who": the parse takes the nearest noun."""
    preposition = tree.heads[noun]
    whole = tree.heads[preposition]
    return whole if tree.tokens[noun].dep == "pobj" and is_human(tree.tokens[whole].lemma) else noun


def _missing_noun(document: Document, source: Span) -> int | None:
    """Return the token number of the noun that the last word of a source modifies, if it follows the source."""
    number = bisect_left(document.tokens, source.end, key=lambda token: token.start) - 1
    if number < 0 or document.tokens[number].end != source.end:
        return None
    for _ in range(_MAX_STEPS):  # "the" modifies "minister" directly, or "long" and "serving" come between
        token = document.tokens[number]
        if token.head <= number or token.dep not in _BEFORE_NOUN:
            break
        number = token.head
    token = document.tokens[number]
    return number if token.start >= source.end and token.pos in _NOUNS else None


def _missing_name(document: Document, source: Span) -> int | None:
    """Return the token number of the last word of the name that follows a source which is a title alone.

    "Secretary" for "Secretary of State Jane Smith", "Mr" for "Mr Smith".
    """
    title = document.text[source.start : source.end].split()[-1:]
    if not title or title[0].rstrip(".").casefold() not in words("titles", "cut_off_before_a_name"):
        return None
    last = None
    first = bisect_left(document.tokens, source.end, key=lambda token: token.start)
    for number, token in enumerate(document.tokens[first:], first):
        if token.pos == "PROPN":
            last = number
        elif document.text[token.start : token.end] not in (".", "of", "for", "the", "-"):
            break
    return last


def _extended(tree: DependencyTree, attribution: Attribution, noun: int) -> Attribution:
    (source,) = attribution.source
    ahead = (*attribution.content, *attribution.cue)
    edge = min((span.start for span in ahead if span.start >= source.end), default=len(tree.document.text))
    last = tree.noun_phrase(noun).end
    if last > edge:
        last = tree.tokens[noun].end
    between = tree.document.text[source.end : last]
    if last > edge or "\n" in between:
        return attribution
    return replace(attribution, source=(Span(source.start, last),))
