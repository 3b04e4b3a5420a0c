"""What a run that is killed leaves, and how much memory a run needs that measures more articles.

    python -m benchmarks.writing kill [--times 200] [--workers 1] [--articles 40] [--seed 1]
    python -m benchmarks.writing kill-cluster [--times 30] [--articles 40] [--seed 1]
    python -m benchmarks.writing memory [--articles 200 2000 20000]

`kill` measures made-up articles once, then again and again into another folder, and each time kills the run (SIGKILL)
after a random time. It says how many runs were killed and how many finished, whether the workers of killed runs were
gone after five seconds, and whether the folder in the end has the same bytes. Each run is a fork of this process,
which has loaded the models before. Linux only.

`kill-cluster` does the same with a Dask scheduler and two workers, and each time kills the command, a worker or the
scheduler, at a random time after the command has found both workers. After the loss of a worker, the run must go on
to its end; after that of the scheduler, it must end with an error within a minute.

`memory` reports the peak memory (resident set) of `framing annotate --workers 1`, each in a process of its own. The
models measure the first article alone; its rows are given to every article, so that 20,000 need minutes, not hours.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pandas as pd

import analysis
from analysis.annotators.cluster import connected
from analysis.annotators.results import measure_into
from analysis.dataset import layout
from analysis.study import Study

STUDY = Path(__file__).parents[1] / "data"
N_WORKERS = 2  # of the cluster
TEXT = (
    "The two sides met on Tuesday. “We want more trade with Iran,” a Russian diplomat said, “and fewer sanctions.” "
    "Officials in Tehran said that the talks about the railway had gone well. Report number {number}."
)


def made_articles(n: int) -> pd.DataFrame:
    """Short articles that differ in a number."""
    rows = [
        {"id": f"a{number:06d}", "outlet": "Example Gazette", "date": "2022-06-29", "title": "Envoys meet",
         "text": TEXT.format(number=number)}
        for number in range(n)
    ]  # fmt: skip
    return analysis.read_articles(pd.DataFrame(rows))


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def processes(session_of: int) -> list[int]:
    """Ids of the living children of a process, or of those that were its children and still run."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if b"parallel import serve" in (process / "cmdline").read_bytes():
                environment = (process / "environ").read_bytes()
                if f"FRAMING_BENCHMARK={session_of}".encode() in environment.split(b"\0"):
                    found.append(int(process.name))
        except OSError:
            continue
    return found


def run_in_fork(folder: Path, articles: pd.DataFrame, study: Study, workers: int) -> int:
    """Start a run in a fork of this process and return its id."""
    pid = os.fork()
    if pid == 0:
        os.environ["FRAMING_BENCHMARK"] = str(os.getppid())  # workers inherit it
        try:
            measure_into(folder, articles, study, workers=workers)
            os._exit(0)
        except BaseException as error:
            print(type(error).__name__, error, file=sys.stderr)
            os._exit(1)
    return pid


def kill(options: argparse.Namespace) -> int:
    study, articles = analysis.load_study(STUDY), made_articles(options.articles)
    generator = random.Random(options.seed)
    base = Path(tempfile.mkdtemp(prefix="framing-kill-"))
    started = time.monotonic()
    measure_into(base / "whole", articles, study)
    expected = contents(base / "whole")
    shm = Path("/dev/shm")
    before = set(shm.iterdir())
    # once more with the models loaded: how long a run takes
    started = time.monotonic()
    pid = run_in_fork(base / "timed", articles, study, options.workers)
    os.waitpid(pid, 0)
    longest = time.monotonic() - started
    killed = finished = outlived = different = failed = 0
    folder = base / "killed"
    while killed < options.times:
        pid = run_in_fork(folder, articles, study, options.workers)
        # resumed runs are shorter: from a tenth of a second to a whole run
        wait = generator.uniform(0, longest) * generator.choice((0.05, 0.2, 0.5, 1))
        deadline = time.monotonic() + wait
        status = None
        while time.monotonic() < deadline:
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                break
            status = None
            time.sleep(0.002)
        if status is None:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            killed += 1
            limit = time.monotonic() + 5
            while processes(os.getpid()) and time.monotonic() < limit:
                time.sleep(0.05)
            outlived += len(processes(os.getpid()))
        elif status == 0:
            finished += 1
            different += contents(folder) != expected
            shutil.rmtree(folder)
        else:
            failed += 1
    os.waitpid(run_in_fork(folder, articles, study, options.workers), 0)
    different += contents(folder) != expected
    left = {
        path.name for path in set(shm.iterdir()) - before if "joblib" in path.name or "framing" in path.name
    }
    print(
        f"{options.workers} worker(s), {options.articles} articles, {longest:.1f} s a run: {killed} runs killed, "
        f"{finished + 1} finished, {different} of these with other bytes, {failed} failed, "
        f"{outlived} workers outlived their parent by 5 s, {len(left)} entries left in /dev/shm"
    )
    shutil.rmtree(base)
    return int(bool(different or failed or outlived or left))


class Cluster:
    """A Dask scheduler and two workers on this machine, each a process."""

    def __init__(self, base: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._base = base
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", port)
        self.workers = [self.new_worker() for _ in range(N_WORKERS)]

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options, "--no-dashboard"]
        log = (self._base / "cluster.log").open("ab")
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=self._base)

    def new_worker(self) -> subprocess.Popen[bytes]:
        alone = ("--nthreads", "1", "--no-nanny", "--death-timeout", "30")
        return self._start("worker", self.address, *alone, "--local-directory", str(self._base))

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def run_in_cluster(folder: Path, articles: pd.DataFrame, study: Study, address: str) -> int:
    """Start a run in a fork of this process, wait until it has found the workers, and return its id.

    A scheduler takes seconds to start, and a run that is killed before it has found one tests nothing.
    """
    ready, say_ready = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            with connected(address) as client:
                client.wait_for_workers(N_WORKERS, timeout=120)
                os.write(say_ready, b".")
                measure_into(folder, articles, study, client=client)
            os._exit(0)
        except BaseException as error:
            print(type(error).__name__, str(error).splitlines()[0], file=sys.stderr)
            os._exit(1)
    os.close(say_ready)
    found = os.read(ready, 1)  # nothing if the run has ended
    os.close(ready)
    if not found:
        raise RuntimeError(f"a run has not found {N_WORKERS} workers at {address}")
    return pid


def ended(pid: int, seconds: float) -> int | None:
    """Wait for a process; return its status, or None if it still runs after so many seconds."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(0.01)
    return None


def kill_cluster(options: argparse.Namespace) -> int:
    layout.SHARD_SIZE = 3  # several shards of few articles
    study, articles = analysis.load_study(STUDY), made_articles(options.articles)
    generator = random.Random(options.seed)
    base = Path(tempfile.mkdtemp(prefix="framing-kill-"))
    measure_into(base / "whole", articles, study)
    expected, folder = contents(base / "whole"), base / "killed"
    cluster = Cluster(base)
    started = time.monotonic()
    os.waitpid(run_in_cluster(folder, articles, study, cluster.address), 0)
    longest = first = time.monotonic() - started
    finished, different, failed = 1, int(contents(folder) != expected), 0
    shutil.rmtree(folder)
    killed: Counter[str] = Counter()
    while killed.total() < options.times:
        pid = run_in_cluster(folder, articles, study, cluster.address)
        victim = generator.choice(("command", "worker", "scheduler"))
        started = time.monotonic()
        status = ended(pid, generator.uniform(0, longest))
        if status == 0:  # the next run is as fast, unless it must load the models
            longest = time.monotonic() - started
        if status is None:
            killed[victim] += 1
            print(f"{killed.total()}: {victim}", file=sys.stderr)
            if victim == "command":
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                continue
            if victim == "worker":
                lost = cluster.workers.pop(0)
                lost.kill()
                lost.wait()
                cluster.workers.append(cluster.new_worker())
                status = ended(pid, 300)
            else:
                cluster.scheduler.kill()
                status = ended(pid, 60)
                cluster.close()
                cluster, longest = Cluster(base), first
            if status is None:  # it hangs
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        if status == 0:
            finished += 1
            different += contents(folder) != expected
            shutil.rmtree(folder)
        elif status is None or victim != "scheduler":
            failed += 1
    os.waitpid(run_in_cluster(folder, articles, study, cluster.address), 0)
    different += contents(folder) != expected
    cluster.close()
    print(
        f"cluster of 2 workers, {options.articles} articles, {first:.1f} s the first run: killed "
        f"{', '.join(f'{n} times the {name}' for name, n in killed.items())}; {finished + 1} finished, {different} "
        f"of these with other bytes, {failed} failed or hung"
    )
    shutil.rmtree(base)
    return int(bool(different or failed))


_MEASURE = """
import sys, json
from pathlib import Path
from analysis.annotators import pipeline
from benchmarks.writing import STUDY
whole, rows = pipeline.annotate_batch, {}
def annotate_batch(articles, study):
    if not rows:
        rows.update(whole(articles[:1], study))
    first = rows["tones"][0]["article_id"]
    def given(row, article_id):
        return {name: value.replace(first, article_id) if name.endswith("_id") and value else value
                for name, value in row.items()}
    return {name: [given(row, a.article_id) for a in articles for row in some] for name, some in rows.items()}
pipeline.annotate_batch = annotate_batch
from analysis import cli
try:
    cli.app(["annotate", sys.argv[1], "--study", str(STUDY), "--out", sys.argv[2], "--workers", "1"])
finally:
    status = Path("/proc/self/status").read_text()
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), file=sys.stderr)
"""


def memory(options: argparse.Namespace) -> int:
    peaks = []
    for n in options.articles:
        with tempfile.TemporaryDirectory(prefix="framing-memory-") as base:
            source = Path(base, "articles.jsonl")
            with source.open("w", encoding="utf-8") as file:
                for number in range(n):
                    record = {"id": f"a{number:06d}", "outlet": "Example Gazette", "date": "2022-06-29",
                              "title": "Envoys meet", "text": TEXT.format(number=number)}  # fmt: skip
                    file.write(json.dumps(record) + "\n")
            command = [sys.executable, "-c", _MEASURE, str(source), str(Path(base, "out"))]
            started = time.monotonic()
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            if ran.returncode:
                print(ran.stderr, file=sys.stderr)
                return 1
            peaks.append(int(ran.stderr.split()[-1]) / 1024)
            print(
                f"{n:>9,} articles: peak {peaks[-1]:,.0f} MiB, {time.monotonic() - started:.0f} s", flush=True
            )
    print(f"difference {max(peaks) - min(peaks):,.0f} MiB")
    return int(max(peaks) - min(peaks) > 100)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("kill")
    one.add_argument("--times", type=int, default=200)
    one.add_argument("--workers", type=int, default=1)
    one.add_argument("--articles", type=int, default=40)
    one.add_argument("--seed", type=int, default=1)
    one.set_defaults(function=kill)
    three = commands.add_parser("kill-cluster")
    three.add_argument("--times", type=int, default=30)
    three.add_argument("--articles", type=int, default=40)
    three.add_argument("--seed", type=int, default=1)
    three.set_defaults(function=kill_cluster)
    two = commands.add_parser("memory")
    two.add_argument("--articles", type=int, nargs="+", default=[200, 2_000, 20_000])
    two.set_defaults(function=memory)
    options = parser.parse_args()
    return options.function(options)


if __name__ == "__main__":
    sys.exit(main())
