"""The marker of a finished shard: what it was measured from, and its parts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.dataset.parts import Part, sha256, write_part
from analysis.files import make_folder, write_file
from analysis.provenance import fingerprint

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "shards"


@dataclass(frozen=True)
class Shard:
    """A finished shard.

    Attributes
    ----------
    number : int
        From 0.
    fingerprint : str
        Of its articles and of everything that measured them (study, code, models, libraries).
    parts : dict of str to Part
        By table.
    rejects : tuple of dict
        Rows of `rejects`: the articles that could not be measured.
    """

    number: int
    fingerprint: str
    parts: dict[str, Part]
    rejects: tuple[dict[str, Any], ...] = ()

    @property
    def content(self) -> bytes:
        """The marker as JSON."""
        return f"{json.dumps(asdict(self), indent=1, sort_keys=True)}\n".encode("ascii")

    @property
    def sha256(self) -> str:
        """Checksum of the marker."""
        return sha256(self.content)

    @property
    def file(self) -> str:
        """Path of the marker within the results folder."""
        return f"{FOLDER}/{self.number:04d}-{self.sha256[:16]}.json"

    @property
    def files(self) -> set[str]:
        """The marker and its parts as paths within the results folder."""
        return {self.file, *(part.file for part in self.parts.values())}


def shard_fingerprint(environment: str, articles: bytes) -> str:
    """Return the fingerprint of a shard.

    Parameters
    ----------
    environment : str
        Fingerprint of what measures, see `analysis.provenance.environment_fingerprint`.
    articles : bytes
        The articles to measure as a Parquet file, without their families.
    """
    return fingerprint(environment, sha256(articles))


def write_shard(
    folder: Path,
    number: int,
    fingerprint: str,
    tables: Mapping[str, pa.Table],
    *,
    rejects: tuple[dict[str, Any], ...] = (),
) -> Shard:
    """Write the parts of a shard, then its marker.

    Parameters
    ----------
    folder : path
        The results folder.
    number : int
    fingerprint : str
    tables : mapping of str to pyarrow.Table
        The rows of the shard by table, sorted by key.
    rejects : tuple of dict

    Returns
    -------
    Shard
    """
    parts = {name: write_part(folder, name, number, table) for name, table in sorted(tables.items())}
    shard = Shard(number, fingerprint, parts, rejects)
    make_folder(folder / FOLDER)
    write_file(folder / shard.file, shard.content)
    return shard


def parse_shard(content: bytes) -> Shard:
    """Return the shard that a marker describes.

    Raises
    ------
    ValueError
        It is not a marker.
    """
    try:
        fields = json.loads(content)
        return Shard(
            number=int(fields["number"]),
            fingerprint=str(fields["fingerprint"]),
            parts={name: Part(**part) for name, part in fields["parts"].items()},
            rejects=tuple(fields["rejects"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"not the marker of a shard: {error}") from None


def finished_shards(folder: Path) -> Iterator[Shard]:
    """Yield the shards with a whole marker, whether or not `run.json` names them.

    A marker that is damaged is passed over: its name has the hash of its content.
    """
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            shard = parse_shard(path.read_bytes())
        except (OSError, ValueError):
            continue
        if shard.file == f"{FOLDER}/{path.name}":
            yield shard
