"""Encodings of dictionary files."""

import pytest

from analysis.errors import StudyError
from analysis.study.formats import read_codebook
from analysis.study.formats.dictionary import MAX_BYTES


def test_windows_1252_is_read_and_noted(read):
    found = read("book.lc3", "+Straße\ncafé*\n", encoding="cp1252")
    assert [(t.label, t.patterns) for t in found.codebook.themes] == [("Straße", ("café*",))]
    assert found.notes == ("the file is not UTF-8 (line 1); it was read as Windows-1252",)
    latin = """<?xml version="1.0" encoding="ISO-8859-1"?>
        <dictionary><cnode name="é"><pnode name="ü"/></cnode></dictionary>"""
    assert read("book.ykd", latin, encoding="latin-1").codebook.themes[0].patterns == ("ü",)
    assert read("book.lc3", "+Sea\nfish\n", encoding="utf-16").notes == ()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.dic", b"\x00\x01\x02", ["binary"]),
        ("a.dic", b"", ["empty"]),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message


def test_too_large_missing_and_no_file(tmp_path):
    path = tmp_path / "a.dic"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(StudyError, match="maximum is 20,000,000"):
        read_codebook(path)
    with pytest.raises(StudyError, match=r"nowhere\.dic.*No such file"):
        read_codebook(tmp_path / "nowhere.dic")
    with pytest.raises(StudyError, match="not a file"):
        read_codebook(tmp_path)
