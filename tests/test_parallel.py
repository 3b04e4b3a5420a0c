"""Worker processes: the same results in the same order for any number of them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis import parallel
from analysis.errors import FramingError
from tests.conftest import ROOT


def square(numbers):
    print("what a function prints is no answer")
    return [number * number for number in numbers]


def refuse(number):
    raise FramingError(f"{number} is no good") if number else ValueError("a bug")


def end_process(number):
    os._exit(number)


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers):
    tasks = [[3 * i, 3 * i + 1] for i in range(40)]
    assert list(parallel.run(square, iter(tasks), workers=workers)) == [square(task) for task in tasks]


def test_no_tasks_no_results():
    assert list(parallel.run(square, [], workers=2)) == []


def test_errors_of_workers_are_raised_here():
    with pytest.raises(FramingError, match="7 is no good"):
        list(parallel.run(refuse, [7], workers=2))
    with pytest.raises(RuntimeError, match="ValueError: a bug"):
        list(parallel.run(refuse, [0], workers=2))


def test_a_worker_that_was_killed_is_told_and_the_others_end():
    with pytest.raises(FramingError, match=r"a worker process was killed.*--resume"):
        list(parallel.run(end_process, [1, 1], workers=2))
    assert not workers_of(os.getpid())


def workers_of(parent):
    """Ids of the worker processes of a process."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            above = int((process / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has just ended
        if above == parent and is_worker(process.name):
            found.append(process.name)
    return found


def is_worker(pid):
    try:
        return b"parallel import serve" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


SLOW = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
sys.path.insert(0, {root!r})
from analysis import parallel
for _ in parallel.run(time.sleep, [600, 600], workers=2): pass
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are listed by Linux alone")
@pytest.mark.parametrize("killed_by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent_and_leave_nothing(killed_by):
    parent = subprocess.Popen([sys.executable, "-c", SLOW.format(root=str(ROOT))], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(workers := workers_of(parent.pid)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    parent.send_signal(killed_by)
    parent.wait(timeout=60)
    deadline = time.monotonic() + 5
    while any(map(is_worker, workers)):
        assert time.monotonic() < deadline, "a worker has outlived its parent"
        time.sleep(0.05)


def test_workers_are_chosen_by_the_work_there_is(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert parallel.choose_workers(None, 3) == 1
    assert parallel.choose_workers(None, 3 * parallel.ITEMS_PER_WORKER) == 3
    assert parallel.choose_workers(None, 10_000) == 8
    assert parallel.choose_workers(5, 3) == 5
    with pytest.raises(FramingError, match="at least 1, got 0"):
        parallel.choose_workers(0, 3)


def test_progress_goes_to_the_screen_and_warns_of_nothing(capsys):
    with parallel.progress_bar(total=3, shown=True, what="annotate") as bar:
        bar.update(3)
    screen = capsys.readouterr()
    assert screen.out == ""
    assert "annotate: 100%" in screen.err
    with parallel.progress_bar(total=3, shown=False, what="annotate") as bar:
        bar.update(3)
    assert capsys.readouterr().err == ""


def test_a_kernel_without_ipywidgets_gets_a_bar_of_text():
    """Every warning is shown in this kernel; what a notebook without ipywidgets sees is one bar."""
    code = (
        "import sys, warnings; warnings.simplefilter('always')\n"
        "sys.modules['ipywidgets'] = None; import ipykernel.zmqshell\n"
        "from IPython.core.interactiveshell import InteractiveShell; InteractiveShell.instance()\n"
        "from analysis import parallel\n"
        "with parallel.progress_bar(total=2, shown=True, what='annotate') as bar: bar.update(2)\n"
    )
    pytest.importorskip("ipykernel")
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "annotate: 100%" in result.stderr
    assert "Warning" not in result.stderr
