"""An article as the measures get it: each part once, and the columns that say where something is."""

import pytest

from analysis.annotators import article as articles
from analysis.annotators.article import Article, MeasuredArticle
from analysis.schemas import OUTLET
from tests.conftest import TEXT


@pytest.fixture(scope="module")
def article(study):
    return MeasuredArticle(Article("a1", "Envoys meet in the port", TEXT, None, "news.txt"), study)


def test_a_hit_in_a_quote_has_the_voice_and_the_id_of_the_quote(article):
    start = TEXT.index("more trade")
    hit = article.hit(start, start + len("more trade"))
    assert hit["text"] == "more trade"
    assert hit["voice"] == "russia"
    assert hit["quote_id"] == article.quote_id(0) == "a1-q0000"


def test_a_hit_outside_of_quotes_is_in_the_voice_of_the_outlet(article):
    place = article.place(TEXT.index("have moved closer"))
    assert (place["voice"], place["quote_id"]) == (OUTLET, None)
    assert place["sentence"] == len(article.document.sentences) - 1


def test_the_text_is_parsed_once_however_many_measures_ask(study, monkeypatch):
    parse, calls = articles.spacy_parser.parse, []
    monkeypatch.setattr(articles.spacy_parser, "parse", lambda *given: calls.append(given) or parse(*given))
    article = MeasuredArticle(Article("a1", "", TEXT, None, "news.txt"), study)
    assert article.segments and article.mentions and article.document
    assert len(calls) == 1
