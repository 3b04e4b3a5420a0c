"""Documents, quotes and speakers are read back as they were measured."""

from analysis.annotators.article import MeasuredArticle
from analysis.annotators.shard import articles_of
from analysis.revision.saved_article import SavedArticle, saved_rows


def test_an_article_is_read_back_as_it_was_measured(bundled, study):
    tables = bundled.select(bundled.quotes["article_id"].value_counts().index[:1])
    (saved,), (article,) = saved_rows(tables), articles_of(tables.articles)
    measured = MeasuredArticle(article, study)
    read_back = SavedArticle(saved, study)
    assert read_back.document == measured.document
    assert read_back.quotes == measured.quotes and read_back.quotes
    assert read_back.mentions == measured.mentions
    assert SavedArticle(saved, study, keep_speakers=True).speakers == measured.speakers


def test_offsets_of_windows_files_count_the_text_with_plain_newlines(few, study):
    windows = next(saved for saved in saved_rows(few) if saved.article.article_id == "windows")
    article = SavedArticle(windows, study)
    assert "\r" in windows.article.text and "\r" not in article.document.text
    assert all(quote.content.split(" [...] ")[0] in article.document.text for quote in article.quotes)
    content = article.quotes[0].spans[0][0]
    assert article.document.text[content.start : content.end] in article.quotes[0].content
