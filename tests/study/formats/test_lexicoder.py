"""Lexicoder dictionaries."""

import pytest


def patterns(found):
    return {theme.id: list(theme.patterns) for theme in found.codebook.themes}


def test_lexicoder(read):
    xml = (
        '<dictionary style="Lexicoder" name="agenda"><cnode name="t100"><pnode name=" oil "></pnode></cnode>'
        "</dictionary>"
    )
    found = read("book.lcd", xml)
    assert (found.codebook.title, patterns(found)) == ("agenda", {"t100": ["oil"]})
    found = read("book.lc3", "+Oil and gas\ncrude\ntear gas\n\n+ Sea\nfish*\nfish*\n")
    assert patterns(found) == {"oil_and_gas": ["crude", "tear gas"], "sea": ["fish*"]}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.lc3", "fish\n", ["line 1", "no line starts a category"]),
        ("a.lc3", "+sea\nfish\n+\ngrain\n", ["line 3", "has no name"]),
        ("a.lc3", "+sea\n" + "x" * 20_000, ["line 2", "20,000 characters"]),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message
