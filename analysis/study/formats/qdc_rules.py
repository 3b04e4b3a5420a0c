"""The rules of the REFI-QDA codebook schema (version 1.0), checked with the line of what breaks them.

A `CodeBook` in its name space holds `Codes`, then optionally `Sets`; `Codes` at least one `Code`; a `Code` has a
guid, a name and isCodable, optionally a colour, and holds at most one `Description`, first, and then further codes.
Exports of real programs break some of this: what does no harm is noted, the rest is an error.
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
        The file is no codebook, has no codes, or a code has no name; the message names the line.
    """
    tag = str(root.tag)
    namespace, _, name = tag.rpartition("}")
    if name != "CodeBook":
        raise StudyError(
            f"the outermost element is <{name}>, not <CodeBook>", path=path, where=at_line(root.sourceline)
        )
    if namespace != f"{{{NAMESPACE}":
        notes.say(f"the name space is '{namespace.strip('{')}' instead of '{NAMESPACE}'")
    _attributes(root, "CodeBook", notes)
    order = [_local(child) for child in root]
    if order not in (["Codes"], ["Codes", "Sets"]):
        if order.count("Codes") != 1:
            raise StudyError(
                f"{order.count('Codes')} elements <Codes> in the codebook; expected one",
                path=path,
                where=at_line(root.sourceline),
            )
        notes.say(f"the codebook holds {', '.join(order)}; the schema allows Codes, then Sets")
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
        notes.add("elements that the schema does not know ignored", f"<{name}>", line)
        return
    if not element.get("name", "").strip():
        raise StudyError("a code without a name", path=path, where=at_line(line))
    _attributes(element, name, notes)
    _values(element, notes, guids)
    _order([_local(child) for child in element], line, notes)


def _values(code: etree._Element, notes: Notes, guids: set[str]) -> None:
    name, line = repr(code.get("name")), code.sourceline
    guid = code.get("guid", "").strip()
    if not _GUID.fullmatch(guid):
        notes.add("codes without a valid guid", name, line)
    elif guid.strip("{}").lower() in guids:
        notes.add("codes with the guid of another one", name, line)
    guids.add(guid.strip("{}").lower())
    if code.get("isCodable") not in ("true", "false", "1", "0"):
        notes.add("codes that do not say whether they can be applied, taken to be", name, line)
    if "color" in code.attrib and not _COLOUR.fullmatch(code.get("color", "").strip()):
        notes.add("codes with a colour that is none", name, line)


def _order(children: Iterable[str], line: int | None, notes: Notes) -> None:
    kinds = [name for name in children if name in ("Description", "Code")]
    if kinds.count("Description") > 1:
        notes.add("codes with several descriptions, of which the last is kept", "<Code>", line)
    elif "Description" in kinds[1:]:
        notes.add("codes whose description does not come first", "<Code>", line)


def _attributes(element: etree._Element, name: str, notes: Notes) -> None:
    for attribute in element.attrib:
        if not str(attribute).startswith("{") and attribute not in _ATTRIBUTES[name]:
            notes.add("attributes that the schema does not know ignored", f"{attribute}", element.sourceline)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
