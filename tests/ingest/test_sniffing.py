"""What kind of file it is, whatever its name says."""

import gzip

import pytest

from analysis.ingest.sniffing import look
from benchmarks.made_exports import (
    factiva_xml,
    integrum_xlsx,
    made_articles,
    nexis_rtf,
    proquest_mail,
    word_docx,
)

MADE = made_articles(1)
KINDS = {
    ".docx": word_docx(["One."]),
    ".xlsx": integrum_xlsx(MADE),
    ".rtf": nexis_rtf(MADE),
    ".html": b"\xef\xbb\xbf\n<!-- saved --><html><body><p>One.</p>",
    ".xml": factiva_xml(MADE),
    ".eml": proquest_mail(MADE),
    ".txt": b"One: two.\nThree.",
    "": bytes(range(256)) * 9,
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds(tmp_path, kind):
    path = tmp_path / "download.bin"
    path.write_bytes(KINDS[kind])
    assert look(path).kind == kind


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", KINDS[".docx"][:200], b"PK\x03\x04" + bytes(90)])
def test_a_damaged_archive_has_no_kind(tmp_path, data):
    (tmp_path / "a.docx").write_bytes(data)
    assert look(tmp_path / "a.docx").kind in ("", ".txt")
    assert look(tmp_path / "missing.docx").kind == ""


def test_a_compressed_text_is_looked_into(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress("Grüße.".encode()))
    assert look(tmp_path / "a.txt.gz").head == "Grüße."
