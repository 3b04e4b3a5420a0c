"""Keep the articles of a file until all of it has been read, on disk if they are many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple

from analysis.files import Scratch
from analysis.ingest.articles import Draft

IN_MEMORY = 30_000_000  # characters of texts; the articles of a file with more are written to disk


class Spill:
    """Articles in the order in which they were added."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._n_characters = 0
        self._scratch: Scratch | None = None
        self._written: list[tuple[int, int]] = []

    def append(self, draft: Draft) -> None:
        """Add an article."""
        self._drafts.append(draft)
        self._n_characters += len(draft.fields["text"])
        if self._n_characters > IN_MEMORY:
            self._write()

    def __iter__(self) -> Iterator[Draft]:
        for place in self._written:
            assert self._scratch is not None
            yield from (Draft(*json.loads(line)) for line in self._scratch.read(*place).split(b"\n"))
        yield from self._drafts

    def _write(self) -> None:
        lines = (json.dumps(astuple(draft), ensure_ascii=False).encode("utf-8") for draft in self._drafts)
        self._scratch = self._scratch or Scratch()
        self._written.append(self._scratch.append(b"\n".join(lines)))
        self._drafts, self._n_characters = [], 0
