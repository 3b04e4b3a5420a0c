"""Export as CoNLL-U: every token with lemma, part of speech and dependency, as the parser gave them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING

from analysis.annotators.parsing.document import Document, Span, Token
from analysis.errors import FramingError

if TYPE_CHECKING:
    from analysis.tables import Tables

_NOTE = "positions of tokens (start, end in MISC) count code points of the text with plain newlines (LF)"


def write_conllu(tables: Tables, stream: IO[bytes]) -> tuple[str, ...]:
    """Write all articles as one CoNLL-U file, shard by shard.

    Parameters
    ----------
    tables : Tables
        With parses.
    stream : binary file

    Returns
    -------
    tuple of str
        Notes.

    Raises
    ------
    FramingError
        The tables have no parses.

    Notes
    -----
    The dependencies are those of spaCy's English models (ClearNLP), not of Universal Dependencies.
    """
    from analysis.annotators.parsing.saved_parse import PARSES
    from analysis.revision.saved_article import SavedArticle, saved_rows

    if PARSES.name not in tables.further:
        raise FramingError(
            "these results have no parses; they were made by an older version of the toolkit",
            remedy="measure the articles again: framing annotate ARTICLES --out FOLDER --overwrite",
        )
    study = tables.study_or_error()
    for part in tables.shards():
        for saved in saved_rows(part):
            lines = _document_lines(SavedArticle(saved, study).document)
            text = "\n".join([f"# newdoc id = {saved.article.article_id}", *lines, ""])
            stream.write(text.encode("utf-8"))
    return _NOTE, "dependencies are those of spaCy (ClearNLP), not of UD"


def _document_lines(document: Document) -> Iterator[str]:
    numbered = list(enumerate(document.tokens))
    place = 0
    for number, sentence in enumerate(document.sentences, start=1):
        inside: list[tuple[int, Token]] = []
        while place < len(numbered) and numbered[place][1].start < sentence.end:
            index, token = numbered[place]
            place += 1
            if token.start >= sentence.start and not document.text[token.start : token.end].isspace():
                inside.append((index, token))
        if inside:
            yield from _sentence_lines(document.text, number, sentence, inside)


def _sentence_lines(
    text: str, number: int, sentence: Span, tokens: Sequence[tuple[int, Token]]
) -> Iterator[str]:
    own = {index: place for place, (index, _) in enumerate(tokens, start=1)}
    yield f"# sent_id = {number}"
    yield f"# text = {' '.join(text[sentence.start : sentence.end].split())}"
    for place, (index, token) in enumerate(tokens, start=1):
        head = 0 if token.head == index else own.get(token.head, 0)  # a head in another sentence makes a root
        word = text[token.start : token.end]
        after = text[token.end : token.end + 1]
        tight = "" if after.isspace() or place == len(tokens) else "SpaceAfter=No|"
        cells = (
            str(place),
            "".join(word.split()),
            "_".join(token.lemma.split()) or "_",
            token.pos or "_",
            token.tag or "_",
            "_",
            str(head),
            "root" if head == 0 else token.dep or "dep",
            "_",
            f"{tight}start={token.start}|end={token.end}",
        )
        yield "\t".join(cells)
    yield ""
