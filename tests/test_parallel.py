"""Worker processes: the same results in the same order for any number of them."""

import subprocess
import sys

import pytest

from analysis import parallel
from analysis.errors import FramingError


def square(batch):
    return [number * number for number in batch]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers):
    batches = [[3 * i, 3 * i + 1] for i in range(5)]
    assert list(parallel.run(square, batches, workers=workers)) == [square(b) for b in batches]


def test_no_batches_no_results():
    assert list(parallel.run(square, [], workers=2)) == []


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
