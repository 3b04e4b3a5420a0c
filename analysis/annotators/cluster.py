"""Measure shards with the workers of a Dask cluster.

Only the places of work folders go through the scheduler. Articles, study and rows are files in the results folder,
which all machines must see under the same path.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis import provenance
from analysis.annotators import shard as shard_work
from analysis.annotators.shard import WORK
from analysis.dataset.shards import Shard, finished_shards
from analysis.errors import FramingError
from analysis.study import Study, load_study

_AHEAD = 2  # shards per worker that are given out at a time
_RETRIES = 3
_SECONDS_TO_CONNECT = 30  # a scheduler may have been started just before, on a busy machine


@contextmanager
def connected(address: str | None) -> Iterator[Any]:
    """Connect to a Dask scheduler; yield None without an address.

    Raises
    ------
    FramingError
        Dask is not installed, or there is no scheduler at the address.
    """
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise FramingError(
            "Dask is not installed", remedy="pip install 'media-framing[cluster]' on all machines"
        ) from None
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise FramingError(
            f"there is no Dask scheduler at {address}: {error}", remedy="start one: dask scheduler"
        ) from None
    # Dask would print a traceback of a lost connection, which `measure_shards` reports
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    with client:
        yield client


def measure_shards(client: Any, folder: Path, works: Iterable[Path], study: Study) -> Iterator[Shard]:
    """Yield shards as workers finish them. New ones are given out as workers come free.

    Parameters
    ----------
    client : distributed.Client
    folder : path
        The results folder.
    works : iterable of path
        Work folders of the shards.
    study : Study

    Raises
    ------
    FramingError
        A worker raised it, has several threads or other code, or the connection was lost.
    """
    from concurrent.futures import CancelledError

    from distributed import KilledWorker, as_completed

    place = _give_study(folder.absolute(), study)
    running = as_completed()
    try:
        for work in works:
            running.add(
                client.submit(
                    measure_shard,
                    str(folder.absolute()),
                    work.name,
                    str(place),
                    provenance.code_fingerprint(),
                    key=f"framing-{work.name}",
                    pure=False,
                    retries=_RETRIES,
                )
            )
            while running.count() >= _AHEAD * max(1, len(_workers(client))):
                yield _shard(next(running).result())
        for future in running:
            yield _shard(future.result())
    except KilledWorker:
        raise FramingError(
            "workers of the cluster were killed, most often because memory ran out",
            remedy="give workers at least 2 GB each, and the same command with --resume",
        ) from None
    except (CancelledError, OSError, TimeoutError) as error:
        raise FramingError(
            f"the connection to the Dask scheduler was lost: {type(error).__name__} {error}",
            remedy="start it again, and give the same command with --resume; finished shards are kept",
        ) from None


def _workers(client: Any) -> dict[str, int]:
    """Return the workers of the cluster, which come and go.

    Raises
    ------
    FramingError
        A worker has several threads.
    """
    workers: dict[str, int] = client.nthreads()
    several = [name for name, n_threads in workers.items() if n_threads > 1]
    if several:
        raise FramingError(
            f"the worker {several[0]} has {workers[several[0]]} threads, and the models need a process each",
            remedy="start workers with --nthreads 1, and --nworkers for several processes",
        )
    return workers


def measure_shard(folder: str, name: str, study: str, code: str) -> bytes:
    """Measure a shard and write its parts and marker. Return the marker.

    Parameters
    ----------
    folder : str
        The results folder.
    name : str
        Name of the work folder of the shard.
    study : str
        Folder of the study.
    code : str
        Fingerprint of the code that measures.

    Raises
    ------
    FramingError
        This machine has other code, or does not see the folder.
    """
    if provenance.code_fingerprint() != code:
        raise FramingError(
            "this worker has another version of the toolkit",
            remedy="install the same version on all machines",
        )
    work = Path(folder) / WORK / name
    if not work.is_dir():
        for shard in finished_shards(Path(folder)):  # by a worker that was taken for lost
            if name == f"{shard.number:04d}-{shard.fingerprint}":
                return shard.content
        raise FramingError(
            "a worker does not see this folder", path=work, remedy="use a folder that all machines share"
        )
    for number in range(shard_work.read_plan(work).n_chunks):
        shard_work.measure_chunk(work, number, _given_study(study))
    return shard_work.finish_shard(Path(folder), work).content


def _shard(marker: bytes) -> Shard:
    from analysis.dataset.shards import parse_shard

    return parse_shard(marker)


def _give_study(folder: Path, study: Study) -> Path:
    """Write the study where workers read it."""
    place = folder / WORK / f"study-{study.fingerprint()}"
    study.save(place)
    return place


@lru_cache(maxsize=1)
def _given_study(folder: str) -> Study:
    return load_study(folder)
