"""Yoshikoder (.ykd) and Lexicoder 2 (.lcd) dictionaries: XML with categories (`cnode`) and patterns (`pnode`).

A Yoshikoder file has one outer category for the dictionary; a Lexicoder 2 file has none. Spaces around patterns are
removed, since our patterns always match whole words.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import StudyError
from analysis.study.codebook import Codebook
from analysis.study.formats.dictionary import Category, Dictionary, Notes, Term, at_line
from analysis.study.formats.losses import Losses
from analysis.study.formats.terms import Branch, Limits, branches
from analysis.study.formats.xml_files import read_xml, xml_bytes, xml_text

if TYPE_CHECKING:
    from lxml import etree

_NOTHING = re.compile(r"(?!)")
YOSHIKODER = Limits(terms=_NOTHING, definitions=True)
LEXICODER = Limits(terms=_NOTHING, nesting=False)
_PLAIN = re.compile(r"[\w\s'’\-]+")


def read(path: Path, notes: Notes) -> Dictionary:
    """Read either format; StudyError if the file is other XML, or a category has no name."""
    root = read_xml(path, notes)
    if root.tag != "dictionary":
        raise StudyError(
            f"the outermost element is <{root.tag}>, not <dictionary>", path=path, where=at_line(_line(root))
        )
    nodes = [child for child in root if child.tag == "cnode"]
    title = root.get("name", "")
    if len(nodes) == 1 and root.get("style") != "Lexicoder" and not nodes[0].findall("pnode"):
        title = nodes[0].get("name", "") or title
        nodes = nodes[0].findall("cnode") or nodes
    expressions = "regexp" in root.get("patternengine", "").lower()
    categories = [_category(node, path=path, notes=notes, expressions=expressions) for node in nodes]
    return Dictionary(title or path.stem, categories)


def _category(node: etree._Element, *, path: Path, notes: Notes, expressions: bool) -> Category:
    name = node.get("name", "").strip()
    if not name:
        raise StudyError("this category (cnode) has no name", path=path, where=at_line(_line(node)))
    category = Category(name, _line(node), definition=node.get("desc", ""))
    for child in node:
        pattern = child.get("name", "").strip()
        if child.tag == "cnode":
            category.children.append(_category(child, path=path, notes=notes, expressions=expressions))
        elif child.tag != "pnode" or not pattern:
            notes.add("elements without a pattern left out", f"<{child.tag}>", _line(child))
        elif expressions and not _PLAIN.fullmatch(pattern):
            notes.add("regular expressions left out", repr(pattern), _line(child))
        else:
            category.terms.append(Term(pattern, _line(child)))
        if child.get("score"):
            notes.add("scores ignored", f"{child.get('score')} of {pattern!r}", _line(child))
    return category


def _line(element: etree._Element) -> int | None:
    line = element.sourceline
    return int(line) if line else None


def write_yoshikoder(codebook: Codebook, losses: Losses) -> bytes:
    """Write a codebook as a Yoshikoder dictionary, with definitions as descriptions."""
    from lxml import etree

    root = etree.Element("dictionary", style="050805", patternengine="substring")
    top = etree.SubElement(root, "cnode", name=xml_text(codebook.title, losses, what="title"), desc="")
    for branch in branches(codebook, YOSHIKODER, losses):
        _add(top, branch, losses)
    return xml_bytes(root)


def _add(parent: etree._Element, branch: Branch, losses: Losses) -> None:
    from lxml import etree

    node = etree.SubElement(parent, "cnode", name=branch.theme.id)
    definition = xml_text(branch.theme.definition, losses, theme=branch.theme.id, what="definition")
    node.set("desc", " ".join(definition.split()))
    for term in branch.terms:
        etree.SubElement(node, "pnode", name=term)
    for child in branch.below:
        _add(node, child, losses)


def write_lexicoder(codebook: Codebook, losses: Losses) -> bytes:
    """Write a codebook as a Lexicoder 2 dictionary, which has no subcategories."""
    from lxml import etree

    title = xml_text(codebook.title, losses, what="title")
    root = etree.Element("dictionary", style="Lexicoder", name=title)
    for tree in branches(codebook, LEXICODER, losses):
        for _, branch in tree.walk():
            if branch.terms:
                node = etree.SubElement(root, "cnode", name=branch.theme.id)
                for term in branch.terms:
                    etree.SubElement(node, "pnode", name=term)
    return xml_bytes(root)
