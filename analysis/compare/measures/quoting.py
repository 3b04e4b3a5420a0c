"""How speakers are presented: with which cues, directly or indirectly, and together with whom.

Results have the columns described in `analysis.compare.measures.rates`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.intervals import wilson
from analysis.compare._core.ratios import counts_matrix, ratio_table
from analysis.compare._core.results import RESULT_COLUMNS, result_row
from analysis.compare._core.weighting import Weight
from analysis.schemas import CUE_CLASSES, KINDS

if TYPE_CHECKING:
    import pandas as pd

    from analysis.compare._core.ratios import Cell
    from analysis.tables import Tables

NO_CUE = "none"  # the words are attributed only by quotation marks, a colon or their position
EVERYONE = ""  # name in the rows for a whole side
PAIR_COLUMNS = (
    "one", "other", "side_one", "side_other", "n_one", "n_other", "words_one", "words_other", *RESULT_COLUMNS,
)  # fmt: skip


def quote_kinds(
    tables: Tables, *, by: str | Sequence[str] = (), cluster: str = "article_id", weight: Weight = "word"
) -> pd.DataFrame:
    """Shares of direct, indirect and mixed quotes among the quotes of each side.

    Parameters
    ----------
    tables : Tables
    by, cluster, weight
        See `analysis.compare.measures.rates.theme_rates`.

    Returns
    -------
    pandas.DataFrame
        One row per group, `side` and `kind`. `numerator`: quotes of this kind; `denominator`: quotes of the side;
        `n`: articles that quote it.
    """
    groups = group_articles(tables.articles, by, cluster=cluster, weight=weight)
    cells: list[Cell] = []
    for side, rows in tables.quotes.groupby("side", sort=True):
        counts = counts_matrix(groups, rows, "kind", KINDS)
        cells.append(({"side": str(side)}, counts, counts.sum(axis=1)))
    return ratio_table(
        groups, cells, item="kind", items=KINDS, method="share of quotes", what="quotes", labels=["side"]
    )


def cue_classes(
    tables: Tables, *, most: int = 40, cluster: str = "article_id", weight: Weight = "word"
) -> pd.DataFrame:
    """Shares of cue classes among the quotes of each side and of the most quoted speakers.

    Parameters
    ----------
    tables : Tables
    most : int, default 40
        Number of speakers to report: those with the most quotes.
    cluster : str, default 'article_id'
        Column whose values are resampled together.
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each word, article or outlet counts equally; see `analysis.compare._core.weighting`.

    Returns
    -------
    pandas.DataFrame
        One row per `side`, `speaker_name` (empty for the whole side) and `cue_class` ('none' for a quote without a
        cue). `numerator`: quotes with such a cue; `denominator`: quotes of the speaker or side; `n`: articles that
        quote them.
    """
    items = (*CUE_CLASSES, NO_CUE)
    groups = group_articles(tables.articles, (), cluster=cluster, weight=weight)
    quotes = tables.quotes.assign(cue_class=tables.quotes["cue_class"].fillna(NO_CUE))
    cells: list[Cell] = []
    chosen = [((str(side), EVERYONE), rows) for side, rows in quotes.groupby("side", sort=True)]
    named = quotes.dropna(subset=["speaker_name"]).groupby(["side", "speaker_name"], sort=True)
    speakers = [((str(side), str(name)), rows) for (side, name), rows in named]
    chosen += sorted(speakers, key=lambda found: (-len(found[1]), found[0]))[:most]
    for (side, name), rows in chosen:
        counts = counts_matrix(groups, rows, "cue_class", items)
        cells.append(({"side": side, "speaker_name": name}, counts, counts.sum(axis=1)))
    return ratio_table(
        groups,
        cells,
        item="cue_class",
        items=items,
        method="share of quotes",
        what="quotes",
        labels=["side", "speaker_name"],
    )


def quoted_together(tables: Tables, *, most: int = 14) -> pd.DataFrame:
    """How often two speakers are quoted in the same article (Jaccard index).

    Only actors of the study are paired, since "a diplomat" in two articles need not be the same person.

    Parameters
    ----------
    tables : Tables
    most : int, default 14
        Number of speakers to pair: those quoted in the most articles, then with the most words.

    Returns
    -------
    pandas.DataFrame
        One row per pair: `one`, `other`, `side_one`, `side_other`, `n_one`, `n_other` (articles that quote each),
        `words_one`, `words_other` (quoted words). `numerator`: articles that quote both; `denominator` and `n`:
        articles that quote either; `estimate`: their ratio, with a Wilson interval.

    References
    ----------
    Jaccard (1912), The distribution of the flora in the alpine zone. New Phytologist 11.
    """
    import pandas as pd

    named = tables.quotes.dropna(subset=["speaker", "speaker_name"])
    words = named["content"].map(lambda content: len(str(content).replace(" [...] ", " ").split()))
    speakers = [
        (str(name), str(side), set(rows["article_id"]), int(words[rows.index].sum()))
        for (side, name), rows in named.groupby(["side", "speaker_name"], sort=True)
    ]
    speakers = sorted(speakers, key=lambda one: (-len(one[2]), -one[3], one[:2]))[:most]
    rows = []
    for one, other in combinations(speakers, 2):
        both, either = len(one[2] & other[2]), len(one[2] | other[2])
        pair = (one[0], other[0], one[1], other[1], len(one[2]), len(other[2]), one[3], other[3])
        share = result_row(
            float(both),
            float(either),
            either,
            estimate=both / either,
            interval=wilson(both, either),
            method="articles with both / articles with either; Wilson",
        )
        rows.append((*pair, *share.values()))
    return pd.DataFrame(rows, columns=list(PAIR_COLUMNS))
