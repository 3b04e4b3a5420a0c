"""The pipeline: every span slices back to its text, whatever the article looks like."""

import gc

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.annotators.article import Article
from analysis.annotators.parsing import spacy_parser
from analysis.annotators.pipeline import annotate_article, annotate_batch
from analysis.corpus import count_words
from analysis.schemas import TABLES
from tests.conftest import TEXT

PIECES = [
    "Putin met Raisi in Tehran.",
    "“We want peace,” he said,",
    "“and trade.”",
    'The "special operation" went on.',
    "«Да», sagte der Sprecher.",
    "Officials in Moscow said that sanctions on Iran’s oil had failed",
    "\n\n",
    "\r\n\r\n",
    "\n",
    " ",
    "🇷🇺🇮🇷",
    "\u202eقال المتحدث\u202c",
    '"""',
    "''",
    "İstanbul",
    "WALLACE: No military alliance.",
    "\u2028",
    "\x00",
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join)


def article(text):
    return Article("a", "", text, None, "test")


def check(text, rows):
    """Rows keep the contract, spans lie in the text, and the voices' words add up."""
    for name, table in TABLES.items():
        if name not in ("articles", "rejects"):
            table.check(table.frame(rows.get(name, [])))
    for name in ("mentions", "themes"):
        for row in rows[name]:
            assert text[row["start"] : row["end"]] == row["text"]
    for name in ("sentences", "quotes", "quote_spans"):
        for row in rows[name]:
            assert 0 <= row["start"] < row["end"] <= len(text)
    assert sum(row["n_words"] for row in rows["tones"]) == count_words(text)


def test_any_text_gives_tables_that_fit_it(study):
    # the study is closed over: hypothesis would print it whole as an argument
    @settings(max_examples=15)
    @given(texts)
    def tables_fit(text):
        check(text, annotate_article(article(text), study))

    tables_fit()


def test_an_article_that_fails_does_not_change_the_others_of_its_batch(study, monkeypatch):
    good, bad = article(TEXT), Article("b", "", "This one fails. " + TEXT, None, "bad.txt")
    expected = annotate_article(good, study)
    run = spacy_parser._run_components

    def fail(pipeline, texts, *, entities):
        if any(text.startswith("This one fails.") for text in texts):
            raise MemoryError("too much")
        return run(pipeline, texts, entities=entities)

    monkeypatch.setattr(spacy_parser, "_run_components", fail)
    rows = annotate_batch([bad, good], study)
    (reject,) = rows.pop("rejects")
    assert (reject["article_id"], reject["reason"]) == ("b", "failed") and "too much" in reject["detail"]
    assert rows == expected
    assert gc.isenabled()


def test_articles_measured_together_have_the_rows_of_each_alone(study):
    articles = [article(text) for text in (TEXT, "\r\n", TEXT.replace("\n", "\r\n"))]
    rows = annotate_batch(articles, study)
    alone = [annotate_article(each, study) for each in articles]
    assert rows == {name: [row for found in alone for row in found[name]] for name in alone[0]}


def test_windows_line_ends_change_nothing_but_the_offsets(study):
    plain, given_text = TEXT, TEXT.replace("\n", "\r\n")
    one, two = annotate_article(article(plain), study), annotate_article(article(given_text), study)
    check(given_text, two)
    for name in ("quotes", "mentions", "themes", "quote_spans"):
        assert len(one[name]) == len(two[name]) > 0
        for a, b in zip(one[name], two[name], strict=True):
            assert plain[a["start"] : a["end"]] == given_text[b["start"] : b["end"]].replace("\r\n", "\n")
    assert one["tones"] == two["tones"]


def test_spans_of_the_bundled_corpus_slice_back_to_their_text(bundled):
    text = bundled.articles.set_index("article_id")["text"]
    for table in (bundled.mentions, bundled.themes):
        assert len(table)
        for row in table.itertuples():
            assert text[row.article_id][row.start : row.end] == row.text
    spans = bundled.quote_spans.merge(bundled.quotes[["quote_id", "article_id"]], on="quote_id")
    for row in spans.itertuples():
        piece = text[row.article_id][row.start : row.end]
        assert piece == piece.strip() != ""


def test_words_of_the_voices_add_up_to_the_articles(bundled):
    words = bundled.tones.groupby("article_id")["n_words"].sum()
    expected = bundled.articles.set_index("article_id")["n_words"]
    pd.testing.assert_series_equal(words, expected, check_names=False)
