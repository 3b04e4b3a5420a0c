"""A REFI-QDA project (.qdpx): articles, codes and coded segments for MAXQDA, NVivo, ATLAS.ti and QualCoder.

The format follows the REFI-QDA standard 1.5, with the schema of 18 March 2019: a zip archive with `project.qde` (XML)
and the documents as `sources/GUID.txt`. Requirements of single programs beyond the standard are described in
`qda_codes` and `qda_texts`.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

from analysis.exports.archive import entry
from analysis.exports.dictionary import introduction, origin
from analysis.exports.qda_codes import Code, Codes, codes, unique
from analysis.exports.qda_segments import Segment, segments
from analysis.exports.qda_texts import document_name, is_wide, plain
from analysis.exports.xml_nodes import Node, write_xml
from analysis.schemas import TABLES
from analysis.study.formats.refi_qda import guid_of

if TYPE_CHECKING:
    from analysis.tables import Tables

NAMESPACE = "urn:QDA-XML:project:1.0"
PROJECT, SOURCES = "project.qde", "sources"
CODER = "media-framing"
_SHOWN = 60  # characters of a segment that become its name
# type of a variable in the standard, and the element for its value, by kind of column
_TYPES = {
    "text": ("Text", "TextValue"),
    "integer": ("Integer", "IntegerValue"),
    "time": ("DateTime", "DateTimeValue"),
}
# all columns of articles except the text
_VARIABLES = {name: column for name, column in TABLES["articles"].columns.items() if name != "text"}
_LINE_ENDS = "texts with Windows or old Mac line ends, converted to line feeds"
_CONTROLS = "texts with control characters, each replaced by \ufffd"
_WIDE = (
    "texts with characters beyond U+FFFF (emoji, rare scripts). The standard counts each as one position, NVivo as "
    "two, which shifts later segments"
)


def write_qda_project(tables: Tables, stream: IO[bytes]) -> tuple[str, ...]:
    """Write a REFI-QDA project, shard by shard.

    Parameters
    ----------
    tables : Tables
    stream : binary file
        Can be sought in.

    Returns
    -------
    tuple of str
        Notes on what was changed, and what to know.
    """
    changed = Counter[str]()
    with zipfile.ZipFile(stream, "w") as archive:
        with archive.open(entry(PROJECT), "w", force_zip64=True) as project:
            write_xml(project, NAMESPACE, "Project", _attributes(tables), _parts(tables))
        for articles in tables.iter("articles"):
            for article_id, given in zip(articles["article_id"], articles["text"], strict=True):
                made = plain(given)
                archive.writestr(entry(f"{SOURCES}/{_source_guid(article_id)}.txt"), made.encode("utf-8"))
                changed[_LINE_ENDS] += "\r" in given
                changed[_CONTROLS] += made.count("\ufffd") > given.count("\ufffd")
                changed[_WIDE] += is_wide(made)
    return tuple(_notes(changed, len(tables.data("rejects"))))


def _attributes(tables: Tables) -> dict[str, str]:
    title = tables.study.codebook.title if tables.study else "Media framing"
    version = tables.run.get("toolkit", "")
    return {"name": title, "origin": f"media-framing {version}".strip(), "creatingUserGUID": guid_of("coder")}


def _parts(tables: Tables) -> Iterator[Node]:
    """Children of the project element, in the order of the schema."""
    tree = codes(tables)
    yield Node("Users", children=[Node("User", {"guid": guid_of("coder"), "name": CODER, "id": "MF"})])
    yield Node("CodeBook", children=[Node("Codes", children=[_code(code, tree) for code in tree.headings])])
    yield Node("Variables", children=[
        Node(
            "Variable",
            {"guid": guid_of("variable", name), "name": name, "typeOfVariable": _TYPES[column.kind][0]},
            children=[Node("Description", text=column.meaning)],
        )
        for name, column in _VARIABLES.items()
    ])  # fmt: skip
    if len(tables.metadata):
        yield Node("Sources", children=_sources(tables, tree))
    yield Node("Sets", children=[_set(heading, tree) for heading in tree.headings])
    told = [*introduction(tables), *(f"{name}: {value}" for name, value in origin(tables).items())]
    yield Node("Description", text="\n".join(told))


def _code(code: Code, tree: Codes) -> Node:
    described = [Node("Description", text=code.description)] if code.description else []
    attributes = {
        "guid": tree.guid(code.key),
        "name": code.name,
        "isCodable": "true" if code.codable else "false",
        "color": code.colour,
    }
    return Node("Code", attributes, children=[*described, *(_code(child, tree) for child in code.children)])


def _set(heading: Code, tree: Codes) -> Node:
    """The codes below a heading as a set, for programs that flatten the tree."""
    members = [
        Node("MemberCode", {"targetGUID": tree.guid(code.key)})
        for code in heading.with_all_below()
        if code.codable
    ]
    return Node("Set", {"guid": guid_of("set", *heading.key), "name": heading.name}, children=members)


def _sources(tables: Tables, tree: Codes) -> Iterator[Node]:
    taken: set[str] = set()
    for part in tables.shards():
        yield from _sources_of_shard(part, tree, taken)


def _sources_of_shard(tables: Tables, tree: Codes, taken: set[str]) -> Iterator[Node]:
    coded = segments(tables)
    for row in tables.articles.to_dict("records"):
        article_id = row["article_id"]
        guid, text = _source_guid(article_id), plain(row["text"])
        day = str(row["published"].date()) if row["published"] == row["published"] else ""
        name = document_name(day, row["outlet"], row["title"]) or document_name(article_id) or "article"
        yield Node(
            "TextSource",
            {
                "guid": guid,
                "name": unique(name, taken),
                "plainTextPath": f"internal://{guid}.txt",
                "creatingUser": guid_of("coder"),
            },
            children=[
                Node("Description", text=row["title"]),
                *(_selection(segment, article_id, text, tree) for segment in coded[article_id]),
                *_values(row),
            ],
        )


def _selection(segment: Segment, article_id: str, text: str, tree: Codes) -> Node:
    code, user = tree.guid(segment.key), guid_of("coder")
    place = (article_id, str(segment.start), str(segment.end), code)
    words = " ".join(text[segment.start : segment.end].split())
    coding = Node(
        "Coding",
        {"guid": guid_of("coding", *place), "creatingUser": user},
        children=[Node("CodeRef", {"targetGUID": code})],
    )
    return Node(
        "PlainTextSelection",
        {
            "guid": guid_of("selection", *place),
            "name": words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…",
            "startPosition": str(segment.start),
            "endPosition": str(segment.end),
            "creatingUser": user,
        },
        children=[*([Node("Description", text=segment.memo)] if segment.memo else []), coding],
    )


def _values(row: Mapping[Any, Any]) -> Iterator[Node]:
    for name, column in _VARIABLES.items():
        value = row[name]
        if value is None or value != value or value == "":
            continue
        written = value.isoformat().replace("+00:00", "Z") if column.kind == "time" else str(value)
        yield Node(
            "VariableValue",
            children=[
                Node("VariableRef", {"targetGUID": guid_of("variable", name)}),
                Node(_TYPES[column.kind][1], text=written),
            ],
        )


def _source_guid(article_id: str) -> str:
    return guid_of("article", article_id)


def _notes(changed: Mapping[str, int], n_rejects: int) -> Iterator[str]:
    yield from (f"{what}: {n:,}" for what, n in changed.items() if n)
    if n_rejects:
        yield f"refused articles, not in the project: {n_rejects:,}"
