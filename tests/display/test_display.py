"""Objects show themselves: nothing is lost, nothing in them becomes markup."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import load_study
from analysis.display.article import AnnotatedArticle
from analysis.display.marks import Mark, marked
from analysis.errors import FramingError

HOSTILE = "</span><script>alert(1)</script>'\" onmouseover='x'"


class Reader(HTMLParser):
    """Text and elements of a page; elements must close in order."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.elements = [], [], []

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text.append(data)


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@st.composite
def texts_with_marks(draw):
    text = draw(st.text(alphabet="ab<&>'\" é😀\n\u200f", max_size=30))
    edges = st.integers(0, len(text))
    roles = st.sampled_from(["quote", "source", "cue", "theme", "mention"])
    spans = draw(st.lists(st.tuples(edges, edges, roles), max_size=6))
    return text, [Mark(min(a, b), max(a, b), role, "<title>") for a, b, role in spans]


@given(texts_with_marks())
def test_the_text_survives_any_marks(drawn):
    text, marks = drawn
    assert "".join(read(marked(text, marks)).text) == text


@given(texts_with_marks())
def test_each_mark_covers_its_characters_and_no_others(drawn):
    text, marks = drawn
    html = marked(text, marks)
    for role in {mark.role for mark in marks}:
        wanted = {i for mark in marks if mark.role == role for i in range(mark.start, mark.end)}
        assert covered(html, role) == wanted


def covered(html, role):
    """The characters inside elements of a class."""
    found, at, classes = set(), 0, []
    for piece in re.findall(
        r"<span class='[^']*'|</span>|<[^>]*>|[^<]+", re.sub(r" (?:title|style)='[^']*'", "", html)
    ):
        if piece.startswith("<span"):
            classes.append(piece.split("'")[1])
        elif piece == "</span>":
            classes.pop()
        elif not piece.startswith("<") and piece != ">":
            length = len(unescape(piece.removeprefix(">")))
            if role in classes:
                found |= set(range(at, at + length))
            at += length
    return found


def test_a_tag_stands_once_in_front_of_its_mark():
    html = marked("He said yes.", [Mark(3, 11, "quote", "he", "Iran"), Mark(8, 11, "theme", "t")])
    assert "".join(read(html).text) == "He Iransaid yes."


def test_hostile_words_stay_words():
    mark = Mark(0, 3, "quote", HOSTILE, HOSTILE, "#112233")
    article = AnnotatedArticle(f"{HOSTILE}!", HOSTILE, HOSTILE, (mark,))
    page = read(article._repr_html_())
    assert {tag for tag, _ in page.elements} == {"style", "div", "p", "b", "span"}
    assert not any("onmouseover" in attributes for _, attributes in page.elements)
    (text,) = (attributes for tag, attributes in page.elements if attributes.get("class") == "text")
    assert text["tabindex"] == "0"  # a long one scrolls, by keyboard too
    assert "".join(page.text).count(HOSTILE) == 5  # heading, facts, legend, tag, text


def test_an_article_of_a_run(bundled):
    row = bundled.articles.iloc[0]
    article = bundled.article(row["article_id"])
    assert article.text == row["text"]
    quotes = bundled.quotes[bundled.quotes["article_id"] == row["article_id"]]
    contents = bundled.quote_spans[
        bundled.quote_spans["quote_id"].isin(quotes["quote_id"]) & (bundled.quote_spans["role"] == "content")
    ]
    assert [(mark.start, mark.end) for mark in article.marks if mark.role == "quote"] == list(
        zip(contents["start"], contents["end"], strict=True)
    )
    assert str(article).startswith(row["title"])
    for mark in article.marks:
        if mark.tag:
            assert f"[{mark.tag}] {article.text[mark.start : mark.start + 5]}" in str(article)


def test_a_quote_shows_the_paragraph_around_it(bundled):
    quote = bundled.quotes.iloc[3]
    shown = bundled.quote(quote["quote_id"])
    text = bundled.articles.set_index("article_id").loc[quote["article_id"], "text"]
    assert shown.text in text
    spans = bundled.quote_spans[bundled.quote_spans["quote_id"] == quote["quote_id"]]
    for span in spans.itertuples():
        assert text[span.start : span.end] in shown.text
    assert any(mark.role == "quote" for mark in shown.marks)
    assert all(0 <= mark.start <= mark.end <= len(shown.text) for mark in shown.marks)


def test_unknown_ids_are_named(bundled):
    with pytest.raises(FramingError, match="no article_id 'nowhere'"):
        bundled.article("nowhere")
    with pytest.raises(FramingError, match="no quote_id 'nowhere'"):
        bundled.quote("nowhere")


def test_tables_codebook_and_actors_say_what_they_hold(bundled):
    page = "".join(read(bundled._repr_html_()).text)
    assert f"{len(bundled.articles)} articles" in page
    assert f"{len(bundled.themes):,}" in page
    study = load_study("data")
    codebook = "".join(read(study.codebook._repr_html_()).text)
    assert all(theme.label in codebook for theme in study.codebook.themes)
    actors = "".join(read(study.actors._repr_html_()).text)
    assert all(side.label in actors for side in study.actors.sides)


def test_tables_without_a_study_or_articles_still_show(bundled):
    alone = replace(bundled, study=None)
    assert alone.article(bundled.articles["article_id"].iloc[0]).marks
    empty = bundled.select([])
    assert "0 articles from 0 outlets" in "".join(read(empty._repr_html_()).text)
