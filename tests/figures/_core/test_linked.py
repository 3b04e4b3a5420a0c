"""Figures as HTML for notebooks: what a mark says, and what is left without scripts."""

import base64
import gzip
import json
import re
from dataclasses import replace

import pytest

from analysis import figures
from analysis.exports.standoff import standoff_tables
from analysis.figures._core import linked
from analysis.figures._core.links import row_filters
from tests.contrast import weak

HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def some(bundled):
    """The articles of an agency and of a newspaper."""
    chosen = bundled.articles["outlet"].isin(["Transcontinental Wire", "Meridian Post"])
    return bundled.select(bundled.articles.loc[chosen, "article_id"])


@pytest.fixture(scope="module")
def figure(some):
    return figures.who_is_quoted(some, by="outlet_kind")


@pytest.fixture(scope="module")
def html(figure):
    return figure._repr_html_()


def packed(html):
    found = re.search(r"<script type='text/plain'>([A-Za-z0-9+/=]+)</script>", html)
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


def test_marks_say_their_numbers_and_lead_to_the_quotes_of_their_row(html, figure, some):
    data = packed(html)
    assert 0 < len(data["marks"]) <= len(figure.numbers)
    mark = next(m for m in data["marks"] if m["filters"] == {"group": "agency", "voice": "iran"})
    row = figure.numbers.query("outlet_kind == 'agency' and side == 'iran'").iloc[0]
    assert mark["name"] == "agency · quoted: Iran"
    assert f"{100 * row['estimate']:.0f} % (95 % interval" in mark["numbers"]
    assert f"n = {row['n']}" in mark["numbers"]
    assert {article["group"] for article in data["articles"]} == set(figure.numbers["outlet_kind"])
    assert len(data["texts"]) == len(some.articles)


def test_without_scripts_there_are_picture_numbers_and_links(html):
    static = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert static.count("<img alt='Who is quoted.") == 1 and "data:image/svg+xml;base64," in static
    assert "<summary>Numbers (" in static and "http" not in re.sub(r"href='https?://", "", static)


def test_the_same_figure_gives_the_same_output(html, some):
    assert figures.who_is_quoted(some, by="outlet_kind")._repr_html_() == html


def test_names_cannot_break_out_of_the_output(bundled):
    articles = bundled.articles.assign(outlet=HOSTILE, title=HOSTILE, url=f"https://x.org/{HOSTILE}")
    html = figures.voice_shares(replace(bundled, articles=articles))._repr_html_()
    assert HOSTILE not in html and "onerror=alert(1)>" not in html
    assert packed(html)["marks"][0]["filters"]["outlet"] == HOSTILE


def test_a_corpus_that_is_too_large_keeps_its_picture(figure, monkeypatch):
    monkeypatch.setattr(linked, "MOST_BYTES", 1000)
    html = linked.linked_html(figure)
    assert "analysis.explore(tables) shows them" in html and "<script" not in html


def test_numbers_drawn_by_hand_have_no_sentences(bundled, figure):
    by_hand = figures.FIGURES["who_is_quoted"].draw(figure.numbers, bundled.study)
    assert by_hand._repr_html_() is None and by_hand._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"numerator": 12, "denominator": 2000, "n": 5, "estimate": 6.0, "ci95_low": 4.1, "ci95_high": 8.0,
             "method": "hits per 1,000 words; bootstrap"},
            "6 (95 % interval 4.1 to 8), n = 5; hits per 1,000 words (12 of 2,000)",
        ),
        ({"estimate": -0.25, "ci95_low": float("nan"), "ci95_high": float("nan"), "n": 2}, "−0.25, n = 2"),
    ],
)  # fmt: skip
def test_numbers_in_words(row, said):
    assert linked.describe_numbers(row) == said


def test_groups_that_the_reader_does_not_know_are_filters_too():
    row = {"extra_leaning": "left", "side": "iran"}
    found = row_filters(figures.FIGURES["who_is_quoted"], row, None, "extra_leaning")
    assert found == {"group": "left", "voice": "iran"}


def test_text_controls_and_focus_stand_out_on_light_and_dark_pages():
    rules = re.findall(r"\.framing-linked(?:\.dark)? {(.*?)}", linked.linked_style())
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w+)", rule)) for rule in rules[:2])
    assert weak(light) == {} and weak(light | dark) == {}


def test_without_texts_articles_are_named_by_their_id(some):
    bare = standoff_tables(replace(some, articles=some.articles.assign(url="https://example.org/a")))
    html = figures.who_is_quoted(bare)._repr_html_()
    assert f": {some.articles['article_id'].iloc[0]}</a>" in html and "xxxx" not in html
