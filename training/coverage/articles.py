"""The articles of the study, with one name per outlet, its political leaning and the period."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from analysis import read_articles

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study import Outlets

OUTLETS = Path(__file__).parents[2] / "data" / "coverage" / "outlets.csv"
COLLECTIONS = {"core": "core.jsonl", "mentions": "mentions.jsonl.gz"}
INVASION = "2022-02-24"
BEFORE, AFTER = "before 24 Feb 2022", "since 24 Feb 2022"
_HOST = "(host of the URL)"  # a columnist; the URL tells which outlet published the article

_CRAWLED = {("TRT World", "2024-10-13"), ("Fox News", "2024-10-15")}
"""Outlet and day on which a collection fetched pages; the dates of publication are not known."""

_PERIODS = {
    "abp-": BEFORE,  # Article-Bias-Prediction was published in 2020
    "ald-03": AFTER,  # Fox News; the texts name 2022 to 2024
    "ald-04": BEFORE,
    "ald-05": BEFORE,  # TRT World; numbers in the URLs, and the events, are of 2018 and 2019
    "bbc-": BEFORE,  # BBC corpus of 2004 and 2005
    "drg-": BEFORE,  # dragnet, 2012
    "fnd-": BEFORE,  # Horne and Adali 2017
    "s23-": BEFORE,  # Propaganda Techniques Corpus, 2017 to 2019
    "dtc-": AFTER,  # BBC on the war in Ukraine
    "s25-": AFTER,  # SemEval-2025 on the war in Ukraine
    "fc-": AFTER,  # fact checks on the wars in Ukraine and Gaza
}
"""The period of articles without a date, by the beginning of their id: what is known of their collection."""


def load_articles(folder: Path, outlets: Outlets) -> pd.DataFrame:
    """Read the articles of both collections.

    Parameters
    ----------
    folder : pathlib.Path
        With core.jsonl and mentions.jsonl.gz.
    outlets : Outlets
        Of the study.

    Returns
    -------
    pandas.DataFrame
        The table `articles` of `analysis.schemas`, with `extra_collection` ('core': the relation of Russia and Iran
        is a topic; 'mentions': both countries are mentioned), `extra_source` (the public collection that the text
        comes from), `extra_leaning` (left, center, right; empty if not labelled) and `extra_period`.
    """
    import pandas as pd

    names = _named_sources()
    rows = [
        _row(article, collection, names)
        for collection, name in COLLECTIONS.items()
        for article in _read(folder / name)
    ]
    return read_articles(pd.DataFrame(rows), outlets=outlets)


def _read(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _named_sources() -> dict[str, dict[str, str]]:
    """Outlet and leaning by the name that a collection gives."""
    with OUTLETS.open(encoding="utf-8", newline="") as file:
        return {row["name_in_source"]: row for row in csv.DictReader(file)}


def _row(
    article: Mapping[str, Any], collection: str, names: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    source = names[article["outlet"]]
    outlet = source["outlet"]
    if outlet == _HOST:
        outlet = str(urlsplit(article["url"]).hostname).removeprefix("www.")
    kept = {name: article[name] for name in ("id", "title", "text", "url")}
    date = None if (article["outlet"], article["date"]) in _CRAWLED else article["date"]
    return kept | {
        "date": date,
        "outlet": outlet,
        "country": article["country_of_outlet"],
        "collection": collection,
        "source": article["source_repo"],
        "leaning": source["leaning"] or None,
        "period": _period(article["id"], date),
    }


def _period(article_id: str, date: str | None) -> str | None:
    if date:
        return BEFORE if date < INVASION else AFTER
    return next((period for start, period in _PERIODS.items() if article_id.startswith(start)), None)
