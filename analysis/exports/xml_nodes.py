"""XML as nested nodes, written incrementally, so that large files need little memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from analysis.spreadsheet import printable

if TYPE_CHECKING:
    from lxml import etree


@dataclass
class Node:
    """An XML element; its children may be a generator."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: Iterable[Node] = ()
    text: str = ""


def write_xml(
    stream: IO[bytes], namespace: str, root: str, attributes: dict[str, str], children: Iterable[Node]
) -> None:
    """Write an XML document in UTF-8 with a single namespace.

    Characters that XML does not allow are written as U+FFFD.

    Parameters
    ----------
    stream : binary file
    namespace, root : str
        Namespace, and name of the root element.
    attributes : dict of str to str
        Attributes of the root element.
    children : iterable of Node
    """
    from lxml import etree

    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{namespace}}}{root}", _clean(attributes), nsmap={None: namespace}):
            for child in children:
                _write(file, namespace, child)
        file.flush()


def _write(file: etree._IncrementalFileWriter, namespace: str, node: Node) -> None:
    file.write("\n")
    with file.element(f"{{{namespace}}}{node.tag}", _clean(node.attributes)):
        if node.text:
            file.write(printable(node.text))
        for child in node.children:
            _write(file, namespace, child)


def _clean(attributes: dict[str, str]) -> dict[str, Any]:
    return {name: printable(value) for name, value in attributes.items()}
