"""CPU time of annotation by stage, beside an earlier version and beside textacy, spaCy and VADER, in one run.

    python -m benchmarks.speed ARTICLES.jsonl --before COMMIT --peers .venv-peers/bin/python

Prints CPU milliseconds per 750 words, on one thread, without reading articles and writing tables. All systems run
side by side, each in a process of its own, and take turns after every few articles. A machine that is busy with other
work therefore slows all of them down alike: compare them with each other, within one run. The start (imports, models,
study, and the first article) is given apart, in seconds. ARTICLES.jsonl has the fields text, title, outlet and date,
one article per line.

The earlier version is checked out to a temporary folder; it must have `analysis.annotators.pipeline`. The environment
of the peers is made as `benchmarks.quotes` describes.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from analysis.corpus import count_words

WORDS = 750  # of a news article
CHUNK = 16  # articles between two turns: a batch of `framing annotate`
_ROOT = Path(__file__).resolve().parents[1]
_WORKER = Path(__file__).with_name("speed_worker.py")


class System:
    """A process that times one system on chunks of articles."""

    def __init__(self, name: str, arguments: Sequence[str | Path], tree: Path) -> None:
        alone = {"OMP_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1", "PYTHONPATH": str(tree)}
        self.name = name
        self.seconds: Counter[str] = Counter()
        self._process = subprocess.Popen(
            [*map(str, arguments)],
            cwd=tree,
            env={**os.environ, **alone},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.start = float(self._answer()["start"])

    def run(self, first: int, stop: int) -> None:
        """Time the articles from `first` to `stop`, excluded."""
        assert self._process.stdin is not None
        print(first, stop, file=self._process.stdin, flush=True)
        self.seconds.update(self._answer())

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _answer(self) -> dict[str, float]:
        assert self._process.stdout is not None
        answer: dict[str, float] = json.loads(self._process.stdout.readline() or "{}")
        if not answer:
            raise SystemExit(f"{self.name}: the process ended with an error")
        return answer


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--number", type=int, default=200, help="use the first articles only (default 200)")
    parser.add_argument("--before", help="commit of an earlier version")
    parser.add_argument("--peers", type=Path, help="the Python of the environment that has textacy")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        with options.articles.open(encoding="utf-8") as lines:
            chosen = list(islice(lines, options.number))
        path.write_text("".join(chosen), encoding="utf-8")
        n_words = sum(count_words(json.loads(line)["text"]) for line in chosen)
        with _earlier(options.before, Path(folder)) as trees:
            systems = _systems(path, trees, options.peers)
            _take_turns(systems, len(chosen))
    print(f"{len(chosen)} articles, {n_words:,} words; CPU ms per {WORDS} words")
    print(report(systems, n_words))


def report(systems: Sequence[System], n_words: int) -> str:
    """A table of systems by stage."""
    stages = sorted({stage for system in systems for stage in system.seconds} - {"all"})
    lines = [f"{'':28}" + "".join(f"{system.name:>12}" for system in systems)]

    def line(title: str, values: list[Any]) -> None:
        lines.append(f"{title:28}" + "".join(f"{value:>12}" for value in values))

    def rate(seconds: float | None) -> str:
        return "" if seconds is None else f"{1000 * WORDS * seconds / n_words:.1f}"

    for stage in stages:
        line(stage, [rate(system.seconds.get(stage)) for system in systems])
    line("all", [rate(system.seconds.total()) for system in systems])
    line("start, seconds", [f"{system.start:.1f}" for system in systems])
    return "\n".join(lines)


def _systems(path: Path, trees: dict[str, Path], peers: Path | None) -> list[System]:
    systems = [System(name, [sys.executable, _WORKER, "framing", path], tree) for name, tree in trees.items()]
    if peers:
        systems += [
            System(name, [peers, _WORKER, name, path], _ROOT) for name in ("spacy", "textacy", "vader")
        ]
    return systems


def _take_turns(systems: list[System], n_articles: int) -> None:
    turns = list(pairwise([*range(0, n_articles, CHUNK), n_articles]))
    for number, (first, stop) in enumerate(turns):
        for system in systems if number % 2 else reversed(systems):
            system.run(first, stop)
        print(f"\r{stop} of {n_articles}", end="", file=sys.stderr)
    print(file=sys.stderr)
    for system in systems:
        system.close()


@contextlib.contextmanager
def _earlier(commit: str | None, folder: Path) -> Iterator[dict[str, Path]]:
    """Yield the folders of the versions by name; that of the earlier one is a temporary git worktree."""
    if commit is None:
        yield {"now": _ROOT}
        return
    tree = folder / "before"
    git = ["git", "-C", str(_ROOT), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(tree), commit], check=True)
    try:
        yield {"before": tree, "now": _ROOT}
    finally:
        subprocess.run([*git, "remove", "--force", str(tree)], check=True)


if __name__ == "__main__":
    main()
