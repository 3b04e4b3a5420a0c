"""Coding in REFI-QDA projects is read back on its words, however a program counts."""

import zipfile
from dataclasses import replace

import pytest

import analysis
from analysis.coding.qda import read_qda_coding
from analysis.errors import ReadError

TEXT = "Talks 🚂🚂 begin.\r\n\r\n“Trade first,” said Ann.\r\nThe \U0001d518nion of traders agreed."
WORDS = ("Trade first", "Ann", "traders agreed")
PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="{origin}">
<Users><User guid="U1" name="ann"/></Users>
<CodeBook><Codes><Code guid="C0" name="Voices"><Code guid="C1" name="Quote"/></Code></Codes></CodeBook>
<Sources><TextSource guid="S1" name="one" {address}>{inline}{selections}</TextSource></Sources>
</Project>"""


@pytest.fixture(scope="module")
def tables(bundled):
    return replace(bundled.select([]), articles=bundled.articles.iloc[:1].assign(article_id="a", text=TEXT))


def project(path, text, count, *, named=True, address='plainTextPath="internal://S1.txt"', inclusive=0):
    """A project in which positions are counted by `count`, given the text before them."""
    selections = []
    for words in WORDS:
        start, end = (count(text[: text.index(words) + length]) for length in (0, len(words)))
        name = f'name="{words}"' if named else ""
        selections.append(
            f'<PlainTextSelection guid="P{start}" {name} startPosition="{start}" endPosition="{end - inclusive}">'
            f'<Description>seen</Description><Coding guid="K{start}" creatingUser="U1">'
            '<CodeRef targetGUID="c1"/></Coding>'
            "</PlainTextSelection>"
        )
    with zipfile.ZipFile(path, "w") as archive:
        filled = PROJECT.format(origin="any", address=address, inline="", selections="".join(selections))
        archive.writestr("project.qde" if named else "study.qde", filled)  # as some programs call it
        archive.writestr("Sources/S1.txt", text.encode("utf-8"))
    return path


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


COUNTS = {
    "the standard": (TEXT, len),
    "line feeds only": (TEXT.replace("\r\n", "\n"), len),
    "line breaks as one": (TEXT, lambda text: len(text.replace("\r\n", "\n"))),
    "UTF-16 units": (TEXT, utf16),
    "UTF-16 units, line breaks as one": (TEXT, lambda text: utf16(text.replace("\r\n", "\n"))),
    "a byte order mark not counted": (f"\ufeff{TEXT}", lambda text: len(text) - 1),
    "a byte order mark counted": (f"\ufeff{TEXT}", len),
    "spaces added at line ends": (TEXT.replace("\r\n", " \n"), len),
}


@pytest.mark.parametrize("how", COUNTS)
@pytest.mark.parametrize("named", [True, False])
def test_segments_stand_on_their_words(how, named, tables, tmp_path):
    text, count = COUNTS[how]
    coding = read_qda_coding(project(tmp_path / "p.qdpx", text, count, named=named), tables)
    assert coding.segments["text"].tolist() == list(WORDS)
    row = coding.segments.iloc[0]
    assert TEXT[row["start"] : row["end"]] == "Trade first"
    assert row[["article_id", "code", "path", "coder", "memo"]].tolist() == [
        "a", "Quote", "Voices > Quote", "ann", "seen"
    ]  # fmt: skip


# QualCoder writes: src/qualcoder/refi.py (RefiExport: project_xml, codebook_xml, sources_xml, text_selection_xml,
# export_project) of github.com/ccbogel/QualCoder at 06db5fabd264bff558245c9596a054e279d7a668. Positions are those of
# its own text, which has line feeds only. The text file begins with a byte order mark and is opened in text mode, so
# that Windows writes \r\n for \n; the choice for MAXQDA replaces \n by \r\n first. The name of a selection is its
# text. Earlier versions wrote a byte order mark before the XML declaration and called the folder "Sources".
QUALCODER = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
name="study.qda" origin="QualCoder 3.8" creatingUserGUID="G0" creationDateTime="2026-01-05T09:00:00Z" \
xmlns="urn:QDA-XML:project:1.0">
<Users>
<User guid="U1" name="ann" />
</Users>
<CodeBook>
<Codes>
<Code guid="C0" name="Voices" isCodable="false">
<Code guid="C1" name="Quote" isCodable="true" color="#F781F3" />
</Code>
</Codes>
</CodeBook>
<Sources>
<TextSource plainTextPath="internal://P1.txt" creatingUser="U1" creationDateTime="2026-01-05T09:00:00Z" guid="S1" \
name="one.txt">
{selections}<NoteRef targetGUID="N1" />
</TextSource>
</Sources>
<Notes>
<Note guid="N1" creatingUser="U1" creationDateTime="2026-01-05T09:00:00Z" >
<PlainTextContent>An annotation</PlainTextContent>
<PlainTextSelection guid="A1" startPosition="0" endPosition="5" />
</Note>
</Notes>
<Description></Description>
</Project>"""
ACROSS = "Trade first,” said Ann.\nThe"  # over a line break, which an XML attribute has as a space


@pytest.mark.parametrize(
    "line_break", ["\n", "\r\n", "\r\r\n"], ids=["Linux", "Windows", "for MAXQDA on Windows"]
)
@pytest.mark.parametrize("earlier", [False, True])
def test_coding_by_qualcoder(line_break, earlier, tables, tmp_path):
    fulltext = TEXT.replace("\r\n", "\n")
    selections = "".join(
        f'<PlainTextSelection guid="P{n}" startPosition="{fulltext.index(words)}" '
        f'endPosition="{fulltext.index(words) + len(words)}" name="{words}" creatingUser="U1" '
        f'creationDateTime="2026-01-05T09:00:00Z">\n<Coding guid="K{n}" creatingUser="U1" >\n'
        '<CodeRef targetGUID="C1" />\n</Coding>\n</PlainTextSelection>\n'
        for n, words in enumerate((*WORDS, ACROSS))
    )
    with zipfile.ZipFile(tmp_path / "study.qdpx", "w") as archive:
        qde = QUALCODER.format(selections=selections)
        archive.writestr("project.qde", qde.encode("utf-8-sig" if earlier else "utf-8"))
        source = fulltext.replace("\n", line_break).encode("utf-8-sig")
        archive.writestr(f"{'Sources' if earlier else 'sources'}/P1.txt", source)
    segments = read_qda_coding(tmp_path / "study.qdpx", tables).segments
    assert sorted(segments["text"]) == sorted([*WORDS, ACROSS.replace("\n", "\r\n")])
    assert set(segments["path"]) == {"Voices > Quote"} and set(segments["coder"]) == {"ann"}


def test_an_inclusive_end_is_recognised_by_the_names(tables, tmp_path):
    coding = read_qda_coding(project(tmp_path / "p.qdpx", TEXT, len, inclusive=1), tables)
    assert coding.segments["text"].tolist() == list(WORDS)
    assert coding.notes == ("document 'one': the last position is part of the segment",)


def test_what_we_export_is_read_back(bundled, tmp_path):
    few = bundled.select(bundled.articles["article_id"].iloc[:3])
    path = analysis.export(few, tmp_path / "p.qdpx", to="qdpx").files[0]
    coding = read_qda_coding(path, few)
    labels = bundled.study.theme_labels
    themes = few.themes.assign(code=few.themes["theme"].map(labels))
    hits = coding.segments.merge(themes, on=["article_id", "start", "end", "code"], suffixes=("", "_hit"))
    assert len(hits) == len(themes) and (hits["text"] == hits["text_hit"]).all()
    assert coding.notes == ()
    matrix = coding.matrix()
    assert set(matrix.to_numpy().ravel()) == {0, 1} and len(matrix) == 3


def test_texts_elsewhere_and_unknown_documents_are_told(tables, tmp_path):
    outside = project(tmp_path / "p.qdpx", TEXT, len, address='plainTextPath="absolute:///etc/passwd"')
    assert "outside the project" in read_qda_coding(outside, tables).notes[0]
    other = read_qda_coding(project(tmp_path / "q.qdpx", f"Other. {TEXT}", len), tables)
    assert other.segments.empty and "no article of these tables; 3 segments" in other.notes[0]


def test_other_files_are_refused(tables, tmp_path):
    (tmp_path / "p.qdpx").write_text("no archive", encoding="utf-8")
    with pytest.raises(ReadError, match="no REFI-QDA project"):
        read_qda_coding(tmp_path / "p.qdpx", tables)
    with zipfile.ZipFile(tmp_path / "q.qdpx", "w") as archive:
        archive.writestr("project.qde", '<!DOCTYPE p [<!ENTITY e "x">]><Project/>')
    with pytest.raises(ReadError, match="for safety"):
        read_qda_coding(tmp_path / "q.qdpx", tables)
