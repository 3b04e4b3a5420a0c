"""Run one function over many batches, in this process or in several, with the same results in the same order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from analysis.errors import FramingError

Item = TypeVar("Item")
Result = TypeVar("Result")

# A worker process costs about two seconds to start (it loads its models); fewer articles are not worth it.
ITEMS_PER_WORKER = 60


def choose_workers(workers: int | None, n_items: int) -> int:
    """Number of processes: as given, or one per core, but no more than the number of articles needs.

    Raises
    ------
    FramingError
        Fewer than one worker was asked for.
    """
    if workers is None:
        return max(1, min(os.cpu_count() or 1, n_items // ITEMS_PER_WORKER))
    if workers < 1:
        raise FramingError(f"workers must be at least 1, got {workers}")
    return workers


def run(function: Callable[[Item], Result], batches: Sequence[Item], *, workers: int) -> Iterator[Result]:
    """Results of `function` for each batch, in order, as they become ready.

    Parameters
    ----------
    function : callable
        A function of a module, or a `functools.partial` of one.
    batches : sequence
    workers : int
        1 runs in this process.

    Yields
    ------
    result of the function

    Raises
    ------
    FramingError
        A worker process was killed, most often for want of memory.
    """
    if workers == 1 or len(batches) < 2:
        yield from map(function, batches)
        return
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    pool = Parallel(
        n_jobs=min(workers, len(batches)), backend="loky", return_as="generator", pre_dispatch="2*n_jobs"
    )
    try:
        yield from pool(delayed(function)(batch) for batch in batches)
    except TerminatedWorkerError:
        raise FramingError(
            "a worker process was killed, most often because memory ran out",
            remedy="run again with --resume and fewer --workers; finished articles are kept",
        ) from None


def progress_bar(*, total: int, shown: bool, what: str) -> Any:
    """A progress bar, drawn in a terminal or in a notebook; silent where not `shown`."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a notebook without ipywidgets gets a bar of text: no reason to warn
        from tqdm.auto import tqdm

    return tqdm(total=total, disable=not shown, desc=what, unit=" articles", smoothing=0.1)
