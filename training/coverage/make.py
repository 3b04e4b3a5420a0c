"""Measure the articles of the study and write data/coverage: measurements, coding and card, without the texts.

    python -m training.coverage.make --articles ../shared/data/coverage --coded ../shared/data/coverage_coded \\
        --results /tmp/coverage

`--results` is a results folder with the texts, outside this repository. Articles that it has results for, made with
the same study and models, are not measured again.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from analysis import load_study, load_tables
from analysis.annotators.results import measure_into
from analysis.compare.measures.outlet_groups import with_outlet_groups
from analysis.exports.standoff import write_standoff
from analysis.files import make_folder, write_file
from analysis.validation import save_validation
from training.coverage.articles import AFTER, BEFORE, load_articles
from training.coverage.coding import coded_tables
from training.coverage.validations import validations

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.study import Study
    from analysis.tables import Tables

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "coverage"
KEPT = ("extra_collection", "extra_leaning", "extra_period", "extra_source")
DECIMALS = 3
PERIOD = "extra_period"
AUTHORS = "The media-framing maintainers"
_CARD, _EVENTS = (Path(__file__).with_name(name) for name in ("card.md", "events.yml"))


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--coded", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as place:
        study = coverage_study(Path(place))
        articles = load_articles(options.articles, study.outlets)
        measure_into(options.results, articles, study, workers=options.workers, progress=True)
    publish(load_tables(options.results), coded_tables(options.coded), FOLDER)


def coverage_study(folder: Path) -> Study:
    """The bundled study with the events of the years that the articles are from.

    Parameters
    ----------
    folder : pathlib.Path
        Where its files are written.
    """
    for name, content in load_study(ROOT / "data").sources:
        write_file(folder / name, _EVENTS.read_bytes() if name == _EVENTS.name else content)
    return load_study(folder)


def publish(tables: Tables, coded: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write the measurements, the coding and the validations.

    Parameters
    ----------
    tables : Tables
        With the words of the articles.
    coded : mapping of str to pandas.DataFrame
        As `training.coverage.coding.coded_tables` returns it.
    folder : pathlib.Path
    """
    gold = make_folder(folder / "gold")
    for name, table in coded.items():
        write_file(gold / f"{name}.csv", table.to_csv(index=False, lineterminator="\n").encode("utf-8"))
    about = _CARD.read_text(encoding="utf-8").format(
        composition=_composition(tables), coded=_coded(tables, coded)
    )
    write_standoff(_rounded(tables), folder, keep=KEPT, about=about, authors=AUTHORS)
    public = load_tables(folder)
    for validation in validations(tables, coded, by=PERIOD):
        save_validation(validation, public, folder)


def _rounded(tables: Tables) -> Tables:
    """The tables with three decimals of probabilities and scores; more would take a fifth of the folder."""
    mentions, quotes = tables.mentions, tables.quotes
    return replace(
        tables,
        mentions=mentions.round(dict.fromkeys(("p_negative", "p_neutral", "p_positive"), DECIMALS)),
        quotes=quotes.round({"score": DECIMALS}),
    )


def _composition(tables: Tables) -> str:
    """Articles by collection, period, leaning and the public collection that the texts come from."""
    articles = with_outlet_groups(tables).metadata
    lines = [f"| | all | {BEFORE} | {AFTER} |", "|---|---|---|---|"]
    for column, what in (
        ("extra_collection", "collection"),
        ("outlet_country", "country of the outlet"),
        ("outlet_kind", "kind of outlet"),
        ("extra_leaning", "leaning"),
        ("extra_source", "public collection"),
    ):
        values = articles[column].astype("str").fillna("unknown" if what != "leaning" else "not labelled")
        for value, own in articles.groupby(values):
            periods = own[PERIOD].value_counts()
            numbers = (len(own), *(periods.get(period, 0) for period in (BEFORE, AFTER)))
            lines.append(f"| {what}: {value} | {' | '.join(f'{number:,}' for number in numbers)} |")
    return "\n".join(lines)


def _coded(tables: Tables, coded: Mapping[str, pd.DataFrame]) -> str:
    """How many articles of each collection were coded."""
    articles = tables.metadata.set_index("article_id")["extra_collection"]
    ids = coded["articles"]["article_id"].drop_duplicates()
    there = articles[articles.index.isin(ids)].value_counts()
    return " and ".join(
        f"{there[name]} of the {n} articles in `{name}`" for name, n in articles.value_counts().items()
    )


if __name__ == "__main__":
    main()
