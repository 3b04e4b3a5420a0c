"""Small files that unpack to large ones are refused before they fill the memory."""

import gzip
import re
import subprocess
import sys
import zipfile

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from analysis.ingest import limits, read
from analysis.ingest.limits import unpacked_limit

ALLOWED = 1_000_000  # bytes, in these tests: a twentieth of what any file may unpack to
LARGE = ALLOWED + 50_000
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed_text(path):
    path.write_bytes(gzip.compress(b"a " * (LARGE // 2), 1))


def packed_json(path):
    path.write_bytes(gzip.compress(b'{"text": "' + b"a " * (LARGE // 2) + b'"}', 1))


def tiny_records(path):
    path.write_bytes(gzip.compress(b'{"text":"a"}\n' * (ALLOWED // 13), 1))


def tiny_values(path, size=ALLOWED):
    path.write_bytes(gzip.compress(b"[" + b"{}," * (size // 3 - 2) + b"{}]", 1))


def tiny_rows(path):
    path.write_bytes(gzip.compress(b"text,id\n" + b"a,b\n" * (ALLOWED // 4 - 2), 1))


def workbook(path):
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * LARGE)


def shared_text(path):
    """A workbook in which many cells share a long text, which the file has once."""
    cells = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in [0, *[1] * 3_000])
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{types}.sharedStrings+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}"><si><t>text</t></si><si><t>{"a b " * 20_000}</t></si></sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def relations(*targets):
    entries = (
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{"".join(entries)}</Relationships>'


def word_document(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * LARGE)


def empty_paragraphs(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        body = b"<w:p/>" * (ALLOWED // 7)
        archive.writestr("word/document.xml", b'<w:document xmlns:w="%s"><w:body>%s' % (WORD, body))


def long_texts(path):
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a b " * 3_000] * 100}), path)


def many_rows(path):
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a b"] * 4_000}), path)


def lists_of_texts(path):
    pyarrow.parquet.write_table(pyarrow.table({"text": [["a b " * 500] * 300] * 5}), path)


def long_lists(path):
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a b"] * 10, "tags": [["a"] * 10_000] * 10}), path)


def many_elements(path):
    path.write_bytes(gzip.compress(b"<TEI><text>" + b"<p/>" * (ALLOWED // 5) + b"</text></TEI>", 1))


def many_pages(path):
    record = b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    path.write_bytes(gzip.compress(record * 5_000, 1))


def large_pages(path):
    start = (
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: image/gif\r\nContent-Length: %d\r\n\r\n" % LARGE
    )
    path.write_bytes(gzip.compress(start + bytes(LARGE) + b"\r\n\r\n", 1))


MADE = {
    "a.txt.gz": packed_text,
    "a.jsonl.gz": packed_json,
    "b.jsonl.gz": tiny_records,
    "a.json.gz": tiny_values,
    "a.csv.gz": tiny_rows,
    "a.xlsx": workbook,
    "b.xlsx": shared_text,
    "a.docx": word_document,
    "b.docx": empty_paragraphs,
    "a.parquet": long_texts,
    "b.parquet": many_rows,
    "c.parquet": lists_of_texts,
    "d.parquet": long_lists,
    "a.xml.gz": many_elements,
    "a.warc.gz": many_pages,
    "b.warc.gz": large_pages,
}


@pytest.mark.parametrize("name", MADE)
def test_a_small_file_that_unpacks_to_a_large_one_is_refused_alone(name, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "_ALWAYS_ALLOWED", ALLOWED)
    MADE[name](tmp_path / name)
    (tmp_path / "good.txt").write_text("The text.", "utf-8")
    reading = read(tmp_path)
    assert reading.articles["article_id"].tolist() == ["good"]
    assert reading.rejects["reason"].tolist() == ["too_large"]
    assert re.search(r"[\d,]+ (?:bytes|records|values|cells|paragraphs|XML tags), the maximum for its size",
                     reading.rejects["detail"][0])  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read as Linux gives it")
def test_millions_of_empty_records_fill_no_memory(tmp_path):
    """Read in a process of its own, with the limits as they are: they took 2.5 GB before."""
    tiny_values(tmp_path / "a.json.gz", 19_000_000)
    (tmp_path / "good.txt").write_text("The text.", "utf-8")
    peak = 'next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]'
    code = (
        f"import sys; from analysis.ingest import read; n = len(read(sys.argv[1]).rejects); print(n, {peak})"
    )
    made = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    n_rejects, kilobytes = map(int, made.stdout.split())
    assert (n_rejects, kilobytes < 500_000) == (1, True)


def test_a_feed_of_many_entries_is_refused(tmp_path):
    (tmp_path / "a.xml").write_bytes(b'<rss version="2.0"><channel>' + b"<item/>" * 300_001)
    (tmp_path / "good.txt").write_text("The text.", "utf-8")
    assert "the maximum is 300,000" in read(tmp_path).rejects["detail"][0]


def test_a_page_of_one_long_paragraph_is_refused_as_too_long(tmp_path):
    page = f"<html><body><p>{'word ' * 400_100}</p></body></html>"
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert read(tmp_path / "a.html").rejects["reason"].tolist() == ["too_long"]


def test_large_exports_may_unpack_as_exports_do():
    assert unpacked_limit(100_000_000) >= 1_000_000_000
