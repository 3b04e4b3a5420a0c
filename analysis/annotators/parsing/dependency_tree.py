"""The parse of a document as a tree: subtrees as spans, subjects of verbs, noun phrases."""

from __future__ import annotations

from bisect import bisect_left

from analysis.annotators.parsing.document import Document, Span, cached_on_document

VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# What follows a noun without being part of its name: relative clauses and the like.
_LOOSE = frozenset({"relcl", "advcl", "acl", "parataxis", "punct", "dep", "ccomp"})
# From these a verb without subject of its own inherits the one of its governor.
_SHARED_SUBJECT = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep", "ccomp", "parataxis"})
_MAX_CLIMB = 4


class DependencyTree:
    """Heads, children and subtrees of the tokens, none of them beyond the end of a line.

    Parameters
    ----------
    document : Document
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
        """The line of each token: the parser runs over paragraph breaks now and then, subtrees must not."""
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
        """Number of the first token that starts at or after an offset."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)

    def span(self, first: int, last: int) -> Span:
        """From the start of one token to the end of another."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def text(self, number: int) -> str:
        """A token in lower case."""
        return self.document.text[self.tokens[number].start : self.tokens[number].end].casefold()

    def child(self, number: int, *deps: str) -> int | None:
        """The first child with one of the relations."""
        return next((child for child in self.children[number] if self.tokens[child].dep in deps), None)

    def noun_phrase(self, head: int) -> Span:
        """A noun with its modifiers and what it is joined to, without relative clauses."""
        tight = [child for child in self.children[head] if self.tokens[child].dep not in _LOOSE]
        last = max([head, *(self.right[child] for child in tight)])
        first = min([head, *(self.left[child] for child in tight)])
        while last > head and self.tokens[last].pos in ("PUNCT", "SPACE"):
            last -= 1
        while first < head and self.tokens[first].pos in ("PUNCT", "SPACE"):
            first += 1
        return self.span(first, last)

    def verb_group(self, verb: int) -> Span:
        """A verb with the auxiliaries and negation right before and the particle right after it."""
        own = {child for child in self.children[verb] if self.tokens[child].dep in ("aux", "auxpass", "neg")}
        first = last = verb
        while first - 1 in own:
            first -= 1
        if last + 1 in self.children[verb] and self.tokens[last + 1].dep == "prt":
            last += 1
        return self.span(first, last)

    def source(self, verb: int) -> Span | None:
        """Who does the verb: its subject, its agent, or the subject it shares with the verb above it."""
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
        """The subject; for "..., who said" the noun before it as well."""
        text = self.text(subject)
        if (
            text in ("it", "there")
            and self.child(verb, "ccomp") is not None
            and self.tokens[verb].tag == "VBN"
        ):
            return None
        if text in _RELATIVE and self.tokens[verb].dep == "relcl":
            antecedent = self.noun_phrase(self.heads[verb])
            return Span(antecedent.start, self.tokens[subject].end)
        return self.noun_phrase(subject)


@cached_on_document
def dependency_tree(document: Document) -> DependencyTree:
    """The dependency tree of a document, built once."""
    return DependencyTree(document)
