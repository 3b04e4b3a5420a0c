"""Ask interfaces for programs (APIs) that answer in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from analysis.collect.fetching import Fetcher, Limits, NotFetched

_LIMITS = Limits(n_bytes=50_000_000)
_SHOWN = 200  # characters of an answer that is no JSON


def ask(
    fetcher: Fetcher,
    endpoint: str,
    parameters: Mapping[str, str],
    *,
    headers: Mapping[str, str] | None = None,
    pause: float = 0.0,
) -> dict[str, Any]:
    """Return the answer of an interface.

    Parameters
    ----------
    fetcher : Fetcher
    endpoint : str
        Its address.
    parameters : mapping
    headers : mapping, optional
        Such as a key.
    pause : float
        Seconds between two requests that the interface asks for.

    Returns
    -------
    dict

    Raises
    ------
    NotFetched
        There is no answer, or it is no JSON object; the message has its beginning.
    """
    answer = fetcher.fetch(
        f"{endpoint}?{urlencode(parameters)}", headers=headers, robots=False, limits=_LIMITS, pause=pause
    )
    try:
        found = json.loads(answer.content, strict=False)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        said = " ".join(answer.content[: 4 * _SHOWN].decode("utf-8", "replace").split())[:_SHOWN]
        raise NotFetched("interface", f"the interface says: {said or 'nothing'}")
    return found


def text(value: Any) -> str:
    """Return a value of an answer as one line; empty if it is missing or no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""
