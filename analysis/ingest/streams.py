"""Split long files while they are being read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import AnyStr

_OVERLAP = 10_000  # a separator that is cut by the end of a chunk is shorter


def split_stream(
    chunks: Iterable[AnyStr], start: re.Pattern[AnyStr], *, longest: int
) -> Iterator[AnyStr | None]:
    """Yield what is before the first separator, then each part with its separator at the beginning.

    Parameters
    ----------
    chunks : iterable of str or bytes
        The file in parts of any size.
    start : re.Pattern
        Matches the beginning of a part.
    longest : int
        The most characters or bytes of a part. More are not held in memory.

    Yields
    ------
    str or bytes or None
        None for a part that is too long.

    Examples
    --------
    >>> list(split_stream(["covers <a>1", "2<", "a>3"], re.compile("<a>"), longest=100))
    ['covers ', '<a>12', '<a>3']
    """
    buffer: AnyStr | None = None
    searched, has_begun, is_too_long = 0, False, False
    for chunk in chunks:
        buffer = chunk if buffer is None else buffer + chunk
        begin = 0
        for found in start.finditer(buffer, searched):
            end = found.start()
            yield None if is_too_long or end - begin > longest else buffer[begin:end]
            begin, has_begun, is_too_long = end, True, False
        buffer = buffer[begin:]
        if len(buffer) > longest + _OVERLAP:
            buffer, is_too_long = buffer[-_OVERLAP:], True
        searched = max(int(has_begun), len(buffer) - _OVERLAP)  # after the separator at its beginning
    if buffer is not None:
        yield None if is_too_long or len(buffer) > longest else buffer
