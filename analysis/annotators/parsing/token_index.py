"""Look-up of a document's tokens by the character at which they begin."""

from __future__ import annotations

from typing import NamedTuple

from analysis.annotators.parsing.document import Document, Token, cached_on_document


class TokenIndex(NamedTuple):
    """A document's tokens with a look-up by first character."""

    document: Document
    by_start: dict[int, int]

    def at(self, start: int) -> Token | None:
        """Return the token that begins at a character, None where none does."""
        number = self.by_start.get(start)
        return None if number is None else self.document.tokens[number]

    def inside(self, start: int, end: int) -> list[int]:
        """Return the numbers of the tokens that begin in start..end."""
        return [self.by_start[offset] for offset in range(start, end) if offset in self.by_start]

    def last(self, start: int, end: int) -> int | None:
        """Return the number of the last token that begins in start..end: the head of a name."""
        inside = self.inside(start, end)
        return inside[-1] if inside else None

    def head(self, token: Token) -> Token:
        """Return the token that a token depends on."""
        return self.document.tokens[token.head]


@cached_on_document
def token_index(document: Document) -> TokenIndex:
    """Return the index of a document's tokens, which is made once."""
    return TokenIndex(document, {token.start: number for number, token in enumerate(document.tokens)})
