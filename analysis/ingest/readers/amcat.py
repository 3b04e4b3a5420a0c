"""AmCAT: projects as the Amsterdam Content Analysis Toolkit exports them.

Its tables (CSV, JSON) are read as any other: their columns are named as those of articles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.ingest.encoding import read_text
from analysis.ingest.limits import check_count
from analysis.ingest.readers.json_lines import record_of
from analysis.ingest.records import Item, Reader, Refusal, no_article_in

_KIND = "_type"
_OWN = ("settings", "field", "user_role")
_SETTINGS = re.compile(rf'\s*\{{\s*"_type"\s*:\s*"(?:{"|".join(_OWN)}|document)"')


def read_amcat(path: Path) -> Iterator[Item]:
    """Read the documents of a project that AmCAT 4 exported (NDJSON). They are numbered by line.

    The settings of the project, its fields and its users are not kept.

    Raises
    ------
    UnreadableFile
        The file cannot be read, or has no document.
    """
    text = read_text(path)
    check_count(path, text.count("\n"))
    n_documents = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        record, why = _parsed(line)
        kind = record.pop(_KIND, "document")
        if why:
            yield Refusal(str(number), "bad_json", f"not valid JSON: {why}; correct the line or remove it")
        elif kind == "document":
            n_documents += 1
            yield record_of(str(number), record)
        elif kind not in _OWN:
            detail = f"a record of the kind {str(kind)[:50]!r}, which is not known; export the project again"
            yield Refusal(str(number), "format", detail)
    if not n_documents:
        raise no_article_in(path, "AmCAT", "document")


def _parsed(line: str) -> tuple[dict[str, Any], str]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {}, str(error)
    return (found, "") if isinstance(found, dict) else ({}, "no object")


def _is_amcat(head: str) -> bool:
    """Whether a file is a project of AmCAT, judged by its beginning."""
    return _SETTINGS.match(head.lstrip("\ufeff")) is not None


READER = Reader((".ndjson", ".jsonl", ".json", ".txt"), read_amcat, name="AmCAT", recognises=_is_amcat)
