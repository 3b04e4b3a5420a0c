"""Attributions by rules over the parse: cue verbs and nouns, prepositions, colons and quotation marks."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate

from analysis.annotate.cues import cue_entries, listed_verb
from analysis.annotate.document import Attribution, Document, Span
from analysis.annotate.quotation_marks import QuotedRegion, quoted_regions
from analysis.annotate.quoted_words import is_quote
from analysis.annotate.speech_tags import speech_tag
from analysis.annotate.syntax import Syntax

# Listed verbs whose clause or object is seldom anybody's words.
_NO_CLAUSE = frozenset("need mean give put support run look love like hold care see make".split())  # noqa: SIM905
_NO_INFINITIVE = frozenset(
    "need continue suppose schedule prepare require mean attempt choose prompt authorise authorize prove use".split()  # noqa: SIM905
)
# Verbs whose object is what the source speaks of: "criticised the deal", "announced a plan".
_OBJECT = frozenset(
    """
    accuse acknowledge announce applaud approve assail back bash bemoan berate blame blast call castigate celebrate
    champion cheer chide cite commend condemn confirm criticise criticize decry deem defend demand denounce deplore
    deride describe detail disavow disclose discuss dismiss dispute downplay dub echo emphasise emphasize endorse
    explain express favor favour fear foresee hail herald highlight identify insult issue lament lambast lambaste laud
    liken list mention mock note oppose outline portray praise predict prefer project propose question quote rebuff
    rebuke rebut recall recite recognise recognize recommend recount reference reiterate reject release repeat
    repudiate reveal ridicule rip slam state stress support tout trumpet underline underscore unveil voice vow want
    welcome
    """.split()  # noqa: SIM905
)
# Verbs that name what the source speaks of with a preposition: "talked about the deal", "called for talks".
_PREPOSITION = {
    "about": frozenset(
        {"ask", "boast", "brag", "complain", "joke", "speak", "talk", "think", "warn", "worry"}
    ),
    "against": frozenset({"argue", "caution", "protest", "rail", "speak", "vote", "warn"}),
    "for": frozenset(
        {"advocate", "apologise", "apologize", "argue", "ask", "call", "campaign", "push", "vote", "vouch"}
    ),
    "of": frozenset({"boast", "speak", "warn"}),
    "on": frozenset({"comment", "focus"}),
    "to": frozenset({"object", "point", "refer", "respond"}),
    "with": frozenset({"agree", "disagree"}),
}
_NOBODY = -1
_THINGS = ("dobj", "nsubjpass", "oprd")
_AS = frozenset({"as", "of", "for", "to"})
_LABEL = re.compile(r"(?:[\W_]*)([A-Z][\w.’'-]*(?:[ ,]+[\w.’'-]+){0,5}): (?=\S)")


def rule_attributions(document: Document) -> list[Attribution]:
    """Attributions of a document by rules.

    Parameters
    ----------
    document : Document
        With tokens.

    Returns
    -------
    list of Attribution
    """
    syntax = Syntax(document)
    outermost = [region for region in quoted_regions(document.text) if region.depth == 0]
    quoted = bytearray(len(document.text) + 1)
    for region in outermost:
        for start, end in region.spans:
            quoted[start:end] = b"\1" * (end - start)
    found: list[Attribution] = []
    for number, token in enumerate(document.tokens):
        if not quoted[token.start]:
            found += _from_token(syntax, number)
    found += _headline(document)
    return _outer(_with_quotations(syntax, outermost, found), len(document.text))


def _from_token(syntax: Syntax, number: int) -> Iterator[Attribution]:
    token = syntax.tokens[number]
    if syntax.text(number) == "according":
        yield from _according(syntax, number)
    elif (lemma := listed_verb(syntax.document, token)) is not None:
        yield from _from_verb(syntax, number, lemma)
    elif token.pos == "NOUN" and token.lemma.casefold() in cue_entries("nouns"):
        yield from _from_noun(syntax, number)
    elif token.pos == "ADJ" and f"be {syntax.text(number)}" in cue_entries("phrases"):
        yield from _from_adjective(syntax, number)


def _from_verb(syntax: Syntax, verb: int, lemma: str) -> Iterator[Attribution]:
    """The clause, the infinitive or the object of a cue verb; the sentence around a parenthetical one."""
    token = syntax.tokens[verb]
    head = syntax.heads[verb]
    if token.dep == "parataxis" and head != verb:
        content = _without(syntax, head, verb)
    else:
        content = _complement(syntax, verb, lemma)
    if not content:
        return
    source = syntax.source(verb)
    if source is not None and any(span.start < source.end and source.start < span.end for span in content):
        source = None
    if source is None and (token.tag in ("VB", "VBG") or lemma in _OBJECT):
        return
    yield Attribution(content, (source,) if source else (), (syntax.verb_group(verb),), score=0.7)


def _complement(syntax: Syntax, verb: int, lemma: str) -> tuple[Span, ...]:
    clause = syntax.child(verb, "ccomp")
    if clause is not None and lemma not in _NO_CLAUSE:
        return _subtree(syntax, clause)
    entry = cue_entries("verbs")[lemma]
    infinitive = syntax.child(verb, "xcomp")
    if infinitive is not None and lemma not in _NO_INFINITIVE and entry.act != "document":
        return _subtree(syntax, infinitive)
    thing = syntax.child(verb, *_THINGS)
    if thing is None or lemma not in _OBJECT:
        return _prepositional(syntax, verb, lemma)
    role = [
        child
        for child in syntax.children[verb]
        if child > thing and (syntax.tokens[child].dep == "oprd" or syntax.text(child) in _AS)
    ]
    last = syntax.right[role[0]] if role and role[0] == syntax.right[thing] + 1 else syntax.right[thing]
    return _trimmed(syntax, syntax.left[thing], last)


def _prepositional(syntax: Syntax, verb: int, lemma: str) -> tuple[Span, ...]:
    for child in syntax.children[verb]:
        if child > verb and lemma in _PREPOSITION.get(syntax.text(child), ()):
            thing = syntax.child(child, "pobj", "pcomp")
            return () if thing is None else _subtree(syntax, thing)
    return ()


def _from_noun(syntax: Syntax, noun: int) -> Iterator[Attribution]:
    """`his claim that ...`, `a promise to ...`, `Weber's criticism of ...`."""
    clause = syntax.child(noun, "acl", "ccomp")
    owner = syntax.child(noun, "poss")
    head = syntax.heads[noun]
    if clause is not None and clause > noun and syntax.tokens[clause].tag not in ("VBG", "VBN"):
        content = _subtree(syntax, clause)
    elif owner is not None and (about := syntax.child(noun, "prep")) is not None and about > noun:
        thing = syntax.child(about, "pobj", "pcomp")
        content = _subtree(syntax, thing) if thing is not None else ()
    else:
        return
    if owner is not None:
        source: Span | None = _possessor(syntax, owner)
    else:
        source = syntax.source(head) if syntax.tokens[noun].dep in ("dobj", "attr") else None
    if content:
        yield Attribution(content, (source,) if source else (), (syntax.span(noun, noun),), score=0.5)


def _possessor(syntax: Syntax, owner: int) -> Span:
    span = syntax.noun_phrase(owner)
    text = syntax.document.text[span.start : span.end]
    return Span(span.start, span.end - 2) if text.endswith(("'s", "’s")) else span


def _from_adjective(syntax: Syntax, adjective: int) -> Iterator[Attribution]:
    """`is confident that ...`."""
    clause = syntax.child(adjective, "ccomp", "xcomp")
    verb = syntax.heads[adjective]
    source = syntax.source(verb)
    if clause is None or clause < adjective or source is None or verb > adjective:
        return
    cue = syntax.span(verb, adjective)
    yield Attribution(_subtree(syntax, clause), (source,), (cue,), score=0.5)


def _according(syntax: Syntax, number: int) -> Iterator[Attribution]:
    """`..., according to X`: the clause it hangs on."""
    to = syntax.child(number, "prep")
    name = syntax.child(to, "pobj") if to is not None else None
    head = syntax.heads[number]
    if to is None or name is None or head == number:
        return
    while syntax.tokens[head].pos not in ("VERB", "AUX") and syntax.heads[head] != head:
        head = syntax.heads[head]
    content = _without(syntax, head, number)
    if content:
        yield Attribution(content, (syntax.noun_phrase(name),), (syntax.span(number, to),), score=0.8)


def _subtree(syntax: Syntax, head: int) -> tuple[Span, ...]:
    return _trimmed(syntax, syntax.left[head], syntax.right[head])


def _without(syntax: Syntax, head: int, part: int) -> tuple[Span, ...]:
    """A subtree without the subtree of one of its tokens: what stands before and after that."""
    return (
        *_trimmed(syntax, syntax.left[head], syntax.left[part] - 1),
        *_trimmed(syntax, syntax.right[part] + 1, syntax.right[head]),
    )


def _trimmed(syntax: Syntax, first: int, last: int) -> tuple[Span, ...]:
    while first <= last and syntax.tokens[first].pos in ("PUNCT", "SPACE"):
        first += 1
    while first <= last and syntax.tokens[last].pos in ("PUNCT", "SPACE"):
        last -= 1
    return (syntax.span(first, last),) if first <= last else ()


def _headline(document: Document) -> Iterator[Attribution]:
    """`Weber: No deal before spring`."""
    text = document.text
    first_line = len(text) - len(text.lstrip())
    label = _LABEL.match(text, first_line)
    if label is not None:
        end = len(text) if (newline := text.find("\n", label.end())) < 0 else newline
        content, cue = Span(label.end(), end), Span(label.end(1), label.end(1) + 1)
        yield Attribution((content,), (Span(*label.span(1)),), (cue,), score=0.5)


def _with_quotations(
    syntax: Syntax, regions: Sequence[QuotedRegion], found: Sequence[Attribution]
) -> list[Attribution]:
    """Attributions drawn out to the marks of the quotations they run into, and those of the other quotations."""
    result = list(found)
    cues = {item.cue: number for number, item in enumerate(found) if item.cue}
    owners = array("l", [_NOBODY]) * len(syntax.document.text)
    for number in sorted(range(len(found)), key=lambda n: (found[n].score, -found[n].content[0].start)):
        for start, end in found[number].content:
            owners[start:end] = array("l", [number]) * (end - start)
    for region in regions:
        touching = max(
            (owners[offset] for offset in range(region.start, region.end)),
            key=lambda n: (n != _NOBODY, n != _NOBODY and result[n].score),
        )
        if touching != _NOBODY:
            result[touching] = _drawn_out(result[touching], region)
            continue
        tag = speech_tag(syntax, region)
        if tag is None:
            continue
        text = syntax.document.text
        split = tag.cue in cues and text.endswith((", ", ","), 0, region.outer.start)
        if tag.cue[0].start < region.start and not split and not is_quote(text, region):
            continue  # a cue before a term, a title or a scare quote does not make it anybody's words
        if tag.cue in cues:
            result[cues[tag.cue]] = _drawn_out(result[cues[tag.cue]], region)
        else:
            cues[tag.cue] = len(result)
            result.append(tag)
    return result


def _outer(attributions: Sequence[Attribution], length: int) -> list[Attribution]:
    """Attributions whose cue stands in no other's content: rules are right about nested ones too seldom."""
    depth = [0] * (length + 1)
    for attribution in attributions:
        for start, end in attribution.content:
            depth[start] += 1
            depth[end] -= 1
    depth = list(accumulate(depth))
    return [item for item in attributions if not item.cue or not depth[item.cue[0].start]]


def _drawn_out(attribution: Attribution, region: QuotedRegion) -> Attribution:
    """The attribution with all of the region in its content."""
    apart = tuple(
        span
        for span in attribution.content
        if span.end <= region.outer.start or span.start >= region.outer.end
    )
    crossing = [span for span in attribution.content if span not in apart]
    if any(span.start <= region.start and span.end >= region.end for span in crossing):
        return attribution
    start = min([region.start, *(span.start for span in crossing)])
    end = max([region.end, *(span.end for span in crossing)])
    spans = region.spans if len(region.spans) > 1 else (Span(start, end),)
    return Attribution(
        tuple(sorted((*apart, *spans))), attribution.source, attribution.cue, attribution.score
    )
