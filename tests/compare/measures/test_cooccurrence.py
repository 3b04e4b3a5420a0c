"""Counts per unit and what comes together, on tables small enough to count by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare.measures import cooccurrence as counts
from analysis.errors import FramingError
from tests.compare.made_up import one, tables

TEXT = "Head\n\nOil and gas. Rail.\n\nWar, oil."
SENTENCES = [(0, 4), (6, 18), (19, 24), (26, 35)]


@pytest.fixture(scope="module")
def corpus():
    """Six articles of one text, three of each outlet, with other hits in the last."""
    hits = [
        (6, 1, "oil", False),
        (14, 1, "gas", False),
        (19, 2, "rail", False),
        (26, 3, "war", True),
        (31, 3, "oil", False),
    ]
    articles, sentences, themes, tones = [], [], [], []
    for number in range(6):
        article_id = f"a{number}"
        articles.append({"article_id": article_id, "text": TEXT, "outlet": f"Outlet {number % 2}"})
        sentences += [
            {"article_id": article_id, "sentence": n, "start": s, "end": e}
            for n, (s, e) in enumerate(SENTENCES)
        ]
        tones.append({"article_id": article_id, "voice": "outlet", "n_words": 8})
        for start, sentence, theme, negated in hits if number < 5 else hits[:1]:
            themes.append(
                {"article_id": article_id, "start": start, "end": start + 3, "sentence": sentence, "theme": theme,
                 "negated": negated, "voice": "outlet"}
            )  # fmt: skip
    return tables(articles, sentences=sentences, themes=themes, tones=tones)


def test_counts_per_article_paragraph_and_sentence(corpus):
    per_article = counts.theme_counts(corpus)
    assert one(per_article, article_id="a0", theme="oil")[["unit", "hits", "n"]].tolist() == [0, 2, 1]
    paragraphs = counts.theme_counts(corpus, per="paragraph")
    assert one(paragraphs, article_id="a0", theme="rail")[["unit", "hits", "n"]].tolist() == [1, 1, 3]
    sentences = counts.theme_counts(corpus, per="sentence")
    assert one(sentences, article_id="a0", theme="rail")[["unit", "hits", "n"]].tolist() == [2, 1, 4]
    for table in (per_article, paragraphs, sentences):
        assert table["hits"].sum() == len(corpus.themes)
    assert counts.theme_counts(corpus, include_negated=False)["theme"].eq("war").sum() == 0


def test_shares_of_units(corpus):
    shares = counts.theme_unit_shares(corpus, by=[])
    row = one(shares, theme="oil")
    assert row[["numerator", "denominator", "n"]].tolist() == [11, 24, 6]
    assert row["ci95_low"] <= row["estimate"] <= row["ci95_high"]
    per_article = counts.theme_unit_shares(corpus, per="article", by=["outlet"])
    assert one(per_article, theme="war", outlet="Outlet 1")[["numerator", "denominator"]].tolist() == [2, 3]


def test_co_occurrence(corpus):
    pairs = counts.co_occurrence(corpus)
    assert set(zip(pairs["one"], pairs["other"], strict=True)) == {("gas", "oil"), ("oil", "war")}
    row = one(pairs, one="gas", other="oil")
    assert row[["numerator", "denominator", "n", "n_units", "n_one", "n_other"]].tolist() == [
        5,
        11,
        6,
        24,
        5,
        11,
    ]
    assert row["estimate"] == pytest.approx(5 / 11)
    assert row["lift"] == pytest.approx(5 * 24 / (5 * 11))
    assert row["ci95_low"] <= row["estimate"] <= row["ci95_high"]
    assert len(counts.co_occurrence(corpus, within="paragraph")) == 4
    within_articles = counts.co_occurrence(corpus, within="article")
    assert one(within_articles, one="rail", other="war")[["numerator", "denominator"]].tolist() == [5, 5]
    assert counts.co_occurrence(corpus, minimum=6).empty


def test_co_occurrence_by_group(corpus):
    pairs = counts.co_occurrence(corpus, by=["outlet"])
    row = one(pairs, outlet="Outlet 1", one="gas", other="oil")
    assert row[["numerator", "denominator", "n_units", "n_one", "n_other"]].tolist() == [2, 5, 12, 2, 5]
    assert row["lift"] == pytest.approx(2 * 12 / (2 * 5))


def test_a_theme_counts_for_the_one_above_it_and_makes_no_pair_with_it(bundled):
    table = counts.theme_counts(bundled)
    both = table.pivot(index="article_id", columns="theme", values="hits").fillna(0)
    assert (both["transport_transit"] >= both["north_south_corridor"]).all()
    pairs = counts.co_occurrence(bundled, within="article")
    assert not ((pairs["one"] == "north_south_corridor") & (pairs["other"] == "transport_transit")).any()
    hits = (bundled.themes["theme"] == "transport_transit").sum()
    above = (bundled.themes["theme"] == "north_south_corridor").sum()
    assert both["transport_transit"].sum() == hits + above


def test_bundled_units_add_up(bundled):
    sentences = counts.units_per_article(bundled, "sentence")
    assert sentences.sum() == len(bundled.sentences)
    for per in counts.UNITS:
        table = counts.theme_counts(bundled, per=per)
        assert (table["unit"] < table["n"]).all()


def test_wrong_unit(corpus):
    with pytest.raises(FramingError, match="unknown unit 'page'"):
        counts.theme_counts(corpus, per="page")


def test_no_hits(corpus):
    empty = corpus.select([])
    for table in (counts.theme_counts(empty), counts.theme_unit_shares(empty), counts.co_occurrence(empty)):
        assert table.empty
    assert "lift" in counts.co_occurrence(empty)


@given(st.text(alphabet="ab \n\t", max_size=40))
def test_paragraphs_begin_at_text(text):
    starts = counts.paragraph_starts(text)
    assert starts[0] == 0 and starts == sorted(set(starts))
    assert all(not text[start].isspace() and text[start - 1].isspace() for start in starts[1:])
    if "\n\n" not in text.strip().replace(" ", "").replace("\t", ""):
        lines = [line for line in text.split("\n") if line.strip()]
        assert len(starts) == max(1, len(lines))
