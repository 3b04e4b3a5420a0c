"""Data of the article reader: marks, texts, safe addresses, and JSON that no text can end."""

import json

import pytest

from analysis.evidence.reader import (
    reader_articles,
    script_json,
    texts_in_order,
    web_address,
)
from analysis.exports.standoff import standoff_tables


def test_script_json_survives_everything_that_ends_a_script():
    nasty = "</script><!--<script>&amp;\u2028\u2029"
    encoded = script_json({"text": nasty})
    assert not set("<>&\u2028\u2029") & set(encoded)
    assert json.loads(encoded) == {"text": nasty}


def test_the_reader_knows_tone_and_voice_of_every_mention(bundled):
    marks = [mark for article in reader_articles(bundled, None) for mark in article["mentions"]]
    judged = bundled.mentions[bundled.mentions["abstained"].isna()]
    assert sum(mark[4] is not None for mark in marks) == len(judged)
    assert sum(mark[4] == -1 for mark in marks) == (judged["polarity"] == -1).sum() > 0
    assert {mark[5] for mark in marks} == set(bundled.mentions["voice"])


def test_texts_are_in_the_order_of_the_articles(bundled):
    texts = bundled.articles.set_index("article_id")["text"]
    articles = reader_articles(bundled, None)
    assert texts_in_order(bundled) == [texts[article["id"]] for article in articles]
    quotes = bundled.quotes.set_index("quote_id")
    quoted = bundled.themes.dropna(subset=["quote_id"]).iloc[0]
    article = next(article for article in articles if article["id"] == quoted["article_id"])
    mark = next(
        mark for mark in article["themes"] if mark[0] == quoted["start"] and mark[2] == quoted["theme"]
    )
    assert article["quotes"][mark[6]]["speaker"] == quotes.loc[quoted["quote_id"], "speaker_name"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "http://",
        "file:///etc/passwd",
        None,
        "http://[",
        " JavaScript:x",
    ],
)
def test_addresses_that_no_link_may_lead_to(url):
    assert web_address(url) == ""


def test_addresses_of_articles_are_kept():
    assert web_address(" https://example.org/a?b=c#d ") == "https://example.org/a?b=c#d"


def test_without_texts_the_reader_gets_no_outlines(bundled):
    bare = standoff_tables(bundled.select(bundled.metadata["article_id"].head(3)))
    articles = reader_articles(bare, ("russia", "iran"))
    assert all(article["textless"] and not article["title"] for article in articles)
    assert any(article["themes"] for article in articles) and not any(
        article["terms"] for article in articles
    )
    assert set(texts_in_order(bare)) == {""}
    assert not any(article["textless"] for article in reader_articles(bundled, None))
