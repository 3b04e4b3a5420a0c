"""Block quotes: a paragraph without quotation marks after a reporting clause that ends with a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.annotators.parsing.dependency_tree import dependency_tree
from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.parsing.quotation_marks import GLYPHS
from analysis.annotators.quotes.cues import cue_entries, listed_verb
from analysis.corpus import WORD

_INTRODUCTION = re.compile(r":[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_MARKED = re.compile(r">[^\S\n]*(?=\S)")  # "> ..." in plain text
_NO_BLOCK = re.compile(rf"[{GLYPHS}•*–—-]|\d+[.)]")  # a quotation or an item of a list
_ACTS = frozenset({"speech", "document"})
_MIN_WORDS = 12  # a shorter paragraph is a heading or an item of a list
_SCORE = 0.9


def block_quotes(document: Document) -> list[Attribution]:
    """Return the block quotes of a document.

    A sentence at the end of a paragraph ends with a colon, and its main verb reports speech or the words of a
    document. The next paragraph, or all next paragraphs that begin with ">", are the quote. Lists are excluded, and
    so are quotations with quotation marks.

    Parameters
    ----------
    document : Document

    Returns
    -------
    list of Attribution
    """
    found = []
    for colon in _INTRODUCTION.finditer(document.text):
        content = tuple(_block(document.text, colon.end()))
        if content and (clause := _reporting_clause(document, colon.start())) is not None:
            source, cue = clause
            found.append(Attribution(content, (source,), (cue,), _SCORE))
    return found


def _block(text: str, start: int) -> Iterator[Span]:
    """Yield the paragraphs of the block quote that begins at an offset."""
    for number, line in enumerate(_LINE.finditer(text, start)):
        if not line[0].strip("> \t"):
            continue
        marked = _MARKED.match(text, line.start())
        first = marked.end() if marked else line.start()
        if _NO_BLOCK.match(text, first) or (number and not marked):
            return
        if number or len(WORD.findall(text, first, line.end())) >= _MIN_WORDS:
            yield Span(first, line.end())
        if not marked:
            return


def _reporting_clause(document: Document, colon: int) -> tuple[Span, Span] | None:
    """Return source and cue of the sentence that ends with a colon, if its main verb is a cue."""
    tree = dependency_tree(document)
    sentence = document.sentences[document.sentence_at(colon)]
    for number in range(tree.first_from(sentence.start), tree.first_from(colon)):
        token = tree.tokens[number]
        lemma = listed_verb(document, token) if tree.heads[number] == number else None
        if lemma is not None and cue_entries("verbs")[lemma].act in _ACTS:
            source = tree.source(number)
            return None if source is None else (source, tree.verb_group(number))
    return None
