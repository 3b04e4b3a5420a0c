"""Acts between the two sides of the study, against sentences in which readers saw one of them act on the other.

`python -m benchmarks.coverage` prints these scores. Readers marked at most six sentences of an article, the most
explicit ones first, so a row of the table `relations` in another sentence is no error. Two comparisons are fair:

- the marked sentences: in how many is there an act between the two sides, and is its direction the readers'
- the articles: does the balance of cooperation and conflict from one side towards the other agree with the readers'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.compare.measures.relations import VALUES, dyad_relations
from analysis.schemas import STATUSES

if TYPE_CHECKING:
    from analysis.tables import Tables

PAIR = ("russia", "iran")
NONE = "none"
CLASSES = (*VALUES, NONE)

Coded = Mapping[str, Mapping[str, Any]]


def marked_sentences(tables: Tables, coded: Coded) -> pd.DataFrame:
    """The sentences that readers marked as cooperation or conflict, and the direction measured in each.

    Returns
    -------
    pandas.DataFrame
        One row per marked sentence: `article_id`, `coded` and `measured`: cooperation, conflict, or none if the
        toolkit found no act between the two sides, or as many of either direction.
    """
    between = dyad_relations(tables, PAIR, statuses=STATUSES)
    by_sentence = dict(list(between.groupby(["article_id", "sentence"])["value"]))
    starts = dict(list(tables.sentences.groupby("article_id")["start"]))
    rows = []
    for article in tables.articles["article_id"]:
        for dyad in coded[article]["dyads"]:
            if dyad["direction"] in VALUES:
                sentence = int((starts[article] <= dyad["start"]).sum()) - 1
                values = by_sentence.get((article, sentence), ())
                rows.append((article, dyad["direction"], _direction(sum(values))))
    return pd.DataFrame(rows, columns=["article_id", "coded", "measured"])


def balances(tables: Tables, coded: Coded) -> pd.DataFrame:
    """The balance of cooperation and conflict from each side towards the other.

    Returns
    -------
    pandas.DataFrame
        One row per article, source and target: `coded` and `measured`, from -1 (conflict only) to 1 (cooperation
        only), 0 without acts. Acts that are only possible or wished do not count; a mutual act counts for both.
    """
    between = dyad_relations(tables, PAIR)
    rows = []
    for article in tables.articles["article_id"]:
        acts = between[between["article_id"] == article]
        for source, target in permutations(PAIR):
            does = (acts["source_side"] == source) | acts["mutual"]
            read = [
                VALUES[dyad["direction"]]
                for dyad in coded[article]["dyads"]
                if dyad["direction"] in VALUES and dyad["source"] in (source, "both")
            ]
            rows.append((article, source, target, _balance(read), _balance(acts.loc[does, "value"])))
    return pd.DataFrame(rows, columns=["article_id", "source", "target", "coded", "measured"])


def macro_f1(pairs: pd.DataFrame) -> float:
    """Macro-F1 over cooperation, conflict and none, of balances reduced to their sign."""
    coded, measured = (pairs[name].map(_direction) for name in ("coded", "measured"))
    both = {name: ((coded == name) & (measured == name)).sum() for name in CLASSES}
    sums = {name: (coded == name).sum() + (measured == name).sum() for name in CLASSES}
    return float(sum(2 * both[name] / sums[name] for name in CLASSES if sums[name]) / len(CLASSES))


def report(tables: Tables, coded: Coded) -> str:
    """The scores in words, one per line."""
    marked, pairs = marked_sentences(tables, coded), balances(tables, coded)
    found = marked[marked["measured"] != NONE]
    right = (found["coded"] == found["measured"]).sum()
    rank = pairs["coded"].corr(pairs["measured"], method="spearman")
    return (
        f"acts: found in {len(found)} of {len(marked)} sentences that readers marked, direction right in {right}\n"
        f"acts, balance per article and direction of the two sides ({len(pairs)}): Spearman {rank:.3f}, "
        f"macro-F1 {macro_f1(pairs):.3f}"
    )


def _balance(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def _direction(value: float) -> str:
    return "cooperation" if value > 0 else "conflict" if value < 0 else NONE
