"""A part of a study: articles, dates, themes, voices and sides."""

import pytest

from analysis.compare.measures.narrowing import narrowed
from analysis.compare.measures.rates import theme_rates
from analysis.errors import FramingError


def test_articles_by_any_column_and_date(bundled):
    part = narrowed(bundled, where={"outlet": ["Meridian Post"], "year": ["2022"]}, until="2022-06-30")
    assert set(part.articles["outlet"]) == {"Meridian Post"} and len(part.articles)
    assert part.articles["published"].max().isoformat() < "2022-07-01"
    assert set(part.quotes["article_id"]) <= set(part.articles["article_id"])
    assert len(narrowed(bundled).articles) == len(bundled.articles)
    agencies = narrowed(bundled, where={"outlet_kind": ["agency"]})
    assert set(agencies.articles["outlet"]) == {"Transcontinental Wire"}


def test_a_voice_keeps_its_words_and_what_is_in_them(bundled):
    part = narrowed(bundled, voice="iran")
    found = theme_rates(part, by=[])
    expected = theme_rates(bundled, by=[], voice="iran")
    both = found.merge(expected, on="theme", suffixes=("", "_whole"))
    assert (both["estimate"] == both["estimate_whole"]).all() and len(both) == len(found)
    assert set(part.quotes["side"]) == {"iran"}


def test_themes_come_with_those_below_them_and_sides_with_their_acts(bundled):
    part = narrowed(bundled, themes=["sanctions"], side="iran")
    assert set(part.themes["theme"]) == {"sanctions"} and set(part.mentions["side"]) == {"iran"}
    assert ((part.relations["source_side"] == "iran") | (part.relations["target_side"] == "iran")).all()


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"where": {"outlet": ["Moon Times"]}}, "unknown outlet 'Moon Times'"),
        ({"since": "2100-01-01"}, "no article is left"),
        ({"themes": ["moon"]}, "unknown theme 'moon'"),
        ({"voice": "moon"}, "unknown voice 'moon'"),
        ({"side": "moon"}, "unknown side 'moon'"),
    ],
)
def test_mistakes_are_named(bundled, filters, message):
    with pytest.raises(FramingError, match=message):
        narrowed(bundled, **filters)


def test_tables_without_articles_are_named(bundled):
    with pytest.raises(FramingError, match=r"the tables have no article \(the table rejects says why\)"):
        narrowed(bundled.select([]))
