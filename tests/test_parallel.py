"""Worker processes: the same results in the same order for any number of them."""

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
    with pytest.raises(FramingError, match="0 workers"):
        parallel.choose_workers(0, 3)
