"""REFI-QDA codebooks (.qdc), which MAXQDA, ATLAS.ti, NVivo, QualCoder and Taguette exchange.

Such a codebook has codes and descriptions, but no search patterns. Patterns are written as YAML into the description,
below a line of three hyphens, where they can be read and edited in any of these programs. The name of a code without
patterns is used as its only pattern, with a note: add patterns before you rely on the counts.
"""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import StudyError
from analysis.study.codebook import Codebook, Theme
from analysis.study.formats.dictionary import Category, Dictionary, Notes, Term, at_line
from analysis.study.formats.losses import Losses
from analysis.study.formats.qdc_rules import NAMESPACE, check
from analysis.study.formats.xml_files import read_xml, xml_bytes, xml_text

if TYPE_CHECKING:
    from lxml import etree

_FENCE = "\n---\n"
_KEYS = {"id", "group", "include", "exclude", "patterns", "exceptions"}
_UUIDS = uuid.UUID("6f0d6a0c-5a55-5f7e-9d3c-8a1a54b7a9c1")  # our namespace: the same theme has the same guid
_SPECIAL = re.compile(r"[(){}|\"=~?*]")


def read(path: Path, notes: Notes) -> Dictionary:
    """Read a REFI-QDA codebook; StudyError if it violates the schema beyond repair."""
    root = read_xml(path, notes)
    check(root, path, notes)
    codes = [element for element in root if _local(element) == "Codes"]
    if any(_local(element) == "Sets" for element in root):
        notes.say("sets of codes left out; our codebooks have no sets")
    categories = [_category(code, path, notes) for code in codes[0]]
    wrappers = [c for c, code in zip(categories, codes[0], strict=True) if _is_wrapper(code)]
    if len(categories) == len(wrappers) == 1:  # NVivo puts all codes below one called Nodes or Codes
        categories = wrappers[0].children
    return Dictionary(root.get("name") or path.stem, categories, own_language=True)


def _is_wrapper(code: etree._Element) -> bool:
    return code.get("isCodable") in ("false", "0") and code.get("name") in ("Nodes", "Codes")


def _category(code: etree._Element, path: Path, notes: Notes) -> Category:
    name = code.get("name", "")
    line = code.sourceline
    category = Category(name, line)
    keys: dict[str, Any] = {}
    for child in code:
        if _local(child) == "Code":
            category.children.append(_category(child, path, notes))
        elif _local(child) == "Description":
            category.definition, keys = _description(child.text or "", path, line)
    for key in ("id", "group", "include", "exclude"):
        setattr(category, key, keys.get(key, ""))
    category.terms = [Term(pattern, line) for pattern in keys.get("patterns", ())]
    category.exceptions = [Term(pattern, line) for pattern in keys.get("exceptions", ())]
    if not category.terms and code.get("isCodable") in ("true", "1", None):
        literal = " ".join(_SPECIAL.sub(" ", name).split())
        if any(character.isalnum() for character in literal):
            category.terms = [Term(literal, line)]
            notes.add("codes without patterns, searched by their name", repr(name), line)
    return category


def _description(text: str, path: Path, line: int | None) -> tuple[str, dict[str, Any]]:
    """The definition, and the keys below the line of hyphens."""
    import yaml

    text = text.replace("\r\n", "\n")
    definition, fence, rest = f"\n{text}".rpartition(_FENCE)
    if not fence:
        return text, {}
    try:
        told = yaml.load(rest, Loader=yaml.BaseLoader)  # noqa: S506  safer than safe_load: creates only text
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{mark.line + 1} lines below the hyphens" if mark else "below the hyphens"
        raise StudyError(
            f"the patterns in this description are not valid YAML, {place}", path=path, where=at_line(line)
        ) from None
    if not isinstance(told, dict) or not set(told) <= _KEYS:
        return text, {}
    for key, value in told.items():
        of_lists = key in ("patterns", "exceptions")
        texts = value if of_lists else [value]
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            expected = "a list of patterns" if of_lists else "a text"
            raise StudyError(f"'{key}' in this description is not {expected}", path=path, where=at_line(line))
    return definition[1:], told


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def write(codebook: Codebook, losses: Losses) -> bytes:
    """Write a codebook as REFI-QDA; the same themes always have the same guids."""
    from lxml import etree

    root = etree.Element("CodeBook", nsmap={None: NAMESPACE}, origin="media-framing")
    codes = etree.SubElement(root, "Codes")
    elements: dict[str, etree._Element] = {}
    waiting = list(codebook.themes)
    while waiting:
        later = []
        for theme in waiting:
            above = codes if theme.parent is None else elements.get(theme.parent)
            if above is None:
                later.append(theme)
            else:
                elements[theme.id] = _code(above, theme, codebook, losses)
        waiting = later
    losses.add("", "title", codebook.title, "a REFI-QDA codebook has no title; the file name is used instead")
    return xml_bytes(root)


def _code(above: etree._Element, theme: Theme, codebook: Codebook, losses: Losses) -> etree._Element:
    from lxml import etree

    guid = guid_of(codebook.title, theme.id)
    if theme.examples:
        losses.add(theme.id, "examples", theme.examples[0], "the format has no examples")
    name = xml_text(theme.label, losses, theme=theme.id, what="label")
    codable = "true" if theme.patterns else "false"  # the name of a heading is no pattern
    code = etree.SubElement(above, "Code", guid=guid, name=name, isCodable=codable)
    description = etree.SubElement(code, "Description")
    definition = xml_text(theme.definition, losses, theme=theme.id, what="definition")
    description.text = with_patterns(definition, theme)
    return code


def guid_of(*parts: str) -> str:
    """A guid made from text: the same on every run and machine (RFC 9562, version 5)."""
    return str(uuid.uuid5(_UUIDS, "\n".join(parts))).upper()


def with_patterns(definition: str, theme: Theme) -> str:
    """A definition with the patterns of the theme below it, in the form that `read` expects."""
    import yaml

    told = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in theme.model_dump(include=_KEYS).items()
        if value
    }
    listed = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=10_000)
    return f"{definition}{_FENCE}{listed}"
