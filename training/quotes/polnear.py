"""PolNeAR (Newell, Margolin and Ruths 2018): brat stand-off annotations of attributions in US news articles."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.annotators.parsing.document import Attribution, Span

_SPAN = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")
_EVENT = re.compile(r"E\d+\t(.*)")


@dataclass(frozen=True)
class Article:
    """One article with the attributions by each annotator; those used for scoring come first.

    `nested` tells whether attributions within the content of others are annotated. PolNeAR never has them.
    """

    name: str
    text: str
    annotations: tuple[tuple[Attribution, ...], ...]
    nested: bool = False


def read_split(folder: Path) -> Iterator[Article]:
    """Yield the articles of a split, sorted by name.

    Parameters
    ----------
    folder : Path
        Contains text/NAME.txt and attributions/NAME_ANNOTATOR.ann.
    """
    files = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        files[path.stem.rsplit("_", 1)[0]].append(path)
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")  # offsets count newlines as they are in the file
        found = tuple(tuple(_attributions(p.read_bytes().decode("utf-8"))) for p in files[path.stem])
        yield Article(path.stem, text, found)


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of the files of a split."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.*")):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _attributions(annotation: str) -> Iterator[Attribution]:
    """Yield the attributions that have a cue and content; others are notes by the annotators."""
    spans: dict[str, list[Span]] = {}
    for line in annotation.split("\n"):
        if match := _SPAN.match(line):
            spans[match[1]] = [Span(*map(int, part.split())) for part in match[3].split(";")]
        elif match := _EVENT.match(line):
            roles: dict[str, list[Span]] = defaultdict(list)
            for item in match[1].split():
                role, reference = item.split(":", 1)
                roles[role.rstrip("0123456789")] += spans.get(reference, [])
            if roles["Content"] and roles["Cue"]:
                content, source, cue = (tuple(sorted(roles[role])) for role in ("Content", "Source", "Cue"))
                yield Attribution(content=content, source=source, cue=cue)
