"""XML written node by node."""

import io

from lxml import etree

from analysis.exports.xml_nodes import Node, write_xml


def test_text_is_escaped_and_forbidden_characters_replaced():
    stream = io.BytesIO()
    write_xml(
        stream,
        "urn:x",
        "Root",
        {"a": "<1>"},
        (Node("Item", {"n": str(n)}, text="a & \x00") for n in range(2)),
    )
    root = etree.fromstring(stream.getvalue())
    assert root.tag == "{urn:x}Root" and root.get("a") == "<1>"
    assert [(item.get("n"), item.text) for item in root] == [("0", "a & \ufffd"), ("1", "a & \ufffd")]
