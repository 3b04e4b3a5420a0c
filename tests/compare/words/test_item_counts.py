"""Long tables of counts as sparse arrays."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.words.item_counts import item_counts
from analysis.errors import FramingError

WORDS = pd.Series({"a": 10, "b": 20, "c": 5})


def long(*rows):
    return pd.DataFrame(rows, columns=["article_id", "item", "count"])


def test_repeated_rows_are_summed_and_zeros_left_out():
    table = item_counts(long(("b", "x", 1), ("b", "x", 2), ("a", "y", 0), ("a", "x", 4)), WORDS)
    assert table.items == ["x"] and table.article_ids == ["a", "b", "c"]
    assert table.count.tolist() == [4, 3]
    assert table.total(table.count, np.array([False, True, True])).tolist() == [3]


def test_articles_are_weighted_and_those_of_a_unit_summed():
    table = item_counts(long(("a", "x", 4), ("b", "x", 1), ("c", "x", 2), ("c", "y", 3)), WORDS)
    merged = table.weighted(np.array([0.5, 1, 2])).merged(["second", "first", "second"])
    assert merged.article_ids == ["first", "second"]
    assert merged.words.tolist() == [20, 15]
    cells = zip(merged.item, merged.article, merged.count, strict=True)
    assert [tuple(cell) for cell in cells] == [(0, 0, 1), (0, 1, 6), (1, 1, 6)]


@pytest.mark.parametrize(
    ("counts", "words", "message"),
    [
        (long(("a", "x", -1)), WORDS, "negative"),
        (long(("z", "x", 1)), WORDS, "article z has counts but no words"),
        (long(("a", "x", 1)), pd.Series([0], index=["a"]), "article a has counts but no words"),
        (long(("a", "x", 1)), pd.Series([1, 2], index=["a", "a"]), "has article a twice"),
    ],
)
def test_counts_that_do_not_fit_are_errors(counts, words, message):
    with pytest.raises(FramingError, match=message):
        item_counts(counts, words)
