"""Lists of addresses in files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.collect.collecting import Listing
from analysis.collect.fetching import Fetcher
from analysis.ingest.url_lists import read_listed


@dataclass(frozen=True)
class ListFile:
    """A file with addresses: text, a table, an export of Media Cloud or GDELT, or a feed; see `read_listed`."""

    path: Path

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    def addresses(self, fetcher: Fetcher, version: tuple[str, str]) -> Listing:
        """Return the addresses in the file.

        Raises
        ------
        ReadError
            The file cannot be read, or holds no address.
        """
        return Listing(read_listed(self.path))
