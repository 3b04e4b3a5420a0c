"""How long and how much memory everything that reads results takes, for results of any size.

    framing annotate data/articles --study data --out base
    python -m benchmarks.scale make FOLDER --articles 1000000 --from base
    python -m benchmarks.scale measure FOLDER [--only load_tables] [--only figures] ...
    python -m benchmarks.scale together FOLDER {figures,statistics}

`make` replicates the articles of finished results under new ids, with their rows in all tables but `parses`, which no
step reads. The dates of each replica are shifted. `measure` runs each step in a process of its own and reports its
wall time, CPU time and peak memory (resident set). Steps are `load_tables`, `figures` (as SVG and PNG, with their
gallery), `page`, `families`, the exports (`csv`, `xlsx`, `qdpx`, `xmi`, `standoff`, and `conllu` of results with
parses), the searches (`rare_word`, `frequent_word`), and each statistic by its name. Exports and what looks at every
text take long: those in `ONLY_IF_NAMED` are measured only if named.
`together` does the same for each figure, drawn as SVG, or each statistic, one after another in one process, where
they share counts. Linux only.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import analysis
from analysis.compare import (
    adoption,
    cooccurrence,
    differences,
    frames,
    quoting,
    rates,
    relations,
    tone,
    units,
    wire_copy,
    within_article,
)
from analysis.corpus.wire_copy import family_ids
from analysis.dataset import arrow, commit, n_shards_for, write_shard
from analysis.dataset.layout import shards_of
from analysis.dataset.shards import finished_shards
from analysis.exports import FORMATS, Format
from analysis.figures import draw, draw_figures
from analysis.figures.catalogue import default_figures
from analysis.report import write_report
from analysis.tables import Tables

FIRST_DAY = datetime(2021, 1, 1, tzinfo=UTC)  # of articles without a date
RARE, FREQUENT = "Bushehr", "sanction*"  # patterns that KWIC looks up
DAYS = 900  # the dates of the replicas are spread over this many further days


class Base:
    """The rows of the articles that are replicated, by table."""

    def __init__(self, results: list[Tables]) -> None:
        self.ids = pa.array(
            [i for tables in results for i in tables.metadata["article_id"]], pa.large_string()
        )
        self.families = {
            i: f
            for tables in results
            for i, f in tables.metadata[["article_id", "family_id"]].itertuples(index=False)
        }
        self.tables = {}
        for name, contract in arrow.STORED.items():
            parts = [arrow.from_frame(tables.data(name).frame(), contract) for tables in results]
            rows = pa.concat_tables(parts, promote_options="default")
            owners = rows["article_id" if "article_id" in rows.column_names else "quote_id"]
            if "article_id" not in rows.column_names:
                owners = pc.replace_substring_regex(owners, r"-q\d+$", "")
            place = pc.index_in(owners, self.ids).to_numpy()
            order = np.argsort(place, kind="stable")
            edges = np.searchsorted(place[order], np.arange(len(self.ids) + 1))
            rows = rows.take(order)
            ids = {
                column: _split(rows[column])
                for column in ("article_id", "quote_id")
                if column in rows.column_names
            }
            self.tables[name] = rows, ids, edges

    def replicas(self, name: str, articles: np.ndarray, numbers: np.ndarray) -> pa.Table:
        """The rows of some replicas: pairs of the place of an article and the number of its replica."""
        rows, ids, edges = self.tables[name]
        sizes = edges[articles + 1] - edges[articles]
        starts = np.repeat(edges[articles] - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
        chosen = starts + np.arange(sizes.sum())
        made = rows.take(chosen)
        number = np.repeat(numbers, sizes)
        for column, (article, end) in ids.items():
            made = _set(made, column, _joined(article.take(chosen), number, end.take(chosen)))
        if name == "articles":
            shift = pa.array(number * 37 % DAYS * 86_400_000_000, pa.duration("us"))
            dated = pc.fill_null(made["published"], pa.scalar(FIRST_DAY, made["published"].type))
            made = _set(made, "published", pc.add(dated, shift))
        return arrow.sort_by_key(made, arrow.STORED[name].key)


def _set(rows: pa.Table, column: str, values: pa.Array) -> pa.Table:
    place = rows.column_names.index(column)
    return rows.set_column(place, rows.field(column), values.cast(rows.field(column).type))


def _renamed(ids: pa.ChunkedArray, numbers: np.ndarray) -> pa.Array:
    """Ids with the number of the replica behind the article: ID-r00012, ID-r00012-q0003."""
    article, end = _split(ids)
    return _joined(article, numbers, end)


def _split(ids: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """The article of each id, and the number of the quote behind it, if any."""
    ids = ids.combine_chunks().cast(pa.large_string())
    return (
        pc.replace_substring_regex(ids, r"-q\d+$", ""),
        pc.replace_substring_regex(ids, r"^.*?(-q\d+)?$", r"\1"),
    )


def _joined(article: pa.Array, numbers: np.ndarray, end: pa.Array) -> pa.Array:
    mark = pa.scalar("-r", pa.large_string())
    number = pc.utf8_lpad(pa.array(numbers).cast(pa.large_string()), 5, "0")
    return pc.binary_join_element_wise(article, mark, number, end, pa.scalar("", pa.large_string()))


def make(folder: Path, n_articles: int, sources: list[Path]) -> None:
    """Write results with replicas of the articles of other results; what a stopped run has written is kept."""
    results = [analysis.load_tables(source) for source in sources]
    base = Base(results)
    count = len(base.ids)
    articles = np.arange(n_articles) % count
    numbers = np.arange(n_articles) // count
    ids = _renamed(pa.chunked_array([base.ids.take(articles)]), numbers)
    n_shards = n_shards_for(n_articles)
    shard = shards_of(ids.to_pylist(), n_shards)
    order = np.argsort(shard, kind="stable")
    edges = np.searchsorted(shard[order], np.arange(n_shards + 1))
    finished = list(finished_shards(folder))  # of a run that was stopped
    for number in sorted(set(range(n_shards)) - {shard.number for shard in finished}):
        chosen = order[edges[number] : edges[number + 1]]
        rows = {name: base.replicas(name, articles[chosen], numbers[chosen]) for name in arrow.STORED}
        finished.append(write_shard(folder, number, f"{number:064d}", rows))
    own = pa.array([base.families[i] for i in base.ids.to_pylist()], pa.large_string())
    families = pa.table(
        {"article_id": ids, "family_id": _renamed(pa.chunked_array([own.take(articles)]), numbers)}
    )
    families = arrow.sort_by_key(families, ["article_id"]).cast(arrow.schema(arrow.FAMILIES))
    rejects = ",".join(analysis.tables.TABLES["rejects"].columns) + "\n"
    commit(
        folder,
        run=dict(results[0].run) | {"n_articles": n_articles},
        finished=finished,
        families=families,
        rejects=rejects.encode(),
        study=results[0].study,
    )


def _metadata(folder: Path) -> None:
    len(analysis.load_tables(folder).metadata)


def _figures(folder: Path) -> None:
    draw(analysis.load_tables(folder), _new("figures"))


def _page(folder: Path) -> None:
    page = write_report(analysis.load_tables(folder), _new("page"), drawn=[])
    print(f"page without figures: {page.stat().st_size / 1e6:.1f} MB")


def _export(to: Format) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        out = _new(to) / f"export.{to}"
        analysis.export(analysis.load_tables(folder), out, to=to)
        files = [out] if out.is_file() else [path for path in out.rglob("*") if path.is_file()]
        print(f"{to}: {sum(path.stat().st_size for path in files) / 1e9:.2f} GB")
        shutil.rmtree(out.parent)

    return write


def _families(folder: Path) -> None:
    found = family_ids(_own_words(analysis.load_tables(folder)))
    print(f"{len(found):,} articles, {found['family_id'].nunique():,} families")


def _own_words(tables: Tables) -> Iterator[pd.DataFrame]:
    """Articles in which every third word has the number of the replica, so that replicas are no copies."""
    third = re.compile(r"(\w+)(\W+\w+\W+\w+)")
    for rows in tables.iter("articles"):
        numbers = rows["article_id"].str.extract(r"-r(\d+)$")[0]
        texts = [
            third.sub(rf"\g<1>{number}\2", text) for number, text in zip(numbers, rows["text"], strict=True)
        ]
        yield rows.assign(text=texts)


def _search(pattern: str) -> Callable[[Path], None]:
    return lambda folder: print(f"{len(analysis.kwic(analysis.load_tables(folder), pattern=pattern)):,} hits")


def _statistic(call: Callable[[Tables], object]) -> Callable[[Path], None]:
    return lambda folder: print(call(analysis.load_tables(folder)).__class__.__name__)


def _pair(tables: Tables) -> tuple[str, str]:
    one, other, *_ = tables.study_or_error().actors.side_ids
    return one, other


def _differences(tables: Tables) -> object:
    hits = units.theme_units(tables, "sanctions", voice="outlet")
    return differences.differences(hits, tables.metadata, by="outlet", method="articles", scale=1000)


STATISTICS: dict[str, Callable[[Tables], object]] = {
    "theme_rates": lambda t: rates.theme_rates(t, voice="split"),
    "theme_prevalence": rates.theme_prevalence,
    "voice_shares": rates.voice_shares,
    "quoted_shares": rates.quoted_shares,
    "tone_means": rates.tone_means,
    "polarity_index": lambda t: tone.polarity_index(t, only=_pair(t), voice="split"),
    "quote_kinds": quoting.quote_kinds,
    "cue_classes": quoting.cue_classes,
    "quoted_together": quoting.quoted_together,
    "theme_adoption": adoption.theme_adoption,
    "theme_unit_shares": cooccurrence.theme_unit_shares,
    "co_occurrence": cooccurrence.co_occurrence,
    "relation_balance": lambda t: relations.relation_balance(t, _pair(t)),
    "who_acts_on_whom": relations.who_acts_on_whom,
    "theme_contrasts": within_article.theme_contrasts,
    "side_contrast": lambda t: within_article.side_contrast(t, *_pair(t)),
    "differences": _differences,
    "theme_comparisons": lambda t: wire_copy.theme_comparisons(t, themes=["sanctions"]),
    "publication_times": wire_copy.publication_times,
}
READ_TEXTS: dict[str, Callable[[Tables], object]] = {
    "paragraphs": lambda t: cooccurrence.co_occurrence(t, within="paragraph"),
    "frame_prevalence": lambda t: frames.frame_prevalence(t, _pair(t)),
    "term_adoption": adoption.term_adoption,
}
STEPS: dict[str, Callable[[Path], None]] = {
    "load_tables": _metadata,
    "figures": _figures,
    "page": _page,
    "families": _families,
    **{to: _export(to) for to in FORMATS},
    "rare_word": _search(RARE),
    "frequent_word": _search(FREQUENT),
    **{name: _statistic(call) for name, call in STATISTICS.items()},
    **{name: _statistic(call) for name, call in READ_TEXTS.items()},
}
ONLY_IF_NAMED = {*FORMATS, *READ_TEXTS}


def _new(name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=f"scale-{name}-"))


def measure(folder: Path, names: list[str]) -> None:
    """Run steps, each in a process of its own, and print wall time, CPU time and peak memory."""
    for name in names:
        started = time.perf_counter()
        code = f"from benchmarks.scale import STEPS; from pathlib import Path; STEPS[{name!r}](Path({str(folder)!r}))"
        process = subprocess.Popen([sys.executable, "-c", code])
        _, status, used = os.wait4(process.pid, 0)
        print(
            f"{name:18} {time.perf_counter() - started:8.0f} s {used.ru_utime + used.ru_stime:8.0f} CPU s "
            f"{used.ru_maxrss / 1e6:6.2f} GB{'' if status == 0 else '  failed'}",
            flush=True,
        )


def together(folder: Path, what: str) -> None:
    """Draw every figure, or compute every statistic, in this process, and print what each takes."""
    tables = analysis.load_tables(folder)
    steps: dict[str, Callable[[], object]] = {"metadata": lambda: tables.metadata}
    if what == "figures":
        steps |= {name: partial(_figure, tables, name) for name in default_figures()}
    else:
        steps |= {name: partial(call, tables) for name, call in STATISTICS.items()}
    first = time.perf_counter(), time.process_time()
    for name, step in steps.items():
        Path("/proc/self/clear_refs").write_text("5")  # the peak is measured from here on
        before = time.perf_counter(), time.process_time()
        step()
        _print_since(name, before)
    _print_since("all", first)


def _figure(tables: Tables, name: str) -> list[str]:
    return [one.svg for one in draw_figures(tables, only=[name])]


def _print_since(name: str, before: tuple[float, float]) -> None:
    wall, cpu = time.perf_counter() - before[0], time.process_time() - before[1]
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert peak is not None
    print(f"{name:22} {wall:8.0f} s {cpu:8.0f} CPU s {int(peak[1]) / 1e6:6.2f} GB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    maker = commands.add_parser("make")
    maker.add_argument("folder", type=Path)
    maker.add_argument("--articles", type=int, default=20_000)
    maker.add_argument("--from", dest="sources", type=Path, action="append", required=True)
    measurer = commands.add_parser("measure")
    measurer.add_argument("folder", type=Path)
    measurer.add_argument("--only", choices=list(STEPS), action="append")
    sharer = commands.add_parser("together")
    sharer.add_argument("folder", type=Path)
    sharer.add_argument("what", choices=["figures", "statistics"])
    given = parser.parse_args()
    if given.command == "make":
        make(given.folder, given.articles, given.sources)
    elif given.command == "together":
        together(given.folder, given.what)
    else:
        measure(given.folder, given.only or [name for name in STEPS if name not in ONLY_IF_NAMED])


if __name__ == "__main__":
    main()
