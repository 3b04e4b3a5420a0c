"""Run one function on many tasks, in this process or in several, with the same results in the same order."""

from __future__ import annotations

import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from analysis.errors import FramingError

Item = TypeVar("Item")
Result = TypeVar("Result")

# A worker process costs about two seconds to start (it loads its models); fewer articles are not worth it.
ITEMS_PER_WORKER = 60
_AHEAD = 8  # tasks per worker that are given out before the first of them is done
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from analysis.parallel import serve
serve()
"""
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


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


def run(function: Callable[[Item], Result], tasks: Iterable[Item], *, workers: int) -> Generator[Result]:
    """Results of `function` for each task, in order, as they become ready.

    Parameters
    ----------
    function : callable
        A function of a module that can be imported, or a `functools.partial` of one.
    tasks : iterable
        They are taken as workers come free, so they may be generated.
    workers : int
        1 runs in this process.

    Yields
    ------
    result of the function

    Raises
    ------
    FramingError
        The function raised it, or a worker process was killed, most often because memory ran out.
    """
    if workers == 1:
        yield from map(function, tasks)
        return
    pool: _Pool | None = None
    pending: deque[Future[Result]] = deque()
    try:
        for task in tasks:
            pool = pool or _Pool(function, workers)
            pending.append(pool.submit(task))
            while len(pending) >= _AHEAD * workers or (pending and pending[0].done()):
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        if pool is not None:
            pool.close()


class _Pool:
    """Worker processes, each served by a thread of this one.

    Tasks and answers go through pipes, so nothing is left in shared memory. A worker that finds its pipe closed ends
    at once, so no worker outlives this process, however it ends.
    """

    def __init__(self, function: Callable[[Any], Any], workers: int) -> None:
        self._workers = [_Worker(function) for _ in range(workers)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers)

    def submit(self, task: Any) -> Future[Any]:
        """Give a task to the next worker that is free."""
        return self._threads.submit(self._call, task)

    def _call(self, task: Any) -> Any:
        worker = self._idle.get()
        try:
            return worker.call(task)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the workers at once, with what they are doing."""
        for worker in self._workers:
            worker.process.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()


class _Worker:
    """One process. It has a session of its own, so that Ctrl-C in a terminal reaches its parent alone.

    What goes through its pipes is pickled. Both ends are this program; nothing from elsewhere can get in.
    """

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **dict.fromkeys(_THREADS, "1")},
            start_new_session=True,
        )
        self._function: Callable[[Any], Any] | None = function  # sent with the first task

    def call(self, task: Any) -> Any:
        """Return the result of one task."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            if self._function is not None:
                pickle.dump(self._function, self.process.stdin)
                self._function = None
            pickle.dump(task, self.process.stdin)
            self.process.stdin.flush()
            result, error = pickle.load(self.process.stdout)  # noqa: S301
        except (OSError, EOFError, pickle.UnpicklingError):
            raise FramingError(
                "a worker process was killed, most often because memory ran out",
                remedy="run again with --resume and fewer --workers; finished articles are kept",
            ) from None
        if error is not None:
            raise error
        return result

    def close(self) -> None:
        """Release the pipes of a process that has ended."""
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError):  # what was not yet sent cannot be sent any more
                pipe.close()


def serve() -> None:
    """Answer tasks from standard input, until it is closed. This is what a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    tasks: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(tasks,), daemon=True).start()
    function = tasks.get()
    while True:
        answer: tuple[Any, Exception | None]
        try:
            answer = function(tasks.get()), None
        except FramingError as error:
            answer = None, error
        except Exception:
            answer = None, RuntimeError(f"in a worker process:\n{traceback.format_exc()}")
        pickle.dump(answer, answers)
        answers.flush()


def _receive(tasks: queue.SimpleQueue[Any]) -> None:
    """Pass on the tasks. End the process when its parent is gone, whatever it is doing."""
    try:
        while True:
            tasks.put(pickle.load(sys.stdin.buffer))  # noqa: S301
    except (OSError, EOFError, pickle.UnpicklingError):
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def progress_bar(*, total: int, shown: bool, what: str) -> Any:
    """A progress bar, drawn in a terminal or in a notebook; silent where not `shown`."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a notebook without ipywidgets gets a bar of text: no reason to warn
        from tqdm.auto import tqdm

    return tqdm(total=total, disable=not shown, desc=what, unit=" articles", smoothing=0.1)
