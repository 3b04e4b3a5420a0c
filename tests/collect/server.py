"""A server on loopback that plays sites, feeds, sitemaps and interfaces. No test leaves the machine."""

import gzip
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from analysis.collect.fetching import Fetcher, Limits

ARTICLE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="article:published_time" content="2022-06-29"></head><body>
<article><h1>{title}</h1><p>The envoys of both countries met in the port on Wednesday and spoke about the {title}.</p>
<p>“We won’t sign before the winter,” one of them said, and added that the price of grain was still open.</p>
<p>A second meeting is to follow in the autumn, according to people who know the plans of both governments.</p>
</article></body></html>"""


def article(title="railway"):
    return ARTICLE.format(title=title).encode()


class Site(ThreadingHTTPServer):
    """Serves `pages`: path -> body, (status, headers, body), or a function of the handler that sends by itself."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = {}
        self.asked = []  # (path, headers) of every request
        self.now = 0  # requests being answered
        self.most_at_once = 0
        self.counting = threading.Lock()

    def url(self, path="", host="127.0.0.1"):
        return f"http://{host}:{self.server_port}{path}"

    def paths(self):
        return [path for path, _ in self.asked]

    def handle_error(self, *_):
        """Clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server
        with site.counting:
            site.asked.append((self.path, dict(self.headers)))
            site.now += 1
            site.most_at_once = max(site.most_at_once, site.now)
        body = None
        try:
            body = self._begin(site.pages.get(self.path, site.pages.get(self.path.partition("?")[0])))
        finally:
            with site.counting:
                site.now -= 1  # before the body: with its last byte, the client may ask again
        if body is not None:
            self.wfile.write(body)

    def _begin(self, page):
        """Send status and headers; return the body, or None where the page has answered itself."""
        if isinstance(page, list):  # one answer after the other, the last one forever
            page = page.pop(0) if len(page) > 1 else page[0]
        if callable(page):
            page = page(self)
            if page is None:
                self.close_connection = True
                return None
        if page is None:
            page = (404, {}, b"nothing here")
        status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        return body

    def log_message(self, *_):
        pass


def redirect(target):
    return (302, {"Location": target}, b"")


def packed(body):
    return (200, {"Content-Encoding": "gzip"}, gzip.compress(body))


def endless(handler):
    """Sends a body without an end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(100_000):
        handler.wfile.write(b"x" * 10_000)


def dripping(handler):
    """Sends a byte from time to time, so that no single read takes too long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


@contextmanager
def serving():
    site = Site()
    thread = threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


def fetcher(**settings):
    """A fetcher that may reach this machine, does not pause, and notes in `waits` how long it would have waited."""
    waits = []
    made = Fetcher(
        **{
            "pause": 0.0,
            "allows": lambda address: address == "127.0.0.1",
            "sleep": waits.append,
            "limits": Limits(n_bytes=200_000, seconds=5.0),
            **settings,
        }
    )
    made.waits = waits
    return made
