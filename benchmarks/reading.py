"""How much memory reading takes for files of any size.

    python -m benchmarks.reading [--megabytes 5 40] [--kept 3] [--format jsonl] [--like ARTICLES.jsonl]

Makes files of random words, or of the articles in a file of JSON lines, in copies in which every third word has the
number of the copy. Reads and describes each file in a process of its own, as `framing inspect` does. `--kept` is how
many megabytes of texts and shingles stay in memory before they are written to disk (the toolkit keeps about 100), so
that files of a few megabytes show what large ones need. Prints the peak memory (resident set).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

N_WORDS = 1_450  # of an article; about 10 kB
_READ = """
import sys
from analysis.corpus import article_store, shingle_store
from analysis.ingest import inspection, read_to_store, reading, spill
kept = int(float(sys.argv[2]) * 1e6)
article_store.IN_MEMORY = spill.IN_MEMORY = kept
reading._CHARACTERS_AT_ONCE = kept // 3
shingle_store.IN_MEMORY = kept // 6
result = read_to_store(sys.argv[1])
list(inspection.describe(result))
print(len(result.articles))
"""


def random_words() -> Iterator[dict[str, str]]:
    """Articles of random words, about 10 kB each."""
    generator = random.Random(1)
    words = [f"word{number}" for number in range(2_000)]
    for number in count():
        text = " ".join(generator.choices(words, k=N_WORDS))
        yield {"id": f"a{number:06d}", "outlet": f"Outlet {number % 7}", "date": "2022-06-29", "text": text}


def copies(path: Path) -> Iterator[dict[str, str]]:
    """The articles of a file again and again, each time with another number in every third word."""
    third = re.compile(r"(\w+)(\W+\w+\W+\w+)")
    with path.open(encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    pieces = [third.sub("\\1\0\\2", article["text"]).split("\0") for article in articles]
    for number in count():
        for article, parts in zip(articles, pieces, strict=True):
            yield {**article, "id": f"{article['id']}-{number}", "text": str(number).join(parts)}


def write(path: Path, records: Iterable[dict[str, str]], megabytes: int) -> None:
    """Write records until the file has a size."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["id", "outlet", "date", "text"], extrasaction="ignore")
        if path.suffix == ".csv":
            table.writeheader()
        for record in records:
            if file.tell() >= megabytes * 1e6:
                break
            if path.suffix == ".csv":
                table.writerow(record)
            else:
                file.write(f"{json.dumps(record)}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, nargs="+", default=[5, 40])
    parser.add_argument("--kept", type=float, default=3)
    parser.add_argument("--format", choices=["jsonl", "csv"], default="jsonl")
    parser.add_argument("--like", type=Path, help="articles to copy")
    options = parser.parse_args()
    for megabytes in options.megabytes:
        with tempfile.TemporaryDirectory(prefix="framing-reading-") as folder:
            path = Path(folder, f"articles.{options.format}")
            write(path, copies(options.like) if options.like else random_words(), megabytes)
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
