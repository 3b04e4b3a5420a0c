"""Two runs into one folder refuse each other; runs with different shares do not."""

import json
import os
import socket
import time

import pytest

from analysis.dataset.lock import LOCK, locked
from analysis.errors import FramingError


def test_the_second_run_is_refused_with_owner_and_age(tmp_path):
    with locked(tmp_path):
        owner = rf"process {os.getpid()} on {socket.gethostname()}, started 0 minutes ago"
        with pytest.raises(FramingError, match=owner), locked(tmp_path):
            pass
        with pytest.raises(FramingError), locked(tmp_path, "1-of-2"):
            pass
    with locked(tmp_path):
        pass
    assert not list(tmp_path.iterdir())


def test_shares_do_not_refuse_each_other_but_the_same_share_and_the_whole_do(tmp_path):
    with locked(tmp_path, "1-of-2"), locked(tmp_path, "2-of-2"):
        with pytest.raises(FramingError), locked(tmp_path, "1-of-2"):
            pass
        with pytest.raises(FramingError), locked(tmp_path):
            pass


@pytest.mark.parametrize(
    ("host", "pid", "age"),
    [(socket.gethostname(), 2**22 + 1, 0), ("elsewhere", 1, 400), (socket.gethostname(), os.getpid(), 400)],
    ids=["process that has ended", "machine that is silent", "process id of another program"],
)
def test_the_lock_of_a_dead_owner_is_ignored(tmp_path, host, pid, age):
    path = tmp_path / LOCK
    path.write_text(json.dumps({"host": host, "pid": pid, "started": 0}), encoding="ascii")
    os.utime(path, (time.time() - age,) * 2)
    with locked(tmp_path):
        pass


def test_a_living_owner_on_another_machine_is_respected(tmp_path):
    (tmp_path / LOCK).write_text(json.dumps({"host": "elsewhere", "pid": 1}), encoding="ascii")
    with pytest.raises(FramingError, match="process 1 on elsewhere"), locked(tmp_path):
        pass


def test_a_damaged_lock_is_respected_while_it_is_fresh(tmp_path):
    (tmp_path / LOCK).write_bytes(b"\xff")
    with pytest.raises(FramingError), locked(tmp_path):
        pass
