"""Keep pages in a WARC file (ISO 28500), so that extraction can be repeated and checked.

A page is a `response` record as the server sent it. What the list said of the page follows in a `metadata` record;
`analysis.ingest.readers.web_archives` takes from it what the page itself does not state.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from analysis.collect.fetching import Answer
from analysis.ingest.readers.web_archives import LISTED_FIELDS
from analysis.ingest.url_lists import Listed

_TRANSFER = frozenset({"transfer-encoding", "connection", "keep-alive", "content-length"})


class Archive:
    """A WARC file to which pages are appended.

    Parameters
    ----------
    path : path
    end : int
        Size of the file without a record that was being written when a run was stopped. It is cut to this size.
    agent : str
        The User-Agent, kept in the first record.
    """

    def __init__(self, path: Path, *, end: int, agent: str) -> None:
        from warcio.warcwriter import WARCWriter

        self._file = path.open("ab")
        self._file.truncate(end)
        self._file.seek(0, io.SEEK_END)
        self._writer: Any = WARCWriter(self._file, gzip=True)
        if end == 0:
            about = {"software": agent, "format": "WARC File Format 1.0", "robots": "obey"}
            self._writer.write_record(self._writer.create_warcinfo_record(path.name, about))

    def add(self, answer: Answer, listed: Listed) -> int:
        """Append a page and what its list says of it. Return the size of the file after it."""
        from warcio.statusandheaders import StatusAndHeaders

        headers = [
            (_ascii(name), _ascii(value)) for name, value in answer.headers if name.lower() not in _TRANSFER
        ]
        headers.append(("Content-Length", str(len(answer.body))))
        status = StatusAndHeaders(
            f"{answer.status} {_ascii(answer.reason)}".strip(), headers, protocol="HTTP/1.1"
        )
        date = {"WARC-Date": answer.fetched.strftime("%Y-%m-%dT%H:%M:%SZ")}
        page = self._writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.body),
            length=len(answer.body),
            http_headers=status,
            warc_headers_dict=date,
        )
        self._writer.write_record(page)
        lines = [
            f"{name}: {value}\r\n"
            for name, field in LISTED_FIELDS.items()
            if (value := " ".join(getattr(listed, field).split()))
        ]
        if lines:
            said = "".join(lines).encode("utf-8", "replace")
            record = self._writer.create_warc_record(
                answer.url,
                "metadata",
                payload=io.BytesIO(said),
                length=len(said),
                warc_content_type="application/warc-fields",
                warc_headers_dict={
                    **date,
                    "WARC-Concurrent-To": page.rec_headers.get_header("WARC-Record-ID"),
                },
            )
            self._writer.write_record(record)
        self._file.flush()
        return self._file.tell()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _ascii(text: str) -> str:
    """Return a header as HTTP allows it; some servers send others."""
    return text.encode("ascii", "replace").decode("ascii")
