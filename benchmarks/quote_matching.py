"""Match quotes that were found to quotes that were coded, as in the literature on PolNeAR.

Units are words. A coded quote is found if half of its content words are shared (Jaccard index; one to one, the
largest overlap first). Its source is right if the two sources share a word, or if both are empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from analysis.corpus import WORD

if TYPE_CHECKING:
    import pandas as pd

LEAST_OVERLAP = 0.5

Quotes = dict[str, dict[object, dict[str, frozenset[int]]]]  # article, quote, role: numbers of words


class Pair(NamedTuple):
    """A coded quote and the quote found for it."""

    article_id: str
    coded: object
    found: object
    source_right: bool


def quotes_in_words(spans: pd.DataFrame, texts: Mapping[str, str], *, quote: str) -> Quotes:
    """Which words each quote has in each role.

    Parameters
    ----------
    spans : pandas.DataFrame
        article_id, role, start, end, and the column that numbers or names the quote.
    texts : dict of str
        By article.
    quote : str
        Name of that column.
    """
    index = {article: [match.span() for match in WORD.finditer(text)] for article, text in texts.items()}
    quotes: Quotes = defaultdict(lambda: defaultdict(lambda: defaultdict(frozenset)))
    columns = ["article_id", quote, "role", "start", "end"]
    for article, name, role, first, last in spans[columns].itertuples(index=False):
        words = {n for n, (start, end) in enumerate(index[article]) if start < last and end > first}
        quotes[article][name][role] |= words
    return quotes


def pairs(coded: Quotes, found: Quotes) -> list[Pair]:
    """Coded quotes that were found, with what was found for each."""
    matched = []
    for article, ours in coded.items():
        theirs = found.get(article, {})
        overlaps = [
            (-len(a["content"] & b["content"]) / len(a["content"] | b["content"]), i, j)
            for i, a in enumerate(ours.values())
            for j, b in enumerate(theirs.values())
            if a["content"] & b["content"]
        ]
        names, others = list(ours), list(theirs)
        taken: set[int] = set()
        used: set[int] = set()
        for overlap, i, j in sorted(overlaps):
            if -overlap >= LEAST_OVERLAP and i not in taken and j not in used:
                taken.add(i)
                used.add(j)
                wanted, given = ours[names[i]]["source"], theirs[others[j]]["source"]
                right = bool(wanted & given) if wanted else not given
                matched.append(Pair(article, names[i], others[j], right))
    return matched


def end_to_end_f1(coded: Quotes, found: Quotes) -> float:
    """F1 in per cent: content found and its source right."""
    right = sum(pair.source_right for pair in pairs(coded, found))
    return 200 * right / (n_quotes(coded) + n_quotes(found))


def n_quotes(quotes: Quotes) -> int:
    """How many quotes there are in all articles."""
    return sum(map(len, quotes.values()))
