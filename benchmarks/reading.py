"""How much memory reading takes for files of any size.

    python -m benchmarks.reading [--megabytes 5 40] [--kept 3] [--format jsonl]

Makes files of random words and reads each in a process of its own, as `framing annotate` and `framing inspect` do.
`--kept` is how many megabytes of texts and shingles stay in memory before they are written to disk (the toolkit keeps
about 100), so that files of a few megabytes show what large ones need. Prints the peak memory (resident set).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

N_WORDS = 1_450  # of an article; about 10 kB
_READ = """
import sys
from analysis.corpus import article_store, shingle_store
from analysis.ingest import read_to_store, reading, spill
kept = int(float(sys.argv[2]) * 1e6)
article_store.IN_MEMORY = spill.IN_MEMORY = kept
reading._CHARACTERS_AT_ONCE = kept // 3
shingle_store.IN_MEMORY = kept // 6
print(len(read_to_store(sys.argv[1]).articles))
"""


def records(megabytes: int) -> Iterator[dict[str, str]]:
    """Articles of random words, about 10 kB each."""
    generator = random.Random(1)
    words = [f"word{number}" for number in range(2_000)]
    for number in range(megabytes * 100):
        text = " ".join(generator.choices(words, k=N_WORDS))
        yield {"id": f"a{number:06d}", "outlet": f"Outlet {number % 7}", "date": "2022-06-29", "text": text}


def write(path: Path, megabytes: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".jsonl":
            file.writelines(f"{json.dumps(record)}\n" for record in records(megabytes))
        else:
            table = csv.DictWriter(file, ["id", "outlet", "date", "text"])
            table.writeheader()
            table.writerows(records(megabytes))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, nargs="+", default=[5, 40])
    parser.add_argument("--kept", type=float, default=3)
    parser.add_argument("--format", choices=["jsonl", "csv"], default="jsonl")
    options = parser.parse_args()
    for megabytes in options.megabytes:
        with tempfile.TemporaryDirectory(prefix="framing-reading-") as folder:
            path = Path(folder, f"articles.{options.format}")
            write(path, megabytes)
            command = [sys.executable, "-c", _READ, str(path), str(options.kept)]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert process.stdout is not None
            output = process.stdout.read()
            _, status, used = os.wait4(process.pid, 0)
        print(
            f"{options.format}, {megabytes:,} MB, {int(output or 0):,} articles: "
            f"peak {used.ru_maxrss / 1024:,.0f} MiB, {used.ru_utime + used.ru_stime:.0f} CPU s"
            f"{'' if status == 0 else ', failed'}",
            flush=True,
        )


if __name__ == "__main__":
    main()
