"""Decode the bytes of a file, and recognise text that was decoded wrongly before."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from analysis.ingest.limits import streamed_limit, too_large, unpacked_limit
from analysis.ingest.records import UnreadableFile

_SAMPLE = 65_536
_CHUNK = 1_000_000  # bytes that are read at a time of a file that is streamed
_UNPACKING_ERRORS = (EOFError, zlib.error, gzip.BadGzipFile)
_HEAD = 4096  # bytes in which a page declares its encoding
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}charset\s*=\s*["']?\s*|^\s*<\?xml[^>]{0,200}encoding\s*=\s*["'])([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes({*range(9), *range(14, 32)} - {0x1B})
_STRANGE = {"Cc", "Cn", "Co"}  # controls, unassigned, private
_MAX_CONTROL = 0.001  # share of control characters above which bytes are no text
_MAX_BROKEN = 0.1  # share of broken characters among those beyond ASCII up to which a file counts as UTF-8
_MAX_HIGH = 0.2  # share of bytes beyond ASCII up to which Windows-1252 is likelier than another script
REPLACEMENT = "\ufffd"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, as cutting JSON strings leaves it


def read_text(path: Path) -> str:
    """Return the text of a file in any encoding, unpacked if its name ends in .gz. Line ends are kept.

    Raises
    ------
    UnreadableFile
        The file cannot be opened or unpacked, is empty, or does not contain text.
    """
    return _text(decode(read_bytes(path)), path)


def _text(text: str | None, path: Path) -> str:
    if text is None:
        raise _binary(path)
    return text


def _binary(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "this file contains binary data, not text",
        path=path,
        reason="binary",
        remedy="save it as UTF-8 text in one of the supported formats",
    )


class TextFile:
    """A text file that is read as often as needed, line by line, so that its size does not matter.

    The encoding is found in a first pass over all bytes, as `decode` finds it.

    Parameters
    ----------
    path : path
        Unpacked while it is read if its name ends in .gz.

    Raises
    ------
    UnreadableFile
        The file cannot be opened or unpacked, is empty, does not contain text, or unpacks to more than it may.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        expect_content(path)
        found = find_encoding(lambda: byte_chunks(path))
        if found is None:
            raise _binary(path)
        self._encoding, self._errors = found

    @contextmanager
    def open(self, newline: str) -> Iterator[TextIO]:
        r"""Open the file; `newline` is "" to end lines at any line end, and "\n" to end them at "\n" alone.

        Raises
        ------
        UnreadableFile
            The file changed after its encoding was found, so that it cannot be read any more.
        """
        packed = self.path.suffix.lower() == ".gz"
        try:
            with gzip.open(self.path) if packed else self.path.open("rb") as stream:
                yield io.TextIOWrapper(stream, self._encoding, self._errors, newline=newline)
        except _UNPACKING_ERRORS as error:
            raise _not_unpacked(self.path, error) from None
        except OSError as error:
            raise _not_opened(self.path, error) from None

    def count(self, characters: str) -> int:
        """Return how often any of some characters occurs."""
        with self.open("\n") as file:
            chunks = iter(lambda: file.read(_CHUNK), "")
            return sum(sum(map(chunk.count, characters)) for chunk in chunks)


def whole_characters(text: str) -> str:
    """Return a text with U+FFFD for each half of a character, which cannot be written to a file."""
    return _LONE_SURROGATE.sub(REPLACEMENT, text)


def read_page(path: Path) -> str:
    """Return the text of a page or an XML file, decoded as it declares, unless it is UTF-8 or that is wrong.

    Raises
    ------
    UnreadableFile
        As `read_text`.
    """
    return _text(decode_page(read_bytes(path)), path)


def decode_page(data: bytes) -> str | None:
    """Return the bytes of a page as text, or None if they are not text."""
    return _declared(data) or decode(data)


def _declared(data: bytes) -> str | None:
    """Return a page decoded as it declares; None if it declares nothing, is UTF-8, or is not what it declares."""
    declared = _declared_encoding(data)
    if declared is None or _try(data, "utf-8") is not None:
        return None
    return _try(data, declared)


def _declared_encoding(data: bytes) -> str | None:
    """Return the name of the encoding that a page or an XML file declares, if it is known."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    name = match[1].decode("ascii")
    try:
        b"x".decode(name, errors="replace")
    except LookupError:  # unknown, or not of texts
        return None
    return name


def text_chunks(path: Path) -> Iterator[str]:
    """Yield the text of a file in parts of about a million characters, so that large files take little memory.

    The byte order mark, or else the beginning of the file, shows the encoding: UTF-8, or what an XML file declares.
    Broken characters become U+FFFD. Files that end in .gz are unpacked.

    Raises
    ------
    UnreadableFile
        The file cannot be opened or unpacked, or unpacks to more than it may.
    """
    decoder = None
    for data in byte_chunks(path):
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding_of(data))(errors="replace")
        yield decoder.decode(data)
    if decoder is not None:
        yield decoder.decode(b"", final=True)


def _encoding_of(head: bytes) -> str:
    """Return the encoding of a file by its beginning."""
    if marked := [encoding for mark, encoding in _BYTE_ORDER_MARKS if head.startswith(mark)]:
        return marked[0]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the last character may be cut
    except UnicodeDecodeError:
        return _declared_encoding(head) or "utf-8"
    return "utf-8"


def byte_chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file in parts of a megabyte, unpacked if its name ends in .gz; errors as `text_chunks`."""
    packed = path.suffix.lower() == ".gz"
    size = 0
    try:
        limit = streamed_limit(path.stat().st_size)
        with gzip.open(path) if packed else path.open("rb") as stream:
            while data := stream.read(_CHUNK):
                size += len(data)
                if packed and size > limit:
                    raise too_large(path, limit)
                yield data
    except _UNPACKING_ERRORS as error:
        raise _not_unpacked(path, error) from None
    except OSError as error:
        raise _not_opened(path, error) from None


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, unpacked if its name ends in .gz; an empty file is an error."""
    try:
        data = _unpacked(path) if path.suffix.lower() == ".gz" else path.read_bytes()
    except _UNPACKING_ERRORS as error:
        raise _not_unpacked(path, error) from None
    except OSError as error:
        raise _not_opened(path, error) from None
    if _is_blank(data):
        raise _empty(path)
    return data


def expect_content(path: Path) -> None:
    """Raise the errors of `read_bytes` for a file that is read in another way."""
    if all(_is_blank(chunk) for chunk in byte_chunks(path)):
        raise _empty(path)


def _is_blank(data: bytes) -> bool:
    return not data.strip(b" \t\r\n\xef\xbb\xbf")


def _empty(path: Path) -> UnreadableFile:
    return UnreadableFile("the file is empty", path=path, reason="empty", remedy="export it again")


def _not_unpacked(path: Path, error: Exception) -> UnreadableFile:
    return UnreadableFile(
        f"cannot be unpacked: {error}", path=path, reason="unreadable", remedy="compress it again"
    )


def _not_opened(path: Path, error: OSError) -> UnreadableFile:
    return UnreadableFile(
        f"cannot be opened: {error.strerror or error}",
        path=path,
        reason="unreadable",
        remedy="check that it exists and that you may read it",
    )


def _unpacked(path: Path) -> bytes:
    limit = unpacked_limit(path.stat().st_size)
    with gzip.open(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(path, limit)
    return data


def decode(data: bytes) -> str | None:
    """Return bytes as text without a byte order mark, or None if they are not text; see `find_encoding`."""
    found = find_encoding(lambda: [data])
    return None if found is None else data.decode(*found)


def find_encoding(read: Callable[[], Iterable[bytes]]) -> tuple[str, str] | None:
    """Find out how bytes are decoded to text.

    These are tried in order: the byte order mark; UTF-16 without one, recognised by its zeros; UTF-8, where a few
    broken characters become U+FFFD; Windows-1252 if most bytes are ASCII; and what charset-normalizer finds.

    Parameters
    ----------
    read : callable
        Gives the bytes in parts, every time from the beginning.

    Returns
    -------
    tuple of str or None
        Encoding, and what to do with broken characters ('strict' or 'replace'). None if the bytes are not text.
    """
    sample = _sample(read)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return _strictly(read, encoding)
    if 4 * sample.count(0) > len(sample):
        return _without_mark(read, sample)
    if len(sample) - len(sample.translate(None, _CONTROL)) > _MAX_CONTROL * len(sample):
        return None
    return _strictly(read, "utf-8") or _broken_utf8(read) or _eight_bits(read, sample)


def _sample(read: Callable[[], Iterable[bytes]]) -> bytes:
    sample = b""
    for chunk in read():
        sample += chunk[: _SAMPLE - len(sample)]
        if len(sample) == _SAMPLE:
            break
    return sample


def _strictly(read: Callable[[], Iterable[bytes]], encoding: str) -> tuple[str, str] | None:
    """Return the encoding if all bytes can be decoded with it."""
    try:
        for _ in _decoded(read(), encoding, "strict"):
            pass
    except (UnicodeDecodeError, LookupError):
        return None
    return encoding, "strict"


def _decoded(chunks: Iterable[bytes], encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors=errors)
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _without_mark(read: Callable[[], Iterable[bytes]], sample: bytes) -> tuple[str, str] | None:
    """Recognise UTF-16 in mostly Latin script, which has a zero in every other byte; None if it is something else."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    found = _strictly(read, "utf-16-be" if even > odd else "utf-16-le")
    if found is None:
        return None
    text = next(_decoded([sample], found[0], "ignore"))
    strange = sum(
        unicodedata.category(character) in _STRANGE and not character.isspace() for character in text
    )
    return found if strange <= _MAX_CONTROL * len(text) else None


def _broken_utf8(read: Callable[[], Iterable[bytes]]) -> tuple[str, str] | None:
    """Recognise UTF-8 in which a few bytes are missing or added, as happens when files are cut and joined."""
    beyond = broken = 0
    for text in _decoded(read(), "utf-8", "replace"):
        if not text.isascii():
            beyond += len(text) - len(text.encode("ascii", "ignore"))
            broken += text.count(REPLACEMENT)
    return ("utf-8", "replace") if broken <= _MAX_BROKEN * beyond else None


def _eight_bits(read: Callable[[], Iterable[bytes]], sample: bytes) -> tuple[str, str] | None:
    windows = _strictly(read, "cp1252")
    if windows is not None and sum(byte >= 0x80 for byte in sample) <= _MAX_HIGH * len(sample):
        return windows  # mostly ASCII: the curly quotes and accents of a Western export
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return (_strictly(read, best.encoding) if best is not None else None) or windows


def _images(first: int, last: int, encoding: str) -> str:
    """Return the characters that bytes become in an eight-bit encoding."""
    return "".join(bytes([byte]).decode(encoding, errors="ignore") for byte in range(first, last + 1))


def _garbled_pattern() -> re.Pattern[str]:
    # The second and third bytes of a character in UTF-8 are 80 to BF; C1 controls stand for those undefined in 1252.
    tail = f"[{re.escape(_images(0x80, 0xBF, 'cp1252'))}\x80-\x9f]"
    quotes_on_mac = re.escape(_images(0x93, 0x9D, "mac_roman") + _images(0xA6, 0xA6, "mac_roman"))
    return re.compile(f"â€{tail}|Ã{tail}|Â[\xa0-\xbf]|[ÐÑ]{tail}[ÐÑ]{tail}|‚Ä[{quotes_on_mac}]")


_GARBLED = _garbled_pattern()


def looks_garbled(text: str) -> bool:
    """Whether a text contains characters such as 'â€™', a sign of UTF-8 read as Windows-1252 or Mac Roman."""
    return _GARBLED.search(text) is not None
