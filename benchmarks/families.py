"""How long and how much memory the search for wire copy takes once the texts are hashed.

    python -m benchmarks.families [--articles 1000000] [--shingles 600]

Random hashes stand for the shingles of an article, since a million texts take half an hour to hash. Of 30 articles,
three are copies that share four fifths of their shingles. Each stage reports its CPU time and peak memory (resident
set). `python -m benchmarks.scale measure FOLDER --only families` measures the search with texts. Linux only.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.corpus import wire_copy

PART = 488  # articles, as in a shard
COPIES, OF = 3, 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--shingles", type=int, default=600)
    given = parser.parse_args()
    wire_copy.ShingleHasher = lambda: lambda number: made_hashes(number, given.shingles)  # type: ignore
    wire_copy._Articles.hashed = measured(wire_copy._Articles.hashed)  # type: ignore[method-assign]
    for name in ("_without_boilerplate", "_candidates", "_are_contained"):
        setattr(wire_copy, name, measured(getattr(wire_copy, name)))
    found = wire_copy.family_ids(made_articles(given.articles))
    print(f"{len(found):,} articles, {found['family_id'].nunique():,} families")


def made_hashes(number: int, n_shingles: int) -> np.ndarray:
    """Hashes of an article; those of copies begin like the ones of the first copy."""
    hashes = np.random.default_rng(number).integers(0, 2**64 - 1, n_shingles, dtype=np.uint64)
    if number % OF < COPIES:
        n_shared = n_shingles * 4 // 5
        first = np.random.default_rng(number - number % OF)
        hashes[:n_shared] = first.integers(0, 2**64 - 1, n_shingles, dtype=np.uint64)[:n_shared]
    return np.unique(hashes)


def made_articles(n: int) -> Iterator[pd.DataFrame]:
    """Articles of 97 outlets, 300 a day, with their number as text."""
    start = pd.Timestamp("2015-01-01", tz="UTC")
    for first in range(0, n, PART):
        numbers = np.arange(first, min(n, first + PART))
        yield pd.DataFrame(
            {
                "article_id": pd.array([f"example-gazette-0123456789ab-r{i:07d}" for i in numbers], "str"),
                "outlet": pd.array([f"Outlet number {i % 97}" for i in numbers], "str"),
                "published": start + pd.to_timedelta(numbers // 300, unit="D"),
                "text": numbers,
            }
        )


def measured(stage: Callable[..., Any]) -> Callable[..., Any]:
    """Let a stage print what it has taken."""

    def run(*given: Any) -> Any:
        Path("/proc/self/clear_refs").write_text("5")  # the peak is measured from here on
        before = time.process_time()
        result = stage(*given)
        peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
        assert peak is not None
        name = stage.__name__.strip("_")
        print(f"{name:20} {time.process_time() - before:7.0f} CPU s {int(peak[1]) / 1e6:6.2f} GB", flush=True)
        return result

    return run


if __name__ == "__main__":
    main()
