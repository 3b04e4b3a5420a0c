"""Quotes of the bundled corpus against its hand coding: floors that a change may raise, never lower.

Scored as in the literature on PolNeAR: units are words; a content is found when it shares half of its words with
one of the coding (Jaccard, one to one), and the quote when its source shares a word too.
"""

from collections import defaultdict

import pandas as pd
import pytest

from analysis.corpus import WORD
from tests.conftest import DATA

FLOORS = {"all": 75.0, "quoted": 92.0}  # F1 of content and source together, in per cent


def roles_by_quote(spans, quote):
    """{article: [{role: words}]} from rows with article_id, quote, role and the numbers of the words."""
    found = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for row in spans.itertuples():
        found[row.article_id][getattr(row, quote)][row.role] |= row.words
    return {article: list(quotes.values()) for article, quotes in found.items()}


def with_words(spans, texts):
    """The spans with the set of words that each touches."""
    index = {article: [match.span() for match in WORD.finditer(text)] for article, text in texts.items()}
    numbers = [
        frozenset(
            n for n, (start, end) in enumerate(index[row.article_id]) if start < row.end and end > row.start
        )
        for row in spans.itertuples()
    ]
    return spans.assign(words=numbers)


def f1(gold, found):
    """F1 in per cent over all articles; see above."""
    right = 0
    for article, coded in gold.items():
        pairs = [
            (len(a["content"] & b["content"]) / len(a["content"] | b["content"]), i, j)
            for i, a in enumerate(coded)
            for j, b in enumerate(found.get(article, []))
            if a["content"] & b["content"]
        ]
        taken, used = set(), set()
        for overlap, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
            if overlap >= 0.5 and i not in taken and j not in used:
                taken.add(i)
                used.add(j)
                ours, theirs = found[article][j]["source"], coded[i]["source"]
                right += bool(ours & theirs) if theirs else not ours
    quotes = sum(map(len, found.values())) + sum(map(len, gold.values()))
    return 200 * right / quotes


@pytest.fixture(scope="module")
def coded_and_found(bundled):
    texts = dict(zip(bundled.articles["article_id"], bundled.articles["text"], strict=True))
    gold = pd.read_csv(DATA / "gold" / "quotes.csv", dtype={"article_id": "str"})
    found = bundled.quote_spans.merge(bundled.quotes[["quote_id", "article_id"]], on="quote_id")
    return texts, with_words(gold, texts), with_words(found, texts)


def test_floor_over_all_quotes(coded_and_found):
    _, gold, found = coded_and_found
    assert f1(roles_by_quote(gold, "quote"), roles_by_quote(found, "quote_id")) >= FLOORS["all"]


def test_floor_over_quotes_with_quotation_marks(coded_and_found):
    texts, gold, found = coded_and_found

    def quoted(spans, quote):
        marks = [
            row.role == "content"
            and any(mark in texts[row.article_id][row.start - 1 : row.end + 1] for mark in '“”"')
            for row in spans.itertuples()
        ]
        keys = set(zip(spans["article_id"][marks], spans[quote][marks], strict=True))
        kept = [key in keys for key in zip(spans["article_id"], spans[quote], strict=True)]
        return roles_by_quote(spans[kept], quote)

    assert f1(quoted(gold, "quote"), quoted(found, "quote_id")) >= FLOORS["quoted"]
