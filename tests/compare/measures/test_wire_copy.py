"""Wire copy: what a story printed many times does to a comparison, and when it appeared where."""

import dataclasses

import numpy as np
import pytest

from analysis.compare.measures.wire_copy import (
    deduplicate,
    quoted_comparisons,
    robust_differences,
    theme_comparisons,
)
from tests.compare.made_up import one, spread, tables


@pytest.fixture(scope="module")
def wire():
    """Two outlets of 30 articles. Outlet 1 prints 20 copies of one wire story about sanctions; both cover the war."""
    rng = np.random.default_rng(0)
    articles, tones, themes = [], [], []
    for outlet in (0, 1):
        for i in range(30):
            article_id = f"{outlet}-{i:02d}"
            copy = outlet == 1 and i < 20
            articles.append(
                {
                    "article_id": article_id,
                    "outlet": f"Outlet {outlet}",
                    "published": f"2022-06-{1 + i % 28:02d}",
                }
                | ({"family_id": "wire"} if copy else {})
            )
            tones.append({"article_id": article_id, "voice": "outlet", "n_words": 100})
            hits = 2 if copy else int(rng.random() < 0.2)
            themes += [{"article_id": article_id, "theme": "sanctions", "voice": "outlet"}] * hits
            war = int(rng.integers(3, 6)) if outlet else int(rng.integers(0, 2))
            themes += [{"article_id": article_id, "theme": "war", "voice": "outlet"}] * war
    return tables(articles, tones=tones, themes=themes)


def test_one_wire_story_does_not_make_a_difference_between_outlets(wire):
    table = theme_comparisons(wire)
    rows = table.query("theme == 'sanctions' and outlet == 'Outlet 1'").set_index("wire_copy")
    assert rows.loc["as independent", "p_bh"] < 0.001
    assert rows.loc["as one", "p_bh"] > 0.05
    assert rows.loc["first only", "p_bh"] > 0.05
    assert rows.loc["first only", "n"] == 11
    stay = robust_differences(table)
    assert set(stay["theme"]) == {"war"}
    assert stay["wire_copy"].nunique() == 3 and len(stay) == 6


def test_rows_say_what_they_compare(wire):
    row = one(theme_comparisons(wire, wire_copy=["as one"]), theme="war", outlet="Outlet 1")
    assert row["against"] == "all others"
    assert row["estimate"] == pytest.approx(10 * (row["numerator"] - row["numerator_against"]) / 30)
    assert row["n_tests"] == 4
    assert "not to outlets of their kind" in row["note"]


def test_the_first_of_a_family_is_the_earliest_and_undated_come_last():
    made = tables(
        [
            {"article_id": "a", "published": None, "family_id": "f"},
            {"article_id": "b", "published": "2022-06-02", "family_id": "f"},
            {"article_id": "c", "published": "2022-06-01", "family_id": "f", "outlet": "Other"},
            {"article_id": "d", "published": "2022-06-01", "family_id": "f"},
            {"article_id": "e", "published": None},
        ]
    )
    assert deduplicate(made).articles["article_id"].tolist() == ["c", "e"]
    assert deduplicate(made, within=["outlet"]).articles["article_id"].tolist() == ["c", "d", "e"]


def test_quoted_shares_are_compared_as_well():
    made = spread(per_outlet=12)
    table = quoted_comparisons(made)
    assert set(table["side"]) == {"iran", "russia"}
    assert table["note"].str.contains("no variation").all()


def test_nothing_to_compare():
    made = spread()
    bare = dataclasses.replace(made, themes=made.themes.iloc[:0])
    assert theme_comparisons(bare).empty
    assert list(theme_comparisons(bare).columns) == list(theme_comparisons(made).columns)
    assert robust_differences(theme_comparisons(made)).empty
