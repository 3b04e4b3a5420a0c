"""Violations of the REFI-QDA schema: harmless ones are noted, others are errors."""

import pytest
from lxml import etree

from analysis.errors import StudyError
from analysis.study.formats.dictionary import Notes
from analysis.study.formats.qdc_rules import NAMESPACE, check

GUID = "725F0645-9CD3-598A-8D2B-EC3D39AB3C3F"


def notes_on(codes):
    root = etree.fromstring(f"<CodeBook xmlns='{NAMESPACE}'><Codes>{codes}</Codes></CodeBook>")
    notes = Notes()
    check(root, "book.qdc", notes)
    return notes.lines()


def test_a_valid_codebook_has_no_notes():
    code = (
        f"<Code guid='{GUID}' name='a' isCodable='true' color='#00FF00'><Description>d</Description></Code>"
    )
    assert notes_on(code) == ()


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("<Code guid='x' name='a' isCodable='true'/>", "without a valid guid: 'a' (line 1)"),
        (f"<Code guid='{GUID}' name='a'/>", "without isCodable, treated as codable: 'a'"),
        (f"<Code guid='{GUID}' name='a' isCodable='true' color='red'/>", "with an invalid colour: 'a'"),
        (f"<Code guid='{GUID}' name='a' isCodable='true'/>" * 2, "with a duplicate guid: 'a'"),
        (f"<Code guid='{GUID}' name='a' isCodable='true' x='1'/>", "unknown attributes ignored: x"),
        (f"<Code guid='{GUID}' name='a' isCodable='true'/><Note/>", "unknown elements ignored: <Note>"),
    ],
)
def test_harmless_violations_are_noted(code, note):
    (line,) = notes_on(code)
    assert note in line


def test_a_code_without_a_name_is_an_error():
    with pytest.raises(StudyError, match="line 1: this code has no name"):
        notes_on(f"<Code guid='{GUID}' isCodable='true'/>")
