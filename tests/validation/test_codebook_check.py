"""What a codebook does on articles: checked on texts small enough to count by hand."""

import pandas as pd
import pytest

from analysis.errors import FramingError
from analysis.study.codebook import Codebook
from analysis.validation.codebook_check import ANY, check_codebook

TEXTS = {
    "a": "Crude oil and oil price caps. Sanctions on crude oil.",
    "b": "Oil. The railway to Rasht.",
    "c": "No theme here, only tear gas.",
}


def book():
    def theme(theme_id, patterns, **more):
        return {"id": theme_id, "label": theme_id, "definition": "-", "patterns": patterns, **more}

    return Codebook.from_data(
        {
            "title": "t",
            "themes": [
                theme(
                    "energy", ["oil", "crude", "crude oil", "gas"], exceptions=["tear gas", "oil painting"]
                ),
                theme("sanctions", ["sanction*", "oil price cap*", "embargo"]),
                theme("transport", ["port"]),
                theme("railways", ["railway*"], parent="transport"),
            ],
        }
    )


@pytest.fixture(scope="module")
def checked():
    articles = pd.DataFrame({"article_id": list(TEXTS), "outlet": "Gazette", "text": list(TEXTS.values())})
    return check_codebook(book(), articles)


def test_patterns(checked):
    rows = checked.patterns.set_index(["theme", "pattern"])
    assert rows.loc[("energy", "crude oil"), ["hits", "articles", "decides"]].tolist() == [2, 1, 0]
    assert rows.loc[("energy", "oil"), ["hits", "articles", "decides"]].tolist() == [2, 2, 1]
    assert rows.loc[("energy", "oil"), "share"] == 0.5
    assert rows["hits"].sum() == 4 + 2 + 1


def test_dead_patterns_say_why(checked):
    status = checked.patterns.set_index("pattern")["status"]
    assert status["crude"] == "dead: always within a longer hit or an exception"
    assert status["gas"] == "dead: always within a longer hit or an exception"
    assert status["embargo"] == "dead: matches nothing"
    assert status["tear gas"] == "" and status["oil painting"] == "dead: matches nothing"
    assert checked.patterns.set_index("pattern").loc["crude", "alone"] == 2


def test_coverage_counts_themes_below(checked):
    themes = checked.themes.set_index("theme")
    assert themes.loc["energy", ["hits", "articles", "n", "patterns", "dead"]].tolist() == [4, 2, 3, 4, 2]
    assert themes.loc["transport", ["hits", "articles"]].tolist() == [1, 1]
    assert themes.loc[ANY, ["hits", "articles", "share"]].tolist() == [7, 2, 2 / 3]
    assert themes.loc[ANY, "ci95_low"] < 2 / 3 < themes.loc[ANY, "ci95_high"]


def test_overlaps(checked):
    (row,) = checked.overlaps.to_dict("records")
    assert (row["one"], row["other"], row["places"], row["articles"]) == ("energy", "sanctions", 1, 1)
    assert (row["share_of_one"], row["share_of_other"]) == (1 / 4, 1 / 2)
    assert row["words"] == "oil price caps"


def test_the_hits_that_decide_come_first(checked):
    first = checked.to_read.query("theme == 'energy'").iloc[0]
    assert (first["pattern"], first["article_id"]) == ("oil", "b")
    assert first["why"] == "its pattern alone decides 1 article"
    assert (first["left"], first["hit"], first["right"]) == ("", "Oil", ". The railway to Rasht.")
    energy = checked.to_read.query("theme == 'energy'")["pattern"].tolist()
    assert energy[:2] == ["oil", "crude oil"]  # every pattern once before one comes twice


def test_hits_are_those_of_the_run(bundled, study):
    checked = check_codebook(study.codebook, bundled.articles, per_theme=2)
    fired = checked.patterns.groupby("theme")["hits"].sum()
    assert fired[fired > 0].to_dict() == bundled.themes["theme"].value_counts().to_dict()
    assert checked.to_read.groupby("theme").size().max() == 2


def test_no_hits_and_no_articles():
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "text": ["nothing"]})
    checked = check_codebook(book(), articles)
    assert checked.overlaps.empty and checked.to_read.empty
    assert (checked.themes["hits"] == 0).all()
    with pytest.raises(FramingError, match="articles is empty"):
        check_codebook(book(), articles.head(0))
