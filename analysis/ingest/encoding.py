"""Bytes to text: the encodings that exports come in, and texts that were decoded wrongly before."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from analysis.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 read as Windows-1252: the lead byte of a two- or three-byte character, then what its tail looks like there.
_MOJIBAKE = re.compile("â€[™œ\x9d˜“”¦\u0080-\u00bf]|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]|Ð[\u0080-\u00bf]Ð")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536


def read_text(path: Path) -> str:
    """The text of a file, whatever its encoding; line ends stay as they are.

    A byte order mark decides, then UTF-8, UTF-16 without a mark, Windows-1252 where the text is mostly ASCII, and at
    last what charset-normalizer finds.

    Raises
    ------
    ReadError
        The file cannot be opened, is empty, or is not text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"cannot be opened: {error.strerror}", path=path) from None
    if not data.strip():
        raise ReadError("the file is empty", path=path, remedy="export it again")
    text = decode(data)
    if text is None:
        raise ReadError(
            "binary data, not text", path=path, remedy="save it as UTF-8 text in one of the formats read"
        )
    return text


def decode(data: bytes) -> str | None:
    """Bytes as text, or None where they are no text; see `read_text`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    text = _try(data, "utf-8")
    if text is not None:
        return None if "\x00" in text else text
    zeros = data[:_SAMPLE].count(0)
    if zeros > len(data[:_SAMPLE]) // 4:  # Latin script in UTF-16 has a zero in every other byte
        even = data[0:_SAMPLE:2].count(0)
        text = _try(data, "utf-16-be" if even > zeros - even else "utf-16-le")
        return (
            text if text is not None and text.isprintable() | ("\n" in text) and "\x00" not in text else None
        )
    if _CONTROL.search(data[:_SAMPLE]):
        return None
    return _guess(data)


def looks_garbled(text: str) -> bool:
    """Whether a text holds characters such as 'â€™' that come from decoding UTF-8 as Windows-1252."""
    return len(_MOJIBAKE.findall(text[:200_000])) >= 2


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guess(data: bytes) -> str | None:
    windows = _try(data, "cp1252")
    high = sum(byte >= 0x80 for byte in data[:_SAMPLE])
    if windows is not None and high < len(data[:_SAMPLE]) // 5:
        return windows  # mostly ASCII: curly quotes and accents of a Western export
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    text = _try(data, best.encoding) if best is not None else None
    return text if text is not None else windows
