"""Copy results between folders and object stores such as S3.

An object store has no renaming and, in many cases, no writing of a file only if it is not there. Results are
therefore measured in folders and copied: parts and markers first, whose names have a hash of their content, so that
writing one of them twice does no harm; `run.json` last, so that a store never names files that it does not have.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.dataset.folder import RUN_FILE, STUDY_FOLDER, complete_commit, link_tables, open_dataset
from analysis.dataset.lock import LOCK, locked
from analysis.dataset.parts import CHANGED, sha256
from analysis.errors import FramingError, ReadError
from analysis.files import make_folder, write_file

_HASHED = re.compile(r"[^/.][^/]*/(?:part-)?\d+-([0-9a-f]{16})\.(?:parquet|json)")
_FIXED = re.compile(rf"[^/.][^/]*|{STUDY_FOLDER}/[^/.][^/]*")
_ADDRESS = re.compile(r"[a-z][a-z0-9+]+://")
_STALE = 3600.0  # seconds after which the lock of a copy is taken for one that was stopped


def copy_results(source: str | Path, target: str | Path) -> int:
    """Copy results, or the finished shards of results that are not complete yet.

    Files that the target has are not copied again. When complete results are copied, parts of older results in the
    target are removed at the end.

    Parameters
    ----------
    source, target : path or str
        A folder, or an address such as 's3://bucket/results' for which fsspec has a file system.

    Returns
    -------
    int
        The number of files that were copied.

    Raises
    ------
    ReadError
        There are no results in the source, or a file is not what was written.
    FramingError
        Another process copies complete results to the target, or one of the two cannot be reached.

    Notes
    -----
    Any number of processes may copy shards to one store at the same time. Only one may copy complete results. A store
    that can write a file only if it is not there refuses the second one.
    """
    one, other = _place(source), _place(target)
    names, known = one.files(), other.files()
    hashed = {name: match[1] for name in names if (match := _HASHED.fullmatch(name))}
    if not hashed:
        raise ReadError("there are no results here", path=source)
    copied = 0
    for name, digest in sorted(hashed.items()):
        if known.get(name) != names[name]:
            content = one.read(name)
            if not sha256(content).startswith(digest):
                raise ReadError(CHANGED, path=f"{source}/{name}", remedy="copy or measure it again")
            other.write(name, content)
            copied += 1
    if RUN_FILE not in names:
        return copied
    fixed = sorted(
        (name for name in names if _FIXED.fullmatch(name)), key=lambda name: (name == RUN_FILE, name)
    )
    with other.locked():
        for name in fixed:
            other.write(name, one.read(name))
        old = {name for name in known if _HASHED.fullmatch(name) or name.startswith(f"{STUDY_FOLDER}/")}
        for name in sorted(old - set(names)):
            other.remove(name)
    other.finish()
    return copied + len(fixed)


def _place(given: str | Path) -> _Folder | _Store:
    return _Store(str(given)) if _ADDRESS.match(str(given)) else _Folder(Path(given))


class _Folder:
    """A results folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self) -> dict[str, int]:
        """Sizes of the files by name; links are left out."""
        complete_commit(self._folder)
        paths = (*self._folder.glob("*"), *self._folder.glob("*/*"))
        return {
            path.relative_to(self._folder).as_posix(): path.stat().st_size
            for path in paths
            if path.is_file() and not path.parent.is_symlink()
        }

    def read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise ReadError(f"cannot be read: {error.strerror}", path=self._folder / name) from None

    def write(self, name: str, content: bytes) -> None:
        make_folder((self._folder / name).parent)
        write_file(self._folder / name, content)

    def remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs out."""
        with locked(self._folder):
            yield

    def finish(self) -> None:
        """Check that the files belong together."""
        open_dataset(self._folder)
        link_tables(self._folder)


class _Store:
    """Results in an object store."""

    def __init__(self, address: str) -> None:
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise FramingError(
                "addresses need fsspec", path=address, remedy="pip install 'media-framing[cluster]'"
            ) from None
        try:
            self._store, self._root = url_to_fs(address.rstrip("/"))
        except (ImportError, ValueError) as error:  # fsspec names the package that is missing
            raise FramingError(f"no file system for this address: {error}", path=address) from None
        self._address = address

    def files(self) -> dict[str, int]:
        """Sizes of the files by name."""
        self._store.invalidate_cache()
        with self._errors():
            try:
                found = self._store.find(self._root, detail=True)
            except FileNotFoundError:
                return {}
        return {path[len(self._root) :].strip("/"): about["size"] for path, about in found.items()}

    def read(self, name: str) -> bytes:
        with self._errors(name):
            content: bytes = self._store.cat_file(f"{self._root}/{name}")
        return content

    def write(self, name: str, content: bytes) -> None:
        with self._errors(name):
            self._store.pipe_file(f"{self._root}/{name}", content)

    def remove(self, name: str) -> None:
        with self._errors(name):
            self._store.rm_file(f"{self._root}/{name}")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep another copy out, if the store can write a file only if it is not there."""
        own = json.dumps({"started": time.time()}).encode("ascii")
        with self._errors(LOCK):
            if self._is_stale():
                self.remove(LOCK)
            try:
                self._store.pipe_file(f"{self._root}/{LOCK}", own, mode="create")
            except FileExistsError:
                raise FramingError(
                    "another process copies results here",
                    path=self._address,
                    remedy=f"wait until it has ended; if it was killed, remove {LOCK}, or wait for an hour",
                ) from None
            except (NotImplementedError, TypeError):  # the store cannot do it
                pass
        try:
            yield
        finally:
            with self._errors(LOCK):
                if self._store.exists(f"{self._root}/{LOCK}"):
                    self.remove(LOCK)

    def _is_stale(self) -> bool:
        try:
            started: Any = json.loads(self._store.cat_file(f"{self._root}/{LOCK}")).get("started")
        except FileNotFoundError:
            return False
        except (ValueError, AttributeError):
            return True
        return not isinstance(started, float) or time.time() - started > _STALE

    def finish(self) -> None:
        """Nothing is left to do in a store."""

    @contextmanager
    def _errors(self, name: str = "") -> Iterator[None]:
        """Report errors of the store with the address."""
        try:
            yield
        except OSError as error:
            path = f"{self._address}/{name}" if name else self._address
            raise FramingError(f"the store refuses: {error}", path=path) from None
