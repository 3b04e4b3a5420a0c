"""UIMA CAS (XMI and JSON), and projects of INCEpTION and WebAnno, which hold texts in this format."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.errors import FramingError
from analysis.ingest.encoding import decode, read_bytes
from analysis.ingest.limits import DAMAGE, check_archive, check_count, too_large, unpacked_limit
from analysis.ingest.markup.cas import METADATA, METADATA_FIELDS, TYPE_SYSTEMS, cassis_module, load_cas
from analysis.ingest.records import Item, Note, Reader, Record, Refusal, UnreadableFile, no_article_in
from analysis.ingest.sniffing import ZIP

_XMI = re.compile(r"<(?:\w+:)?XMI\b[^>]*http:///uima/cas\.ecore")
_JSON = re.compile(r'\s*\{\s*"%(?:TYPES|FEATURE_STRUCTURES|VIEWS)"')
_PACKAGE = re.compile(
    r"^(?:TypeSystem\.xml|exportedproject\w*\.json|.+\.xmi)$", re.MULTILINE
)  # names of parts
_ANNOTATED = re.compile(r"(?:annotation|curation)/(?P<document>[^/]+)/[^/]+\.(?:zip|xmi|json)")
_SOURCE = re.compile(r"source/(?P<document>[^/]+)")
_FIRST = "INITIAL_CAS"  # the text before anybody annotated it
_ANNOTATIONS = 3  # of a record, on average, at most, in packed files
_ELEMENTS = (b"xmi:id", b'"%ID"')


def read_uima(path: Path) -> Iterator[Item]:
    """Read the text of a CAS, or of each document of a project that INCEpTION exported, with dkpro-cassis.

    Title, id and address come from its DocumentMetaData; a title that is only the id is left out. The annotations
    are not read. The row is the name of the document in a project.

    Raises
    ------
    UnreadableFile
        The file cannot be read, or dkpro-cassis is not installed.
    """
    _check_installed(path)
    if zipfile.is_zipfile(path):
        yield from _in_package(path)
        return
    data = read_bytes(path)
    check_count(path, sum(map(data.count, _ELEMENTS)), "annotations", each=_ANNOTATIONS)
    types = next((beside for name in TYPE_SYSTEMS if (beside := path.parent / name).exists()), None)
    item = _article(data, types.read_bytes() if types is not None else None, None)
    if isinstance(item, Refusal):
        raise UnreadableFile(
            item.detail.partition(";")[0],
            path=path,
            reason=item.reason,
            remedy="export it again, with its text",
        )
    yield item
    yield Note("only the text of the CAS is read, not its annotations")


def _check_installed(path: Path) -> None:
    try:
        cassis_module()
    except FramingError as error:
        raise UnreadableFile(str(error), path=path, reason="format") from None


def _article(data: bytes, types: bytes | None, row: str | None) -> Record | Refusal:
    """Return the text of a CAS."""
    try:
        cas = load_cas(data, types)
        texts = [sofa.sofaString for sofa in cas.sofas if isinstance(sofa.sofaString, str)]
        said = _metadata(cas)
    except FramingError as error:
        return Refusal(row, "unreadable", f"{error}; export it again")
    text = next((text for text in texts if text.strip()), "")
    if not text:
        return Refusal(row, "no_text", "the CAS has no text; export it with its text")
    title, identifier, address, collection = (said.get(name, "") for name in METADATA_FIELDS)
    fields = {
        "text": text,
        "title": title if title != identifier else "",
        "article_id": identifier,
        "url": address if address.startswith(("http://", "https://")) else "",
    }
    return Record(row, fields, {"collection": collection} if collection else {})


def _metadata(cas: Any) -> dict[str, str]:
    if not cas.typesystem.contains_type(METADATA):
        return {}
    found = next(iter(cas.select(METADATA)), None)
    return {name: str(value) for name in METADATA_FIELDS if (value := getattr(found, name, None))}


def _in_package(path: Path) -> Iterator[Item]:
    """Yield the documents of a packed project, or of a single CAS that was packed with its types."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(path, archive)
            names = sorted(name for name in archive.namelist() if not name.endswith("/"))
            documents = _documents(names)
            if not documents:
                documents = {name: [name] for name in names if name.endswith(".xmi")}
            if not documents:
                raise no_article_in(path, "INCEpTION", "document")
            yield from _within_limit(
                path, (_document(path, archive, name, parts) for name, parts in sorted(documents.items()))
            )
    except UnreadableFile:
        raise
    except DAMAGE as error:
        raise UnreadableFile(
            f"the zip file cannot be unpacked: {error}",
            path=path,
            reason="unreadable",
            remedy="export it again",
        ) from None
    yield Note("only the texts of the project are read, not its annotations")


def _within_limit(path: Path, items: Iterator[Record | Refusal]) -> Iterator[Record | Refusal]:
    """Yield the documents of a project, unless their texts are larger than a file of this size may unpack to."""
    limit, size = unpacked_limit(path.stat().st_size), 0
    for item in items:
        size += len(item.fields["text"]) if isinstance(item, Record) else 0
        if size > limit:
            raise too_large(path, limit)
        yield item


def _documents(names: list[str]) -> dict[str, list[str]]:
    """Return the parts that hold the text of each document, the best first: a CAS, or the file that was imported."""
    found: dict[str, list[str]] = {}
    for pattern in (_ANNOTATED, _SOURCE):
        for name in sorted(names, key=lambda name: _FIRST not in name):
            if match := pattern.fullmatch(name):
                found.setdefault(match["document"], []).append(name)
    return found


def _document(path: Path, archive: zipfile.ZipFile, document: str, parts: list[str]) -> Record | Refusal:
    part = parts[0]
    data, types = archive.read(part), _types_in(archive)
    if part.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as inner:
            check_archive(path, inner)
            name = next((name for name in inner.namelist() if name.endswith((".xmi", ".json"))), None)
            if name is None:
                return Refusal(document, "no_text", f"{part} holds no CAS; export the project with its texts")
            data, types = inner.read(name), _types_in(inner) or types
    if part.startswith("source/") and not part.endswith((".xmi", ".json")):
        return _source(data, document)
    check_count(path, sum(map(data.count, _ELEMENTS)), "annotations", each=_ANNOTATIONS)
    item = _article(data, types, document)
    if isinstance(item, Record) and not item.fields["article_id"]:
        item.fields["article_id"] = document
    return item


def _types_in(archive: zipfile.ZipFile) -> bytes | None:
    return next((archive.read(name) for name in archive.namelist() if name in TYPE_SYSTEMS), None)


def _source(data: bytes, document: str) -> Record | Refusal:
    text = decode(data) if document.endswith(".txt") else None
    if text is None:
        return Refusal(
            document, "format", "nobody has opened this document in the project, and it is no text file; "
            "open it in INCEpTION, then export the project again",
        )  # fmt: skip
    return Record(document, {"text": text, "article_id": document})


def _is_uima(head: str) -> bool:
    """Whether a file is a CAS or a package with some, judged by its beginning or by the names of its parts."""
    if head.startswith(ZIP):
        return _PACKAGE.search(head) is not None
    return bool(_XMI.search(head[:20_000]) or _JSON.match(head))


READER = Reader(
    (".xml", ".xmi", ".json", ".txt", ".zip"),
    read_uima,
    is_text=False,
    name="UIMA CAS",
    recognises=_is_uima,
    companions=frozenset(TYPE_SYSTEMS),
)
