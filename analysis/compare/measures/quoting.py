"""How speakers are presented: with which cues, directly or indirectly, and together with whom.

Results have the columns described in `analysis.compare.measures.rates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from analysis.compare._core.counts import COUNT, count_rows, distinct, per_article
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

# Words as `str.split` separates them; parts of a quote are joined by " [...] ".
_WORD = (
    r"[^\s\x{1c}-\x{1f}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{0b}]+"
)
_SPEAKERS = f"""
    SELECT article_id, side, speaker_name,
           sum(len(regexp_extract_all(replace(content, ' [...] ', ' '), '{_WORD}')))::BIGINT AS words
    FROM rows WHERE speaker IS NOT NULL AND speaker_name IS NOT NULL
    GROUP BY article_id, side, speaker_name ORDER BY article_id, side, speaker_name
"""
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
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    quotes = count_rows(tables, "quotes", ["side", "kind"])

    def cells() -> Iterator[Cell]:
        for side in distinct(quotes["side"]):
            counts = counts_matrix(groups, quotes[quotes["side"] == side], "kind", KINDS, weight=COUNT)
            yield {"side": side}, counts, counts.sum(axis=1)

    return ratio_table(
        groups, cells(), item="kind", items=KINDS, method="share of quotes", what="quotes", labels=["side"]
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
    groups = group_articles(tables.metadata, (), cluster=cluster, weight=weight)
    quotes = count_rows(
        tables, "quotes", ["side", "speaker_name", f"coalesce(cue_class, '{NO_CUE}') AS cue_class"]
    )
    named = quotes.dropna(subset=["speaker_name"]).groupby(["side", "speaker_name"])[COUNT].sum()
    ranked = sorted(zip(named, named.index.tolist(), strict=True), key=lambda found: (-found[0], found[1]))
    speakers: list[tuple[str, str]] = [speaker for _, speaker in ranked[:most]]
    chosen = [*((side, EVERYONE) for side in distinct(quotes["side"])), *speakers]

    def cells() -> Iterator[Cell]:
        for side, name in chosen:
            rows = quotes[quotes["side"] == side]
            if name != EVERYONE:
                rows = rows[rows["speaker_name"] == name]
            counts = counts_matrix(groups, rows, "cue_class", items, weight=COUNT)
            yield {"side": side, "speaker_name": name}, counts, counts.sum(axis=1)

    return ratio_table(
        groups,
        cells(),
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

    quotes = per_article(tables, "quotes", _SPEAKERS)
    by_speaker = quotes.groupby(["speaker_name", "side"])["words"].agg(["size", "sum"])
    speakers: list[tuple[str, str, int, int]] = [
        (*speaker, int(n), int(words))
        for speaker, n, words in zip(
            by_speaker.index.tolist(), by_speaker["size"], by_speaker["sum"], strict=True
        )
    ]
    speakers = sorted(speakers, key=lambda one: (-one[2], -one[3], one[:2]))[:most]
    quoting = {
        (name, side): pd.Index(
            quotes[(quotes["side"] == side) & (quotes["speaker_name"] == name)]["article_id"].cat.codes
        )
        for name, side, *_ in speakers
    }
    rows = []
    for one, other in combinations(speakers, 2):
        both = len(quoting[one[:2]].intersection(quoting[other[:2]]))
        either = one[2] + other[2] - both
        pair = (one[0], other[0], one[1], other[1], one[2], other[2], one[3], other[3])
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
