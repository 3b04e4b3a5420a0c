"""Pages in a WARC file: as they were sent, with what their list says, and without half a record."""

from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator

from analysis.collect.archive import Archive
from analysis.collect.fetching import Answer
from analysis.ingest.url_lists import Listed


def answer(body=b"<html></html>"):
    headers = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("ETag", '"1"'))
    return Answer(
        "https://a.example/1", 200, "OK", headers, body, body, datetime(2022, 6, 29, 10, tzinfo=UTC)
    )


def records(path):
    with path.open("rb") as stream:
        return [
            (
                record.rec_type,
                dict(record.rec_headers.headers),
                record.http_headers,
                record.content_stream().read(),
            )
            for record in ArchiveIterator(stream, check_digests="raise")
        ]


def test_a_page_is_kept_as_it_was_sent_with_what_its_list_says(tmp_path):
    archive = Archive(tmp_path / "a.warc.gz", end=0, agent="media-framing/1")
    end = archive.add(answer(), Listed("https://a.example/", "Gazette\r\nX: y", published="2022-06-29"))
    archive.close()
    assert end == (tmp_path / "a.warc.gz").stat().st_size
    (kind, _, _, about), (page, headers, http, body), (metadata, _, _, fields) = records(
        tmp_path / "a.warc.gz"
    )
    assert (kind, page, metadata) == ("warcinfo", "response", "metadata") and b"media-framing/1" in about
    assert (headers["WARC-Target-URI"], headers["WARC-Date"]) == (
        "https://a.example/1",
        "2022-06-29T10:00:00Z",
    )
    assert http.get_header("ETag") == '"1"' and http.get_header("Transfer-Encoding") is None
    assert body == b"<html></html>" and fields == b"Outlet: Gazette X: y\r\nPublished: 2022-06-29\r\n"


def test_half_a_record_is_cut_off(tmp_path):
    path = tmp_path / "a.warc.gz"
    archive = Archive(path, end=0, agent="a")
    end = archive.add(answer(), Listed(""))
    archive.close()
    path.write_bytes(path.read_bytes() + b"\x1f\x8bhalf")
    archive = Archive(path, end=end, agent="a")
    archive.add(answer(b"<html>2</html>"), Listed(""))
    archive.close()
    assert [kind for kind, *_ in records(path)] == ["warcinfo", "response", "response"]
