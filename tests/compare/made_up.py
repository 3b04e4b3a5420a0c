"""Made-up tables for the tests of comparisons."""

import itertools

import pandas as pd

from analysis.schemas import TABLES
from analysis.tables import Tables


def article(article_id, **changes):
    row = {
        "article_id": article_id,
        "outlet": "Harbour News",
        "outlet_country": "Ruritania",
        "published": "2022-06-29",
        "title": "",
        "text": "",
        "language": "en",
        "family_id": article_id,
        "n_words": 100,
        "source_file": "made-up.jsonl",
    }
    return row | changes


def tables(articles, **rows):
    """Tables from rows of plain values; what a row leaves out is filled with a harmless value."""
    frames = {
        name: TABLES[name].frame([_filled(name, row, i) for i, row in enumerate(rows.get(name, []))])
        for name in TABLES
        if name != "articles"
    }
    return Tables(articles=TABLES["articles"].frame([article(**a) for a in articles]), **frames)


def _filled(name, row, number):
    fill = {
        "text": "",
        "integer": number,
        "optional integer": None,
        "number": 0.0,
        "flag": False,
        "time": None,
    }
    blank = {
        column: column_.values[0] if column_.values else fill[column_.kind]
        for column, column_ in TABLES[name].columns.items()
        if not column_.nullable
    }
    return {**blank, **row}


def spread(outlets=2, per_outlet=6):
    """A small corpus: every article has 100 own and 100 quoted words, and a few hits."""
    articles, tones, themes, mentions = [], [], [], []
    for o, i in itertools.product(range(outlets), range(per_outlet)):
        article_id = f"{o}-{i}"
        articles.append(
            {"article_id": article_id, "outlet": f"Outlet {o}", "published": f"2022-0{1 + i % 6}-10"}
        )
        for voice, score in (("outlet", 0.1 * i), ("russia", -0.2), ("iran", 0.1 * (i % 2))):
            n_words = {"outlet": 100, "russia": 60, "iran": 40}[voice]
            tones.append(
                {"article_id": article_id, "voice": voice, "n_words": n_words, "vader_compound": score}
            )
        voices = ["outlet", "iran", "outlet", "iran"][: i % 4 + o]
        themes += [{"article_id": article_id, "theme": "trade", "voice": voice} for voice in voices]
        if i % 3 == 0:
            themes.append({"article_id": article_id, "theme": "war", "voice": "outlet", "negated": i == 0})
        for polarity, p in ((-1, 0.7), (0, 0.2), (1, 0.1), (None, None))[i % 4 :]:
            mentions.append(
                {
                    "article_id": article_id,
                    "side": "iran",
                    "voice": "outlet",
                    "polarity": polarity,
                    "p_negative": p,
                    "p_neutral": None if p is None else 0.1,
                    "p_positive": None if p is None else 0.9 - p,
                }
            )
    return tables(articles, tones=tones, themes=themes, mentions=mentions)


def one(table: pd.DataFrame, **where):
    """The only row that fits."""
    rows = table
    for column, value in where.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1, rows
    return rows.iloc[0]
