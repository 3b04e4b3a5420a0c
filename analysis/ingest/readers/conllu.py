"""CoNLL-U, the format of Universal Dependencies: texts with one token per line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.corpus import count_words
from analysis.ingest.columns import places
from analysis.ingest.encoding import read_text
from analysis.ingest.mixed import MAX_WORDS_OF_ONE
from analysis.ingest.records import Item, Reader, Record, Refusal, UnreadableFile, no_article_in

_COLUMNS = ("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC")
_TOKEN = re.compile(r"(?:\d+(?:[-.]\d+)?)\t(?:[^\t\n]*\t){8}[^\t\n]*$", re.MULTILINE)
_PLUS = "# global.columns"  # CoNLL-U Plus names its columns
_COMMENT = re.compile(r"#\s*(?P<name>[^=]+?)\s*(?:=\s*(?P<value>.*?)\s*)?$")
_HEAD_LINES = 200
_META = "meta::"  # how GUM and other corpora name what is said of a whole text
_NOT_OF_THE_TEXT = frozenset(
    {"newdoc", "newdoc id", "newpar", "newpar id", "sent_id", "text", "global.columns"}
)
_ESCAPES = {r"\s": " ", r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\p": "|", "\\\\": "\\"}
_ESCAPE = re.compile(r"\\[snrtp\\]")
_NEW_PARAGRAPH = "\n\n"


def read_conllu(path: Path) -> Iterator[Item]:
    """Read the documents of a CoNLL-U file (de Marneffe et al. 2021); each `# newdoc` begins an article.

    The text of a sentence is its comment `# text`, or else its tokens, with a space after each unless
    `SpaceAfter=No`. `# newpar` begins a paragraph. Comments at the beginning of a document that are named as a field
    (`# title`, `# date`, `# source` ...) or begin with `# meta::` describe the article; its row is the number of the
    line on which it begins.

    Raises
    ------
    UnreadableFile
        The file cannot be read, has no sentence, or is a long text that is not divided into documents.
    """
    documents = list(_documents(read_text(path)))
    if not any(document.sentences for document in documents):
        raise no_article_in(path, "Universal Dependencies (CoNLL-U)", "sentence")
    for document in documents:
        item = _item(document)
        if isinstance(item, Record) and not document.is_declared:
            _stop_if_several(item.fields["text"], path)
        if document.sentences or document.is_declared:
            yield item


def _stop_if_several(text: str, path: Path) -> None:
    if len(text) > MAX_WORDS_OF_ONE and (n_words := count_words(text)) > MAX_WORDS_OF_ONE:
        raise UnreadableFile(
            f"the file is not divided into documents, and has {n_words:,} words",
            path=path,
            reason="not_split",
            remedy="add a line '# newdoc id = ...' before the first sentence of each article",
        )


@dataclass
class _Document:
    """The lines of a document, and where it begins."""

    line: int
    is_declared: bool = False  # by `# newdoc`
    comments: dict[str, str] = field(default_factory=dict)
    sentences: list[_Sentence] = field(default_factory=list)


@dataclass
class _Sentence:
    """The comments and tokens of a sentence; `misread` names a line that is no token."""

    comments: dict[str, str] = field(default_factory=dict)
    tokens: list[tuple[str, str, str]] = field(default_factory=list)  # ID, FORM, MISC
    misread: str = ""


def _documents(text: str) -> Iterator[_Document]:
    document, sentence = _Document(1), _Sentence()
    columns = _COLUMNS
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            comment = _COMMENT.match(line)
            name, value = (comment["name"], comment["value"] or "") if comment else ("", "")
            if name == "global.columns":
                columns = tuple(value.split())
            if name in {"newdoc", "newdoc id"} and not sentence.tokens:
                yield document
                document = _Document(number, is_declared=True)
            sentence.comments[name] = value
        elif line.strip():
            _add_token(sentence, line, number, columns)
        elif sentence.tokens or sentence.misread:
            _add_sentence(document, sentence)
            sentence = _Sentence()
    if sentence.tokens or sentence.misread:
        _add_sentence(document, sentence)
    yield document


def _add_token(sentence: _Sentence, line: str, number: int, columns: tuple[str, ...]) -> None:
    cells = line.split("\t")
    if len(cells) != len(columns) or not {"ID", "FORM"} <= set(columns):
        sentence.misread = (
            sentence.misread or f"line {number:,} has {len(cells)} columns instead of {len(columns)}"
        )
        return
    token = dict(zip(columns, cells, strict=True))
    sentence.tokens.append((token["ID"], token["FORM"], token.get("MISC", "_")))


def _add_sentence(document: _Document, sentence: _Sentence) -> None:
    if not document.sentences:
        document.comments = sentence.comments
    document.sentences.append(sentence)


def _item(document: _Document) -> Record | Refusal:
    row = str(document.line)
    if not document.sentences:
        return Refusal(row, "no_text", "the document has no sentence; export it again")
    if misread := next((one.misread for one in document.sentences if one.misread and not _stated(one)), ""):
        return Refusal(
            row,
            "bad_row",
            f"{misread}, so words may be missing; correct the line, or add a comment '# text' to the sentence",
        )
    said = {
        name.removeprefix(_META): value
        for name, value in document.comments.items()
        if value and name not in _NOT_OF_THE_TEXT and (name.startswith(_META) or places((name,)))
    }
    names = tuple(said)
    mapped = places(names)
    mapped.pop("text", None)
    fields = {name: said[names[place]] for name, place in mapped.items()}
    if identifier := document.comments.get("newdoc id") or fields.get("article_id"):
        fields["article_id"] = identifier
    used = {names[place] for place in mapped.values()}
    others = {name: value for name, value in said.items() if name not in used}
    return Record(row, {**fields, "text": "".join(_pieces(document.sentences)).strip()}, others)


def _stated(sentence: _Sentence) -> str:
    return sentence.comments.get("text", "")


def _pieces(sentences: list[_Sentence]) -> Iterator[str]:
    """Yield the sentences and what stands between them."""
    after = ""
    for sentence in sentences:
        begins = {"newpar", "newpar id"} & sentence.comments.keys()
        yield _NEW_PARAGRAPH if begins else after
        words = list(_words(sentence.tokens))
        yield _stated(sentence) or "".join(words).rstrip()
        last = words[-1] if words else " "
        after = last[len(last.rstrip()) :]


def _words(tokens: list[tuple[str, str, str]]) -> Iterator[str]:
    """Yield the words as they are written, with the space after each.

    A word that is split into several tokens (2-3) is written once, and a token that is not in the text (8.1) never.
    """
    last_of_word = 0
    for number, form, misc in tokens:
        first, _, last = number.partition("-")
        if "." in first or not first.isdecimal() or (not last and int(first) <= last_of_word):
            continue
        if last.isdecimal():
            last_of_word = int(last)
        if "NewPar=Yes" in misc.split("|"):
            yield _NEW_PARAGRAPH
        yield form + _space_after(misc)


def _space_after(misc: str) -> str:
    for part in misc.split("|"):
        name, _, value = part.partition("=")
        if name == "SpacesAfter":  # as UDPipe writes it
            return _ESCAPE.sub(lambda match: _ESCAPES[match[0]], value)
        if part == "SpaceAfter=No":
            return ""
    return " "


def _is_conllu(head: str) -> bool:
    """Whether a file is in CoNLL-U, judged by its beginning."""
    start = head.lstrip("\ufeff\r\n ")
    if start.startswith(_PLUS):
        return True
    lines = start.splitlines()[:_HEAD_LINES]
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    return bool(_TOKEN.match(first))


READER = Reader((".conllu", ".conll", ".txt"), read_conllu, name="CoNLL-U", recognises=_is_conllu)
