"""Fetch addresses politely and safely.

Polite: robots.txt is followed, a host gets one request at a time with a pause after it, and a host that asks for
patience (429, 503, Retry-After) gets it. Safe: no private address, only http and https, limits of size and time.
"""

from __future__ import annotations

import email.utils
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import quote, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, NameResolutionError, URLSchemeUnknown

from analysis.collect.connections import Allows, Deadline, GuardedPools, PrivateAddress, is_public
from analysis.collect.robots import Rules, rules_from

AGENT = "media-framing"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504})
_NOT_MODIFIED, _GONE = 304, frozenset({404, 410})
_ROBOTS_BYTES = 500_000  # as RFC 9309 asks for at least
_CHUNK = 65_536
_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"
_CONNECT_SECONDS = 20.0
_PART = 206
_STREAM_SECONDS = 3_600.0
_GZIP = 31  # window bits of zlib for a gzip header


class NotFetched(Exception):
    """An address that could not be fetched.

    Attributes
    ----------
    fate : str
        A short code; `analysis.collect.FATES` explains them.
    passing : bool
        The reason may pass, so that another attempt later makes sense.
    """

    def __init__(self, fate: str, detail: str, *, passing: bool = False, status: int | None = None) -> None:
        super().__init__(detail)
        self.fate, self.passing, self.status = fate, passing, status


@dataclass(frozen=True)
class Limits:
    """Limits of one request, and of the time that a host may ask to wait.

    Attributes
    ----------
    n_bytes : int
        Size of an answer, unpacked.
    seconds : float
        Time for one request, from the connection to the last byte.
    redirects, attempts : int
    longest_wait : float
        Seconds that a host may ask to wait; if it asks for more, the address is left for another day.
    """

    n_bytes: int = 10_000_000
    seconds: float = 60.0
    redirects: int = 5
    attempts: int = 4
    longest_wait: float = 120.0


@dataclass(frozen=True)
class Answer:
    """What a server sent.

    Attributes
    ----------
    url : str
        The address that was read in the end, after redirects.
    status : int
    reason : str
    headers : tuple of (str, str)
    body : bytes
        As it was sent.
    content : bytes
        The body unpacked.
    fetched : datetime
    """

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    content: bytes = field(repr=False)
    fetched: datetime

    def header(self, name: str) -> str:
        """Return a header; empty if it is missing."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that nothing has changed since the version that the request named."""
        return self.status == _NOT_MODIFIED

    @property
    def kind(self) -> str:
        """The content type without its parameters, in lower case."""
        return self.header("Content-Type").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Stream:
    """A file that is read while it is sent.

    Attributes
    ----------
    size : int or None
        Bytes of the whole file, if the server says it.
    start : int
        The byte at which the body begins: 0 if the server does not send parts of files.
    read : callable
        Number of bytes -> at most so many; empty at the end. Raises `NotFetched` if the connection breaks.
    """

    size: int | None
    start: int
    read: Callable[[int], bytes]


class Fetcher:
    """Fetches addresses, each host by one request at a time.

    Parameters
    ----------
    contact : str, optional
        Address or mail of the researcher, named in the User-Agent.
    pause : float
        Seconds between the end of a request and the next one to the same host.
    limits : Limits
    allows : callable
        IP address -> whether a connection to it may be made.
    sleep : callable
        Waits for some seconds.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        pause: float = 2.0,
        limits: Limits | None = None,
        allows: Allows = is_public,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        from importlib.metadata import version

        self.agent = f"{AGENT}/{version('media-framing')}" + (f" ({contact})" if contact else "")
        self.pause, self.limits, self.sleep = pause, limits or Limits(), sleep
        self._pools = GuardedPools(allows, retries=False)
        self._hosts: dict[str, _Host] = defaultdict(_Host)
        self._rules: dict[str, Rules] = {}

    def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        robots: bool = True,
        limits: Limits | None = None,
        pause: float = 0.0,
    ) -> Answer:
        """Fetch an address, with its redirects.

        Parameters
        ----------
        url : str
        headers : mapping, optional
            Further headers, such as If-None-Match. After a redirect to another host, or from https to http, they are
            not sent.
        robots : bool
            Follow robots.txt. Interfaces for programs are asked without.
        limits : Limits, optional
            Other limits than those of the fetcher.
        pause : float
            Seconds since the last request to the host, if it asks for more than the fetcher's own pause.

        Returns
        -------
        Answer
            With status 200, or 304 if the headers asked for changes only.

        Raises
        ------
        NotFetched
            There is no such answer.
        """
        limits = limits or self.limits
        own = (_host(url), urlsplit(url).scheme)

        def ask(address: str) -> Answer:
            is_own = (_host(address), urlsplit(address).scheme) == own
            if robots and (why_not := (rules := self._robots(address)).why_not(address)):
                raise NotFetched("robots", why_not, passing=bool(rules.closed))
            return self._patiently(address, headers if is_own else None, limits, pause)

        return _accepted(_followed(url, limits, ask))

    @contextmanager
    def stream(self, url: str, *, start: int = 0, seconds: float = _STREAM_SECONDS) -> Iterator[Stream]:
        """Open a large file on a server for data, such as Common Crawl's, and read it while it is sent.

        robots.txt is not asked for. The host gets no other request meanwhile.

        Parameters
        ----------
        url : str
        start : int
            The byte to begin with.
        seconds : float
            Time for the whole file; the time to wait for a part of it is that of the fetcher's limits.

        Yields
        ------
        Stream

        Raises
        ------
        NotFetched
            There is no such file, or it cannot be read.
        """
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        for _ in range(self.limits.redirects + 1):
            with (
                self._hosts[_host(url)].turn(self._pause_of(url), self.sleep),
                self._pools.deadline(seconds) as deadline,
            ):
                with _as_fate(deadline, seconds):
                    response = self._request(url, headers, seconds=self.limits.seconds)
                try:
                    head = _without_body(url, response)
                    if head.status not in _REDIRECTS or not head.header("Location"):
                        yield _stream(head, response, start, deadline, seconds)
                        return
                finally:
                    response.close()
                url = _target(head)
        raise NotFetched("redirects", f"more than {self.limits.redirects} redirects")

    def _request(self, url: str, headers: Mapping[str, str], *, seconds: float) -> urllib3.BaseHTTPResponse:
        return self._pools.request(
            "GET", url, headers={"User-Agent": self.agent, "Connection": "close", **headers},
            timeout=urllib3.Timeout(connect=min(_CONNECT_SECONDS, seconds), read=seconds),
            redirect=False, preload_content=False, decode_content=False,
        )  # fmt: skip

    def _robots(self, url: str) -> Rules:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._hosts[_host(url)].asking_rules:
            if origin not in self._rules:
                self._rules[origin] = self._read_rules(origin)
            return self._rules[origin]

    def _read_rules(self, origin: str) -> Rules:
        url = f"{origin}/robots.txt"
        limits = replace(self.limits, n_bytes=_ROBOTS_BYTES, attempts=2)
        try:
            answer = _followed(url, limits, lambda address: self._patiently(address, None, limits, 0.0))
        except NotFetched as error:
            if error.fate in {"private_address", "bad_url"}:
                raise
            if error.fate == "redirects":
                return Rules(None, AGENT)  # RFC 9309: a file behind too many redirects counts as missing
            return Rules(None, AGENT, f"robots.txt of the site cannot be read ({error}); try again later")
        return rules_from(answer.status, answer.content.decode("utf-8", "replace"), AGENT)

    def _patiently(self, url: str, headers: Mapping[str, str] | None, limits: Limits, pause: float) -> Answer:
        """Request an address, again after a while if the host is busy or cannot be reached."""
        for attempt in range(limits.attempts):
            last = attempt == limits.attempts - 1
            wait = max(self.pause, pause, 1.0) * 2**attempt
            try:
                with self._hosts[_host(url)].turn(max(self._pause_of(url), pause), self.sleep):
                    answer = self._send(url, headers, limits)
            except NotFetched as error:
                if last or not error.passing:
                    raise
            else:
                if answer.status not in _BUSY or last:
                    return answer
                asked = _retry_after(answer)
                if asked > limits.longest_wait:
                    what = (
                        f"status {answer.status}; the host asks to wait {asked:,.0f} seconds; try again then"
                    )
                    raise NotFetched("busy", what, passing=True, status=answer.status)
                wait = max(wait, asked)
            self.sleep(wait)
        raise AssertionError("limits.attempts must be at least 1")

    def _pause_of(self, url: str) -> float:
        parts = urlsplit(url)
        rules = self._rules.get(f"{parts.scheme}://{parts.netloc}")
        return max(self.pause, rules.pause if rules is not None and not rules.closed else 0.0)

    def _send(self, url: str, headers: Mapping[str, str] | None, limits: Limits) -> Answer:
        sent = {
            "Accept-Encoding": "gzip",
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            **(headers or {}),
        }
        with self._pools.deadline(limits.seconds) as deadline, _as_fate(deadline, limits.seconds):
            response = self._request(url, sent, seconds=limits.seconds)
            body = _body(response, limits)
        if deadline.passed:  # an answer without a stated length looks complete when it is stopped
            raise _too_slow(limits.seconds)
        return Answer(
            url,
            response.status,
            response.reason or "",
            tuple(response.headers.items()),
            body,
            unpacked(body, response.headers.get("Content-Encoding", ""), limits.n_bytes),
            datetime.now(UTC),
        )


@contextmanager
def _as_fate(deadline: Deadline, seconds: float) -> Iterator[None]:
    """Turn the errors of a request into `NotFetched`."""
    try:
        yield
    except PrivateAddress as error:
        raise NotFetched("private_address", str(error)) from None
    except (HTTPError, OSError, ValueError) as error:
        if deadline.passed:
            raise _too_slow(seconds) from None
        if isinstance(error, LocationParseError | URLSchemeUnknown | ValueError):
            raise NotFetched("bad_url", f"not a valid address ({error})") from None
        raise NotFetched("unreachable", _in_words(error), passing=True) from None


def _too_slow(seconds: float) -> NotFetched:
    return NotFetched("too_slow", f"no complete answer within {seconds:,.0f} seconds", passing=True)


def _without_body(url: str, response: urllib3.BaseHTTPResponse) -> Answer:
    headers = tuple(response.headers.items())
    return Answer(url, response.status, response.reason or "", headers, b"", b"", datetime.now(UTC))


def _stream(
    head: Answer, response: urllib3.BaseHTTPResponse, start: int, deadline: Deadline, seconds: float
) -> Stream:
    """Return an answer as a stream.

    Raises
    ------
    NotFetched
        It is an error.
    """
    is_part = head.status == _PART
    if not is_part:
        _accepted(head)
    length = head.header("Content-Length")

    def read(size: int) -> bytes:
        with _as_fate(deadline, seconds):
            data = response.read(size, decode_content=False)
        if deadline.passed:
            raise _too_slow(seconds)
        return data

    begins = start if is_part else 0
    return Stream(int(length) + begins if length.isdecimal() else None, begins, read)


def _host(url: str) -> str:
    """Return the host of an address.

    Raises
    ------
    NotFetched
        It is no address of a page on the web.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise NotFetched("bad_url", f"not a valid address ({error})") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotFetched("bad_url", "not the address of a page: it must begin with http:// or https://")
    if parts.username is not None:
        raise NotFetched(
            "bad_url", "the address contains a user name; addresses with credentials are not fetched"
        )
    return parts.hostname.lower()


def _followed(url: str, limits: Limits, ask: Callable[[str], Answer]) -> Answer:
    """Return the answer at the end of all redirects."""
    for _ in range(limits.redirects + 1):
        answer = ask(url)
        if answer.status not in _REDIRECTS or not answer.header("Location"):
            return answer
        url = _target(answer)
    raise NotFetched("redirects", f"more than {limits.redirects} redirects")


def _target(answer: Answer) -> str:
    """Return where a redirect leads."""
    location = answer.header("Location").strip()
    try:
        # headers are read as Latin-1; the bytes are percent-encoded, as browsers do
        plain = quote(location.encode("latin-1", "replace"), safe=_IN_ADDRESSES)
        return urljoin(answer.url, plain).partition("#")[0]
    except ValueError:
        raise NotFetched(
            "bad_url", f"a redirect to '{location[:100]}', which is not a valid address"
        ) from None


def _body(response: urllib3.BaseHTTPResponse, limits: Limits) -> bytes:
    parts, size = [], 0
    try:
        for part in response.stream(_CHUNK, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > limits.n_bytes:
                raise _too_large(limits.n_bytes)
    finally:
        response.close()
    return b"".join(parts)


def unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """Return the body of an answer unpacked.

    Parameters
    ----------
    body : bytes
    encoding : str
        Header Content-Encoding; only gzip is asked for.
    limit : int
        Size in bytes.

    Returns
    -------
    bytes

    Raises
    ------
    NotFetched
        It is damaged, packed otherwise, or too large.
    """
    kind = encoding.strip().lower()
    if kind in {"", "identity"} or not body:
        return body
    if kind not in {"gzip", "x-gzip"}:
        raise NotFetched("damaged", f"the answer is packed as '{kind[:20]}', which was not asked for")
    unpacker = zlib.decompressobj(_GZIP)
    try:
        content = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise NotFetched("damaged", f"the answer cannot be unpacked ({error})", passing=True) from None
    if len(content) > limit:
        raise _too_large(limit)
    if not unpacker.eof:
        raise NotFetched("damaged", "the answer cannot be unpacked (it ends too early)", passing=True)
    return content


def _too_large(limit: int) -> NotFetched:
    return NotFetched("too_large", f"the answer has more than {limit:,} bytes")


def _accepted(answer: Answer) -> Answer:
    """Return an answer that holds something, or says that nothing has changed."""
    status = answer.status
    if status == 200 or answer.is_unchanged:
        return answer
    if status in _GONE:
        raise NotFetched("not_found", f"status {status} {answer.reason}".strip(), status=status)
    raise NotFetched(
        "http_error", f"status {status} {answer.reason}".strip(), passing=status in _BUSY, status=status
    )


def _retry_after(answer: Answer) -> float:
    """Return the seconds that a host asks to wait; 0 if it does not say."""
    value = answer.header("Retry-After").strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _in_words(error: BaseException) -> str:
    if isinstance(error, NameResolutionError):
        return "no host of this name"
    reason = getattr(error, "reason", None) or error
    return " ".join(str(reason).rpartition(">: ")[2].split())[:200] or type(error).__name__


class _Host:
    """One host: who may ask it, and when."""

    def __init__(self) -> None:
        self.asking = threading.Lock()
        self.asking_rules = threading.Lock()
        self.last = float("-inf")

    @contextmanager
    def turn(self, pause: float, sleep: Callable[[float], None]) -> Iterator[None]:
        """Wait for the end of the request before and the pause after it."""
        with self.asking:
            if (wait := self.last + pause - time.monotonic()) > 0:
                sleep(wait)
            try:
                yield
            finally:
                self.last = time.monotonic()
