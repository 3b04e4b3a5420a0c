"""What kind of file it is, whatever its name says."""

import gzip
import time

import pytest

from analysis.ingest.sniffing import look, root_element
from benchmarks.made_exports import (
    factiva_xml,
    integrum_xlsx,
    made_articles,
    mail_box,
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
    ".mbox": mail_box(MADE),
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


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Title: Talks\nAuthor: Ada\nDate: 2 May\n\nText.", ".txt"),
        ("From: a@x.example\nSubject: Talks\nDate: 2 May\n\nText.", ".eml"),
        ("   \nDelivered-To: a@x.example\nX-Spam: no\n more of it\nDate: 2 May\n\nText.", ".eml"),
    ],
)
def test_lines_of_names_and_values_are_not_always_a_mail(tmp_path, head, kind):
    (tmp_path / "a.txt").write_text(head)
    assert look(tmp_path / "a.txt").kind == kind


def test_a_file_that_changed_is_looked_into_again(tmp_path):
    path = tmp_path / "a.bin"
    for kind in (".rtf", ".html", ".rtf"):
        path.write_bytes(KINDS[kind])
        assert look(path).kind == kind


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('\ufeff<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]><!-- d --><e:feed>', "feed"),
        ("<nitf><p>", "nitf"),
        ("text <nitf>", ""),
        ("", ""),
    ],
)
def test_the_root_element_is_found(head, expected):
    assert root_element(head) == expected


@pytest.mark.parametrize("part", ["<!-- a -->", "<?a?>", "<!DOCTYPE a>"])
def test_a_long_prologue_takes_no_time(tmp_path, part):
    (tmp_path / "a.xml").write_text(part * 20_000)
    start = time.process_time()
    assert root_element(look(tmp_path / "a.xml").head) == ""
    assert time.process_time() - start < 1
