"""One run at a time writes into a results folder."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.errors import FramingError
from analysis.files import make_folder

LOCK = ".lock"
_BEAT = 20.0  # seconds between two signs of life
_STALE = 300.0  # seconds without one after which the owner is taken for dead


@contextmanager
def locked(folder: Path, share: str | None = None) -> Iterator[None]:
    """Keep other runs out of a results folder.

    Parameters
    ----------
    folder : path
    share : str, optional
        The share of the shards that is written, such as '3-of-64'. Runs with different shares do not exclude one
        another.

    Raises
    ------
    FramingError
        Another run is writing there; the message names its process and its age.

    Notes
    -----
    The lock of a process that has ended is ignored, and one of another machine that gave no sign of life for five
    minutes.
    """
    make_folder(folder)
    path = folder / (LOCK if share is None else f"{LOCK}-{share}")
    _refuse_others(folder, path, share)
    own = json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "started": time.time()}).encode()
    try:
        with path.open("xb") as file:
            file.write(own)
    except FileExistsError:
        raise _busy(path) from None
    except OSError as error:
        raise FramingError(f"cannot be written: {error.strerror}", path=path) from None
    ended = threading.Event()
    beat = threading.Thread(target=_beat, args=(path, ended), daemon=True)
    beat.start()
    try:
        yield
    finally:
        ended.set()
        beat.join()
        path.unlink(missing_ok=True)


def _beat(path: Path, ended: threading.Event) -> None:
    while not ended.wait(_BEAT):
        try:
            os.utime(path)
        except OSError:  # the folder was removed; the run itself will say so
            return


def _refuse_others(folder: Path, own: Path, share: str | None) -> None:
    """Raise an error if another run is writing. Locks whose owner is dead are removed."""
    for path in folder.glob(f"{LOCK}*"):
        if share is not None and path not in (own, folder / LOCK):
            continue
        if _is_alive(path):
            raise _busy(path)
        path.unlink(missing_ok=True)


def _is_alive(path: Path) -> bool:
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        return False
    owner = _owner(path)
    if owner.get("host") == socket.gethostname() and not _runs(owner.get("pid")):
        return False
    return age < _STALE


def _owner(path: Path) -> dict[str, Any]:
    try:
        owner = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return owner if isinstance(owner, dict) else {}


def _runs(pid: Any) -> bool:
    if not isinstance(pid, int) or os.name == "nt":  # there, os.kill would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _busy(path: Path) -> FramingError:
    owner = _owner(path)
    minutes = max(0.0, time.time() - owner.get("started", time.time())) / 60
    return FramingError(
        f"another run is writing into this folder: process {owner.get('pid', '?')} on {owner.get('host', '?')}, "
        f"started {minutes:,.0f} minutes ago",
        path=path.parent,
        remedy="wait until it has ended, or choose another --out",
    )
