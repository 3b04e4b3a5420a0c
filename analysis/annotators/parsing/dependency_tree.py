"""The dependency tree of a document: children, subtrees, subjects of verbs, noun phrases."""

from __future__ import annotations

from bisect import bisect_left

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.document import Document, Span, cached_on_document

VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
# Relations of clauses and the like, which follow a noun but are not part of its noun phrase here.
_LOOSE = frozenset({"relcl", "advcl", "acl", "parataxis", "punct", "dep", "ccomp"})
# In these relations a verb without a subject of its own has the subject of its governor.
_SHARED_SUBJECT = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep", "ccomp", "parataxis"})
_MAX_CLIMB = 4


class DependencyTree:
    """Heads, children and subtrees of the tokens of a document; no subtree crosses a line break.

    Parameters
    ----------
    document : Document

    Attributes
    ----------
    document : Document
    tokens : tuple of Token
    heads : list of int
        Token number of the head of each token; its own number for a root.
    children : list of list of int
    left, right : list of int
        First and last token of the subtree of each token.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.children: list[list[int]] = [[] for _ in self.tokens]
        lines = self._lines()
        self.heads = [
            token.head if lines[token.head] == lines[number] else number
            for number, token in enumerate(self.tokens)
        ]
        roots: list[int] = []
        for number, head in enumerate(self.heads):
            (roots if head == number else self.children[head]).append(number)
        self.left = list(range(len(self.tokens)))
        self.right = list(range(len(self.tokens)))
        for number in reversed(self._downwards(roots)):
            for child in self.children[number]:
                self.left[number] = min(self.left[number], self.left[child])
                self.right[number] = max(self.right[number], self.right[child])

    def _lines(self) -> list[int]:
        """Return the line of each token. The parser sometimes ignores paragraph breaks; subtrees must not."""
        text, line, lines, end = self.document.text, 0, [], 0
        for token in self.tokens:
            line += text.count("\n", end, token.end)
            lines.append(line)
            end = token.end
        return lines

    def _downwards(self, roots: list[int]) -> list[int]:
        order, waiting = [], list(roots)
        while waiting:
            number = waiting.pop()
            order.append(number)
            waiting += self.children[number]
        return order

    def first_from(self, offset: int) -> int:
        """Return the number of the first token that starts at or after an offset."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)

    def span(self, first: int, last: int) -> Span:
        """Return the span from the start of one token to the end of another."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def text(self, number: int) -> str:
        """Return the text of a token in lower case."""
        return self.document.text[self.tokens[number].start : self.tokens[number].end].casefold()

    def child(self, number: int, *deps: str) -> int | None:
        """Return the first child with one of the relations."""
        return next((child for child in self.children[number] if self.tokens[child].dep in deps), None)

    def before_infinitive(self, verb: int) -> str:
        """Return the word right before the "to" of an infinitive in lower case; "" for other forms of the verb."""
        to = next((child for child in self.children[verb] if self.text(child) == "to"), 0)
        return self.text(to - 1) if to else ""

    def noun_phrase(self, head: int) -> Span:
        """Return a noun with its modifiers and conjuncts, without relative clauses."""
        tight = [child for child in self.children[head] if self.tokens[child].dep not in _LOOSE]
        last = max([head, *(self.right[child] for child in tight)])
        first = min([head, *(self.left[child] for child in tight)])
        while last > head and self.tokens[last].pos in ("PUNCT", "SPACE"):
            last -= 1
        while first < head and self.tokens[first].pos in ("PUNCT", "SPACE"):
            first += 1
        return self.span(first, last)

    def verb_group(self, verb: int) -> Span:
        """Return a verb with auxiliaries and negation right before it and the particle right after it."""
        own = {child for child in self.children[verb] if self.tokens[child].dep in ("aux", "auxpass", "neg")}
        first = last = verb
        while first - 1 in own:
            first -= 1
        if last + 1 in self.children[verb] and self.tokens[last + 1].dep == "prt":
            last += 1
        return self.span(first, last)

    def source(self, verb: int) -> Span | None:
        """Return the agent of a verb: its subject, its "by" phrase, or the subject it shares with its governor."""
        for _ in range(_MAX_CLIMB):
            token, head = self.tokens[verb], self.heads[verb]
            subject = self.child(verb, *_SUBJECTS)
            if subject is not None:
                return self._subject_phrase(verb, subject)
            agent = self.child(verb, "agent")
            if agent is not None and (by := self.child(agent, "pobj")) is not None:
                return self.noun_phrase(by)
            if self.child(verb, "nsubjpass") is not None or head == verb:
                return None
            if token.dep in ("acl", "relcl"):
                return self.noun_phrase(head) if token.tag in ("VBG", "VBD", "VBZ", "VBP") else None
            if self.tokens[head].pos == "ADP":
                head = self.heads[head]
            elif token.dep not in _SHARED_SUBJECT or self.tokens[head].pos not in VERBAL:
                return None
            verb = head
        return None

    def _subject_phrase(self, verb: int, subject: int) -> Span | None:
        """Return the phrase of a subject; for a relative pronoun ("..., who said") with its noun."""
        text = self.text(subject)
        if (
            text in words("clauses", "expletives")
            and self.child(verb, "ccomp") is not None
            and self.tokens[verb].tag == "VBN"
        ):
            return None
        if text in words("clauses", "relative_pronouns") and self.tokens[verb].dep == "relcl":
            antecedent = self.noun_phrase(self.heads[verb])
            return Span(antecedent.start, self.tokens[subject].end)
        return self.noun_phrase(subject)


@cached_on_document
def dependency_tree(document: Document) -> DependencyTree:
    """The dependency tree of a document, built once."""
    return DependencyTree(document)
