"""How speakers are presented: with which cues, directly or indirectly, and together with whom.

Results have the columns described in `analysis.compare.measures.rates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from analysis.annotators.lexicon import words
from analysis.compare._core.counts import COUNT, count_in_all, count_rows, distinct, is_one_of
from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, ratio_table, share_table, totals
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
_WORDS = f"len(regexp_extract_all(replace(content, ' [...] ', ' '), '{_WORD}'))"
NO_CUE = "none"  # the words are attributed only by quotation marks, a colon or their position
EVERYONE = ""  # name in the rows for a whole side
PAIR_COLUMNS = ("one", "other", "side_one", "side_other", "n_one", "n_other", "words_one", "words_other")
_NAMED = {"": "speaker_name", "side_": "side"}
_COUNTED = {"n_": "size", "words_": "sum"}


def quote_kinds(
    tables: Tables,
    *,
    by: str | Sequence[str] = (),
    by_side: bool = True,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Shares of direct, indirect and mixed quotes among the quotes of each side.

    Parameters
    ----------
    tables : Tables
    by, cluster, weight
        See `analysis.compare.measures.rates.theme_rates`.
    by_side : bool, default True
        Whether quotes are counted by side. If not, the result has no column `side`.

    Returns
    -------
    pandas.DataFrame
        One row per group, `side` and `kind`. `numerator`: quotes of this kind; `denominator`: quotes of the side;
        `n`: articles that quote it.
    """
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    quotes = count_rows(tables, "quotes", ["side", "kind"])

    labels = ["side"] if by_side else []

    def cells() -> Iterator[Cell]:
        for side in distinct(quotes["side"]) if by_side else [""]:
            rows = quotes[quotes["side"] == side] if by_side else quotes
            counts = counts_matrix(groups, rows, "kind", KINDS, weight=COUNT)
            yield dict.fromkeys(labels, side), counts, counts.sum(axis=1)

    return ratio_table(
        groups, cells(), item="kind", items=KINDS, method="share of quotes", what="quotes", labels=labels
    )


def cue_classes(
    tables: Tables,
    *,
    by: str | Sequence[str] = (),
    most: int = 40,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Shares of cue classes among the quotes of each side and of the most quoted speakers, or of groups of articles.

    Parameters
    ----------
    tables : Tables
    by : str or sequence of str, optional
        Groups of articles, as in `analysis.compare.measures.rates.theme_rates`. All their quotes are then counted
        together.
    most : int, default 40
        Number of speakers to report: those with the most quotes. Labels of questions in transcripts ("QUESTION")
        name no speaker and are left out.
    cluster : str, default 'article_id'
        Column whose values are resampled together.
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each word, article or outlet counts equally; see `analysis.compare._core.weighting`.

    Returns
    -------
    pandas.DataFrame
        One row per `side`, `speaker_name` (empty for the whole side) and `cue_class` ('none' for a quote without a
        cue). `numerator`: quotes with such a cue; `denominator`: quotes of the speaker or side; `n`: articles that
        quote them. With `by`, one row per group and `cue_class`.
    """
    items = (*CUE_CLASSES, NO_CUE)
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    cue_class = f"coalesce(cue_class, '{NO_CUE}') AS cue_class"
    quotes = count_rows(tables, "quotes", ["side", cue_class])
    how: dict[str, Any] = {"item": "cue_class", "items": items, "method": "share of quotes", "what": "quotes"}
    if by:
        every = counts_matrix(groups, quotes, "cue_class", items, weight=COUNT)
        return ratio_table(groups, [({}, every, every.sum(axis=1))], **how)
    speakers = _most_quoted(tables, most)
    named = count_rows(
        tables,
        "quotes",
        ["side", "speaker_name", cue_class],
        where=is_one_of("speaker_name", (name for _, name in speakers)),
    )
    chosen = [*((side, EVERYONE) for side in distinct(quotes["side"])), *speakers]

    def cells() -> Iterator[Cell]:
        for side, name in chosen:
            if name == EVERYONE:
                rows = quotes[quotes["side"] == side]
            else:
                rows = named[(named["side"] == side) & (named["speaker_name"] == name)]
            counts = counts_matrix(groups, rows, "cue_class", items, weight=COUNT)
            yield {"side": side, "speaker_name": name}, counts, counts.sum(axis=1)

    return ratio_table(groups, cells(), labels=["side", "speaker_name"], **how)


def quoted_together(tables: Tables, *, most: int = 14, weight: Weight = "word") -> pd.DataFrame:
    """How often two speakers are quoted in the same article (Jaccard index).

    Only actors of the study are paired, since "a diplomat" in two articles need not be the same person.

    Parameters
    ----------
    tables : Tables
    most : int, default 14
        Number of speakers to pair: those quoted in the most articles, then with the most words.
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each article counts equally ('word' and 'article') or each outlet that quotes either speaker.

    Returns
    -------
    pandas.DataFrame
        One row per pair: `one`, `other`, `side_one`, `side_other`, `n_one`, `n_other` (articles that quote each),
        `words_one`, `words_other` (quoted words), then the columns of `analysis.compare.measures.rates`. `numerator`:
        articles that quote both; `denominator` and `n`: articles that quote either; `estimate`: their ratio, with a
        Wilson interval, or the mean of the outlets' ratios with a bootstrap interval.

    References
    ----------
    Jaccard (1912), The distribution of the flora in the alpine zone. New Phytologist 11.
    """
    import numpy as np
    import pandas as pd

    groups = group_articles(tables.metadata, (), weight=weight)
    quotes = _quotes_of_the_most_quoted(tables, most)
    known = (
        quotes.groupby(["speaker_name", "side"], observed=True)["words"].agg(["size", "sum"]).reset_index()
    )
    known = known.sort_values(
        ["size", "sum", "speaker_name", "side"], ascending=[False, False, True, True], kind="stable"
    )
    speakers = known.head(most).to_dict("records")
    quoting = [
        totals(
            groups.article_ids,
            quotes[(quotes["speaker_name"] == one["speaker_name"]) & (quotes["side"] == one["side"])],
        )
        for one in speakers
    ]
    pairs = list(combinations(range(len(speakers)), 2))

    def cells() -> Iterator[Cell]:
        for one, other in pairs:
            both = np.minimum(quoting[one], quoting[other])[:, None]
            yield (
                _pair(speakers[one], speakers[other], _NAMED),
                both,
                np.maximum(quoting[one], quoting[other]),
            )

    shares = share_table(
        groups, cells(), method="articles with both / articles with either", labels=PAIR_COLUMNS[:4]
    )
    counts = [_pair(speakers[one], speakers[other], _COUNTED) for one, other in pairs]
    sizes = pd.DataFrame(counts, columns=PAIR_COLUMNS[4:])
    return pd.concat([shares[[*PAIR_COLUMNS[:4]]], sizes, shares.drop(columns=[*PAIR_COLUMNS[:4]])], axis=1)


def _pair(one: Mapping[Any, Any], other: Mapping[Any, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """Columns of two speakers side by side."""
    return {
        f"{name}{end}": speaker[column]
        for name, column in columns.items()
        for end, speaker in (("one", one), ("other", other))
    }


def _quotes_of_the_most_quoted(tables: Tables, most: int) -> pd.DataFrame:
    """The words of each article by the actors of the study who are quoted in the most articles, and by their equals.

    Words are counted for these actors alone, since that takes longer than all else.
    """
    speakers = _speakers(tables)
    known = speakers[speakers["of_study"]]
    names = set(known.loc[known["n"] >= known["n"].nlargest(most).min(), "speaker_name"])
    where = f"speaker IS NOT NULL AND {is_one_of('speaker_name', names)}"
    quotes = count_rows(tables, "quotes", ["side", "speaker_name"], where=where, sums={"words": _WORDS})
    return quotes.astype({"words": "int64"})


def _most_quoted(tables: Tables, most: int) -> list[tuple[str, str]]:
    """Side and name of the speakers with the most quotes, the most quoted first."""
    speakers = _speakers(tables)
    named = speakers[~speakers["speaker_name"].isin(words("transcripts", "question_labels"))]
    quotes = named.groupby(["side", "speaker_name"], observed=True)[COUNT].sum()
    ranked = sorted(zip(quotes, quotes.index.tolist(), strict=True), key=lambda found: (-found[0], found[1]))
    return [speaker for _, speaker in ranked[:most]]


def _speakers(tables: Tables) -> pd.DataFrame:
    """Quotes and articles of each named speaker, and whether the speaker is an actor of the study."""
    found = count_in_all(tables, "quotes", ["side", "speaker_name", "speaker IS NOT NULL AS of_study"])
    return found[found["speaker_name"].notna()]
