"""REFI-QDA codebooks (.qdc), which MAXQDA, ATLAS.ti, NVivo, QualCoder and Taguette exchange.

Such a codebook holds codes and descriptions, but no words to look for. Patterns are written into the description,
below a line of three hyphens, as YAML; a person can read and edit them in any of these programs. A code without that
is looked for by its name, which is noted: give it patterns before you trust the counts.
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
_UUIDS = uuid.UUID(
    "6f0d6a0c-5a55-5f7e-9d3c-8a1a54b7a9c1"
)  # our own name space: the same theme, the same guid
_SPECIAL = re.compile(r"[(){}|\"=~?*]")


def read(path: Path, notes: Notes) -> Dictionary:
    """Read a REFI-QDA codebook; StudyError where it breaks a rule of the schema that cannot be mended."""
    root = read_xml(path, notes)
    check(root, path, notes)
    codes = [element for element in root if _local(element) == "Codes"]
    if any(_local(element) == "Sets" for element in root):
        notes.say("sets of codes left out; a codebook here has no sets")
    categories = [_category(code, path, notes) for code in codes[0]]
    wrappers = [c for c, code in zip(categories, codes[0], strict=True) if _is_wrapper(code)]
    if len(categories) == len(wrappers) == 1:  # NVivo puts everything below a code called Nodes or Codes
        categories = wrappers[0].children
    return Dictionary(root.get("name") or path.stem, categories, own_language=True)


def _is_wrapper(code: etree._Element) -> bool:
    return code.get("isCodable") in ("false", "0") and code.get("name") in ("Nodes", "Codes")


def _category(code: etree._Element, path: Path, notes: Notes) -> Category:
    name = code.get("name", "")
    line = code.sourceline
    category = Category(name, line)
    told: dict[str, Any] = {}
    for child in code:
        if _local(child) == "Code":
            category.children.append(_category(child, path, notes))
        elif _local(child) == "Description":
            category.definition, told = _description(child.text or "", path, line)
    for key in ("id", "group", "include", "exclude"):
        setattr(category, key, told.get(key, ""))
    category.terms = [Term(pattern, line) for pattern in told.get("patterns", ())]
    category.exceptions = [Term(pattern, line) for pattern in told.get("exceptions", ())]
    if not category.terms and code.get("isCodable") in ("true", "1", None):
        literal = " ".join(_SPECIAL.sub(" ", name).split())
        if any(character.isalnum() for character in literal):
            category.terms = [Term(literal, line)]
            notes.add("codes without patterns, looked for by their name", repr(name), line)
    return category


def _description(text: str, path: Path, line: int | None) -> tuple[str, dict[str, Any]]:
    """The definition, and what stands below the line of hyphens."""
    import yaml

    text = text.replace("\r\n", "\n")
    definition, fence, rest = f"\n{text}".rpartition(_FENCE)
    if not fence:
        return text, {}
    try:
        told = yaml.load(rest, Loader=yaml.BaseLoader)  # noqa: S506  safer than safe_load: builds nothing but text
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{mark.line + 1} lines below its hyphens" if mark else "below its hyphens"
        raise StudyError(
            f"the patterns in this description cannot be read, {where}", path=path, where=at_line(line)
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
    """A codebook as REFI-QDA: the same themes have the same guids on every run."""
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
    losses.add(
        "", "title", codebook.title, "a REFI-QDA codebook holds none; the name of the file takes its place"
    )
    return xml_bytes(root)


def _code(above: etree._Element, theme: Theme, codebook: Codebook, losses: Losses) -> etree._Element:
    from lxml import etree

    guid = guid_of(codebook.title, theme.id)
    name = xml_text(theme.label, losses, theme=theme.id, what="label")
    codable = "true" if theme.patterns else "false"  # a mere heading is not looked for by its name
    code = etree.SubElement(above, "Code", guid=guid, name=name, isCodable=codable)
    description = etree.SubElement(code, "Description")
    definition = xml_text(theme.definition, losses, theme=theme.id, what="definition")
    description.text = with_patterns(definition, theme)
    return code


def guid_of(*parts: str) -> str:
    """The guid of something named by its parts: the same on every run and every machine (RFC 9562, version 5)."""
    return str(uuid.uuid5(_UUIDS, "\n".join(parts))).upper()


def with_patterns(definition: str, theme: Theme) -> str:
    """A definition with the theme's patterns below it, as `read` takes them off again."""
    import yaml

    told = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in theme.model_dump(include=_KEYS).items()
        if value
    }
    listed = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=10_000)
    return f"{definition}{_FENCE}{listed}"
