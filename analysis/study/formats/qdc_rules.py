"""Validation against the REFI-QDA codebook schema (version 1.0), with line numbers.

A `CodeBook` in its namespace contains `Codes`, then optionally `Sets`. `Codes` contains at least one `Code`. A
`Code` has a guid, a name and isCodable, optionally a colour, and contains at most one `Description`, followed by
further codes. Exports of real programs violate some of these rules. Harmless violations are noted, others are
errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import StudyError
from analysis.study.formats.dictionary import Notes, at_line

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_HEX = "[0-9a-fA-F]"
_GUID = re.compile(rf"(\{{)?{_HEX}{{8}}(-{_HEX}{{4}}){{3}}-{_HEX}{{12}}(?(1)\}})")
_COLOUR = re.compile(rf"#({_HEX}{{6}}|{_HEX}{{3}})")
_ATTRIBUTES = {
    "CodeBook": {"origin"},
    "Codes": set(),
    "Code": {"guid", "name", "isCodable", "color"},
    "Description": set(),
}


def check(root: etree._Element, path: Path, notes: Notes) -> None:
    """Check a codebook against the schema.

    Raises
    ------
    StudyError
        If the file is not a codebook, has no codes, or a code has no name. The message has the line.
    """
    tag = str(root.tag)
    namespace, _, name = tag.rpartition("}")
    if name != "CodeBook":
        raise StudyError(
            f"the outermost element is <{name}>, not <CodeBook>", path=path, where=at_line(root.sourceline)
        )
    if namespace != f"{{{NAMESPACE}":
        notes.say(f"the namespace is '{namespace.strip('{')}' instead of '{NAMESPACE}'")
    _attributes(root, "CodeBook", notes)
    order = [_local(child) for child in root]
    if order not in (["Codes"], ["Codes", "Sets"]):
        if order.count("Codes") != 1:
            raise StudyError(
                f"expected one element <Codes>, found {order.count('Codes')}",
                path=path,
                where=at_line(root.sourceline),
            )
        notes.say(f"the codebook contains {', '.join(order)}; the schema allows Codes, then Sets")
    codes = next(child for child in root if _local(child) == "Codes")
    _attributes(codes, "Codes", notes)
    if not len(codes):
        raise StudyError("the codebook has no codes", path=path, where=at_line(codes.sourceline))
    guids: set[str] = set()
    for code in codes.iter("{*}*"):
        if code is not codes:
            _element(code, path, notes, guids)


def _element(element: etree._Element, path: Path, notes: Notes, guids: set[str]) -> None:
    name, line = _local(element), element.sourceline
    if name == "Description":
        _attributes(element, name, notes)
        return
    if name != "Code":
        notes.add("unknown elements ignored", f"<{name}>", line)
        return
    if not element.get("name", "").strip():
        raise StudyError("this code has no name", path=path, where=at_line(line))
    _attributes(element, name, notes)
    _values(element, notes, guids)
    _order([_local(child) for child in element], line, notes)


def _values(code: etree._Element, notes: Notes, guids: set[str]) -> None:
    name, line = repr(code.get("name")), code.sourceline
    guid = code.get("guid", "").strip()
    if not _GUID.fullmatch(guid):
        notes.add("codes without a valid guid", name, line)
    elif guid.strip("{}").lower() in guids:
        notes.add("codes with a duplicate guid", name, line)
    guids.add(guid.strip("{}").lower())
    if code.get("isCodable") not in ("true", "false", "1", "0"):
        notes.add("codes without isCodable, treated as codable", name, line)
    if "color" in code.attrib and not _COLOUR.fullmatch(code.get("color", "").strip()):
        notes.add("codes with an invalid colour", name, line)


def _order(children: Iterable[str], line: int | None, notes: Notes) -> None:
    kinds = [name for name in children if name in ("Description", "Code")]
    if kinds.count("Description") > 1:
        notes.add("codes with several descriptions, of which the last is kept", "<Code>", line)
    elif "Description" in kinds[1:]:
        notes.add("codes whose description does not come first", "<Code>", line)


def _attributes(element: etree._Element, name: str, notes: Notes) -> None:
    for attribute in element.attrib:
        if not str(attribute).startswith("{") and attribute not in _ATTRIBUTES[name]:
            notes.add("unknown attributes ignored", f"{attribute}", element.sourceline)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
