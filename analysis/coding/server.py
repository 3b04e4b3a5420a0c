"""The coding page in a browser: a server on this machine only, for one coder.

The address holds a secret token. The server answers only requests to its own loopback address (against DNS
rebinding) and only JSON that its own page sends (against requests forged by other pages).
"""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from analysis.coding.session import Session

LOOPBACK = "127.0.0.1"
_LONGEST = 5_000_000  # bytes of a request
_PAGE = Path(__file__).with_name("page")
_FILES = {
    "": ("coding.html", "text/html; charset=utf-8"),
    "coding.js": ("coding.js", "text/javascript; charset=utf-8"),
    "start.js": ("start.js", "text/javascript; charset=utf-8"),
    "coding.css": ("coding.css", "text/css; charset=utf-8"),
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class CodingServer(ThreadingHTTPServer):
    """Serves the coding page of one session.

    Parameters
    ----------
    session : Session
    port : int, default 0
        0 takes a free one.

    Attributes
    ----------
    url : str
        Address of the page, with its token.
    """

    daemon_threads = True

    def __init__(self, session: Session, *, port: int = 0) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.session = session
        self.token = secrets.token_urlsafe(24)
        self.hosts = {f"{name}:{self.server_address[1]}" for name in (LOOPBACK, "localhost")}
        self.url = f"http://{LOOPBACK}:{self.server_address[1]}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: CodingServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        name = self._path()
        if name is None:
            return
        if name not in _FILES:
            self._answer(HTTPStatus.NOT_FOUND, b"not found", "text/plain")
            return
        file, kind = _FILES[name]
        self._answer(HTTPStatus.OK, (_PAGE / file).read_bytes(), kind)

    def do_POST(self) -> None:
        name = self._path()
        if name is None:
            return
        origin = self.headers.get("Origin")
        own = origin is None or origin in {f"http://{host}" for host in self.server.hosts}
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip()
        if name != "api" or not own or kind != "application/json":
            self._answer(HTTPStatus.FORBIDDEN, b"forbidden", "text/plain")
            return
        try:
            size = int(self.headers.get("Content-Length", ""))
        except ValueError:
            size = -1
        if not 0 <= size <= _LONGEST:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"too large", "text/plain")
            return
        try:
            request = json.loads(self.rfile.read(size))
        except ValueError:
            request = None
        answer = json.dumps(self.server.session.handle(request), ensure_ascii=False)
        self._answer(HTTPStatus.OK, answer.encode("utf-8"), "application/json")

    def _path(self) -> str | None:
        """The part of the path after the token; None, after an answer, if host or token are wrong."""
        if self.headers.get("Host", "") not in self.server.hosts:
            self._answer(HTTPStatus.FORBIDDEN, b"wrong host", "text/plain")
            return None
        token, _, name = self.path.partition("?")[0].lstrip("/").partition("/")
        if not secrets.compare_digest(token.encode(), self.server.token.encode()):
            self._answer(HTTPStatus.FORBIDDEN, b"wrong or missing token", "text/plain")
            return None
        return name

    def _answer(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        if status != HTTPStatus.OK:
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the address holds the token."""
