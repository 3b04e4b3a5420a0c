"""UIMA CAS: texts with the metadata of DKPro, packed projects, and files that are damaged."""

import io
import zipfile

import pytest

from analysis.ingest import read
from analysis.ingest.records import UnreadableFile
from benchmarks.made_corpora import ANNOTATED, cas_json, cas_xmi, inception_project
from benchmarks.made_exports import made_articles

MADE = made_articles(3)
cassis = pytest.importorskip("cassis", reason="needs the extra `corpora`")


@pytest.mark.parametrize("name", ["uima.xmi", "uima.json", "download"])
def test_text_title_and_id_are_read(tmp_path, name):
    path = tmp_path / name
    path.write_bytes((cas_json if name == "uima.json" else cas_xmi)(MADE))
    reading = read(path)
    (row,) = reading.articles.to_dict("records")
    assert (row["article_id"], row["title"]) == ("cas-1", MADE[0].title)
    assert row["text"] == "\n\n".join(MADE[0].paragraphs)
    assert set(reading.formats.values()) == {"UIMA CAS"} and "not its annotations" in reading.notes[0]


def test_documents_of_a_project_are_read_once_each(tmp_path):
    (tmp_path / "a.zip").write_bytes(inception_project(MADE))
    reading = read(tmp_path / "a.zip")
    assert reading.articles["article_id"].tolist() == ["1.txt", "2.txt", "3.txt"]
    assert reading.articles["text"].tolist() == ["\n\n".join(made.paragraphs) for made in MADE]
    assert reading.rejects.empty


def test_types_beside_a_file_are_used_and_are_no_article(tmp_path):
    (tmp_path / "a.xmi").write_bytes(cas_xmi(MADE).replace(b"isLastSegment", b"ownField"))
    read(tmp_path / "a.xmi")  # without its types the text is read, and not the metadata
    (tmp_path / "TypeSystem.xml").write_text(cassis.TypeSystem().to_xml())
    reading = read(tmp_path)
    assert len(reading.articles) == 1 and reading.rejects.empty


@pytest.mark.parametrize("name", ["uima.xmi", "uima.json"])
def test_damaged_and_empty_files_are_refused(tmp_path, name):
    whole = ANNOTATED[name][0](MADE)
    without = whole.replace(b"sofaString", b"sofaNothing")
    for content in (whole[: len(whole) * 3 // 4], without):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableFile, match=r"no text|not a CAS"):
            read(tmp_path / name)


def test_a_document_that_cannot_be_read_is_refused_alone(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("exportedproject.json", "{}")
        package.writestr("source/a.txt", "The ships wait.")
        package.writestr("source/b.pdf", b"%PDF-1.4")
        package.writestr("annotation/c.txt/INITIAL_CAS.xmi", "<XMI>")
    reading = read(tmp_path / "a.zip")
    assert reading.articles["article_id"].tolist() == ["a.txt"]
    assert reading.rejects[["row", "reason"]].to_numpy().tolist() == [
        ["b.pdf", "format"],
        ["c.txt", "unreadable"],
    ]


def test_packages_within_packages_are_limited(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.ingest.readers.uima.unpacked_limit", lambda size: 200_000)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.xmi", cas_xmi(MADE).replace(b'sofaString="', b'sofaString="' + b"word " * 10_000))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("exportedproject.json", "{}")
        for number in range(8):
            package.writestr(f"annotation/{number}.txt/INITIAL_CAS.zip", inner.getvalue())
    with pytest.raises(UnreadableFile, match="200,000 bytes"):
        read(tmp_path / "a.zip")
