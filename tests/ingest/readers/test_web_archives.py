"""Web archives: pages once and the newest, other records counted, damage reported; real archives where at hand."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from analysis.ingest import read
from analysis.ingest.readers.web_archives import read_archive
from analysis.ingest.records import Note, Record, Refusal, UnreadableFile

REAL = Path(__file__).parents[4] / "shared" / "data" / "formats"
URL = "https://gazette.example/envoys"
HTML = """<html lang="en"><head>{meta}<title>{title}</title></head><body><article><h1>{title}</h1>
<p>The envoys of both countries met in the port on Wednesday and spoke for three hours about the {title}.</p>
<p>“We won’t sign before the winter,” one of them said, and added that the price of grain was still open.</p>
</article></body></html>"""


def page(title="railway", meta=""):
    return HTML.format(title=title, meta=meta).encode()


def record(
    writer, body, *, url=URL, status="200 OK", kind="text/html", date="2022-06-29T10:00:00Z", **headers
):
    http = StatusAndHeaders(status, [("Content-Type", kind), *headers.items()], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http,
            warc_headers_dict={"WARC-Date": date},
        )
    )  # fmt: skip


def archive(path, *records, packed=True):
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=packed)
        for body, settings in records:
            record(writer, body, **settings)
    return path


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_a_page_becomes_an_article(tmp_path, name, packed):
    row = read(archive(tmp_path / name, (page(), {}), packed=packed)).articles.iloc[0]
    assert (row.title, row.url, row.outlet) == ("railway", URL, "gazette.example")
    assert row.text.startswith("The envoys") and row.text.endswith("still open.")


def test_a_page_of_too_many_tags_is_refused_alone(tmp_path):
    pages = [(page(), {}), (b"<html><body>" + b"<p>" * 30_000, {"url": f"{URL}/2"})]
    found = read(archive(tmp_path / "a.warc", *pages))
    assert (len(found.articles), found.rejects["reason"].tolist()) == (1, ["too_long"])


def test_the_bytes_of_a_file_that_is_no_archive_are_not_shown(tmp_path):
    (tmp_path / "a.warc").write_bytes(bytes(range(128, 256)) * 9)
    with pytest.raises(UnreadableFile) as caught:
        list(read_archive(tmp_path / "a.warc"))
    assert "no record of a web archive" in str(caught.value) and str(caught.value).isascii()


def test_an_archive_that_was_compressed_as_a_whole_is_read(tmp_path):
    plain = archive(tmp_path / "a.warc", (page(), {}), packed=False).read_bytes()
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(plain))
    assert len(read(tmp_path / "b.warc.gz").articles) == 1


def test_an_arc_file_is_read(tmp_path):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page()
    about = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
    (tmp_path / "a.arc").write_bytes(
        b"filedesc://a.arc 0.0.0.0 20220629100000 text/plain %d\n%s\n" % (len(about), about)
        + b"%s 192.0.2.1 20220629100000 text/html %d\n%s\n" % (URL.encode(), len(answer), answer)
    )
    assert list(read(tmp_path / "a.arc").articles["url"]) == [URL]


def test_of_several_copies_of_a_page_the_newest_is_read(tmp_path):
    found = archive(
        tmp_path / "a.warc.gz",
        (page("old"), {"date": "2022-06-01T00:00:00Z"}),
        (page("new"), {"date": "2022-06-03T00:00:00Z"}),
        (page("between"), {"date": "2022-06-02T00:00:00Z", "url": f"{URL}#part"}),
    )
    article, note = read_archive(found)
    assert article.fields["title"] == "new" and "older copies of a page 2" in note.text


def test_what_is_no_page_is_counted(tmp_path):
    found = archive(
        tmp_path / "a.warc.gz",
        (page(), {}),
        (b"GIF89a", {"url": "https://gazette.example/x.gif", "kind": "image/gif"}),
        (page(), {"url": "https://gazette.example/gone", "status": "404 Not Found"}),
    )
    *articles, note = read_archive(found)
    assert len(articles) == 1
    assert note == Note("not read as articles: answers with status 404 1, files of the type image/gif 1")


def test_pages_are_decoded_as_the_server_says_and_unpacked(tmp_path):
    russian = page("Послы").decode().replace("<p>", "<p>Послы обеих стран встретились в порту. ")
    archive(
        tmp_path / "a.warc.gz",
        (russian.encode("cp1251", "replace"), {"kind": "text/html; charset=windows-1251"}),
        (gzip.compress(page("grain")), {"url": f"{URL}/2", "Content-Encoding": "gzip"}),
    )
    first, second = read_archive(tmp_path / "a.warc.gz")
    assert first.fields["text"].startswith("Послы обеих стран") and second.fields["title"] == "grain"


def test_damage_loses_no_page_before_it_and_is_reported(tmp_path):
    whole = archive(tmp_path / "a.warc.gz", (page(), {}), (page("grain"), {"url": f"{URL}/2"})).read_bytes()
    (tmp_path / "a.warc.gz").write_bytes(whole[: len(whole) - 60])
    article, cut_off, damaged = read_archive(tmp_path / "a.warc.gz")
    assert article.fields["title"] == "railway"
    assert cut_off == Refusal(
        f"{URL}/2", "unreadable", "the page is cut off; get a complete copy of the archive"
    )
    assert "damaged after record 2" in damaged.detail


def test_pages_that_quote_an_export_do_not_make_the_archive_one(tmp_path):
    quoted = page().replace(
        b"</article>", b"<pre>\n1 of 2 DOCUMENTS\n\nLOAD-DATE: June 29, 2022\n</pre></article>"
    )
    found = archive(tmp_path / "a.warc", (quoted, {}), (page("grain"), {"url": f"{URL}/2"}), packed=False)
    renamed = found.rename(tmp_path / "download")
    assert set(read(renamed).formats.values()) == {"web archive"} and "grain" in set(
        read(renamed).articles["title"]
    )


@pytest.mark.parametrize("content", [b"no archive", b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00"])
def test_what_is_no_archive_is_refused(tmp_path, content):
    (tmp_path / "a.warc.gz").write_bytes(content)
    with pytest.raises(UnreadableFile):
        list(read_archive(tmp_path / "a.warc.gz"))


def test_damaged_headers_give_no_traceback(tmp_path):
    whole = archive(tmp_path / "a.warc", (page(), {}), (page("grain"), {"url": f"{URL}/2"}), packed=False)
    data = whole.read_bytes()
    at = data.rindex(b"WARC-Target-URI")
    whole.write_bytes(data[:at] + b"X" + data[at + 1 :])
    article, damaged = read_archive(whole)
    assert article.fields["title"] == "railway" and damaged.reason == "unreadable"


def test_a_page_without_an_article_is_refused_by_its_address(tmp_path):
    (refused,) = read_archive(archive(tmp_path / "a.warc.gz", (b"<html><body></body></html>", {})))
    assert (refused.row, refused.reason) == (URL, "no_text")


def test_of_a_wacz_package_the_listed_pages_are_read(tmp_path):
    inner = archive(
        tmp_path / "a.warc.gz", (page(), {}), (page("advertisement"), {"url": "https://ads.example/frame"})
    )
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as package:
        package.write(inner, "archive/a.warc.gz")
        package.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n' + json.dumps({"url": URL}))
    article, note = read_archive(tmp_path / "a.wacz")
    assert article.fields["url"] == URL and "frames within pages 1" in note.text


@pytest.mark.skipif(not REAL.exists(), reason="the real archives are not at hand")
@pytest.mark.parametrize(
    ("name", "urls"),
    [
        ("warc/warcio__data__example.arc.gz", ["http://example.com/"]),
        ("warc/warcio__data__example.warc", ["http://example.com/"]),
        ("warc/warcio__data__example-bad-non-chunked.warc.gz", ["http://example.com/"]),
        ("warc/warcio__data__example-iana.org-chunked.warc", ["http://www.iana.org/"]),
        ("warc/warcio__data__example-trunc.warc", ["http://example.com/"]),
        ("wacz/py-wacz__valid_signed_example_1.wacz", ["https://example.com/"]),
    ],
)
def test_real_archives(name, urls):
    found = list(read_archive(REAL / name))
    assert [item.fields["url"] for item in found if isinstance(item, Record)] == urls
