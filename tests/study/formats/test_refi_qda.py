"""REFI-QDA codebooks."""

import pytest

QDC = "<CodeBook><Codes>\n<Code name='a'><Description>d\n---\n{}\n</Description></Code></Codes></CodeBook>"


def patterns(found):
    return {theme.id: list(theme.patterns) for theme in found.codebook.themes}


def test_refi_qda_of_another_program(read):
    found = read(
        "book.qdc",
        """
        <?xml version="1.0" encoding="utf-8"?>
        <CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="SomeProgram 1">
          <Codes>
            <Code guid="{0d62985d-b147-5d01-a9b5-cae5dcd98342}" name="Nodes" isCodable="false">
              <Code guid="x" name="Sea (all)" isCodable="true" color="#0F0">
                <Description>What swims
        ---
        patterns: [fish, no]
        </Description>
                <Code guid="DFE5C38E-9449-5959-A1F7-E3D895CFA87F" name="Trade?" isCodable="true"/>
              </Code>
            </Code>
          </Codes>
          <Sets><Set guid="725F0645-9CD3-598A-8D2B-EC3D39AB3C3F" name="s"/></Sets>
        </CodeBook>
        """,
    )
    assert patterns(found) == {"sea_all": ["fish", "no"], "trade": ["Trade"]}
    assert found.codebook["sea_all"].definition == "What swims"
    assert found.codebook["trade"].parent == "sea_all"
    assert any("urn:QDA-XML:codebook:1:0" in note for note in found.notes)
    assert any("without a valid guid: 'Sea (all)'" in note for note in found.notes)
    assert any("searched by their name: 'Trade?'" in note for note in found.notes)
    assert any("sets of codes left out" in note for note in found.notes)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.qdc", "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'>\n<Codes/></CodeBook>", ["line 2", "no codes"]),
        ("a.qdc", "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'/>", ["expected one element <Codes>, found 0"]),
        ("a.qdc", "<Project/>", ["<Project>"]),
        ("a.qdc", "<CodeBook><Codes>\n<Code/></Codes></CodeBook>", ["line 2", "has no name"]),
        (
            "a.qdc",
            QDC.format("patterns: [(a]"),
            ["line 2", "(a"],
        ),
        (
            "a.qdc",
            QDC.format("patterns: {a: b}"),
            ["line 2", "not a list of patterns"],
        ),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message
