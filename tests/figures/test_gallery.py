"""The page to look through the figures: each has words for who cannot see it, whatever the outlets are called."""

import dataclasses
from html.parser import HTMLParser

import pytest

from analysis import figures

HOSTILE = (
    "\"'><script>alert(1)</script></figcaption><img src=x onerror=alert(2)> $\\frac{1}{0}$ &amp;\n" + "x" * 80
)
NAMED = [
    "who_is_quoted",
    "theme_rates",
    "outlet_differences",
    "relation_by_country",
    "keyness",
    "reprints_over_time",
]
EMPTY = {"meta", "img", "link", "br", "hr", "input"}


class Page(HTMLParser):
    """The elements of a page; anything left open or closed in the wrong order is an error."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self._open = [], []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), tag
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def all(self, tag):
        return [attributes for found, attributes in self.elements if found == tag]


@pytest.fixture(scope="module")
def folder(bundled, tmp_path_factory):
    """Figures of articles whose largest outlet, its country and the study have hostile names."""
    articles = bundled.articles.copy()
    worst = articles["outlet"] == "Meridian Post"
    articles["outlet"] = articles["outlet"].mask(worst, HOSTILE)
    articles["outlet_country"] = articles["outlet_country"].mask(worst, HOSTILE)
    codebook = bundled.study.codebook.model_copy(update={"title": HOSTILE})
    study = dataclasses.replace(bundled.study, codebook=codebook)
    where = tmp_path_factory.mktemp("hostile")
    tables = dataclasses.replace(bundled, articles=articles, study=study)
    assert len(figures.draw(tables, where, only=NAMED, formats=["svg"])) == len(NAMED)
    return where


@pytest.fixture(scope="module")
def page(folder):
    return Page((folder / "index.html").read_text(encoding="utf-8"))


def test_every_figure_is_there_with_words_for_it(bundled, printed, tmp_path):
    figures.save_figures(printed, tmp_path, bundled, formats=["svg"])
    pictures = Page((tmp_path / "index.html").read_text(encoding="utf-8")).all("img")
    assert [picture["src"] for picture in pictures] == [f"{name}.svg" for name in figures.FIGURES]
    for picture, entry in zip(pictures, figures.FIGURES.values(), strict=True):
        assert entry.title in picture["alt"] and entry.reading in picture["alt"]


def test_no_name_becomes_code(page):
    assert not page.all("script")
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_ids_are_unique_and_every_link_leads_somewhere(page, folder):
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in page.all("a"):
        target = link["href"]
        assert target[1:] in ids if target.startswith("#") else (folder / target).is_file(), target


def test_the_page_has_a_language_a_title_and_headings_in_order(page):
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("title")) == len(page.all("h1")) == 1
    assert len(page.all("h2")) == len(NAMED)
    assert all(attributes["aria-labelledby"] for attributes in page.all("figure"))


def test_a_figure_that_is_not_drawn_is_named_with_the_reason(bundled, tmp_path):
    study = dataclasses.replace(bundled.study, loaded_terms=None)
    assert not figures.draw(dataclasses.replace(bundled, study=study), tmp_path, only=["adoption"])
    assert "the study lists no loaded terms" in (tmp_path / "index.html").read_text(encoding="utf-8")
