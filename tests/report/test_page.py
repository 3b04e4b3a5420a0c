"""The page: complete, self-contained, escaped, and working in a browser."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from analysis import report
from analysis.compare._core.theme_hits import theme_hits
from analysis.figures import page_figures
from analysis.figures._core.links import tinted
from analysis.report import write_report
from analysis.report.page import SHOWN_REJECTS
from analysis.schemas import TABLES
from analysis.tables import Tables
from tests.contrast import TEXT, contrast, weak

CSS = Path(report.__file__).with_name("templates") / "page.css"


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def test_nothing_is_fetched(page):
    text = page.read_text(encoding="utf-8")
    for tag, attributes in Elements(text).found:
        for name in ("src", "href", "srcset", "action"):
            value = attributes.get(name) or ""
            assert value.startswith(("data:", "#")) or not value, (tag, name, value[:80])
    assert "url(" not in text
    assert "@import" not in text


def test_every_figure_has_a_text_that_says_what_it_shows(page):
    images = [
        attributes for tag, attributes in Elements(page.read_text(encoding="utf-8")).found if tag == "img"
    ]
    assert len(images) == len(page_figures())
    assert all(len(image["alt"]) > 40 for image in images)


def test_says_what_it_is(page, bundled):
    text = page.read_text(encoding="utf-8")
    assert "Not validated on this corpus" in text
    assert "Written for this project" in text
    assert f"<b>{len(bundled.articles)}</b> <span>articles</span>" in text
    assert bundled.run["fingerprint"] in text


def test_stays_small(page):
    assert page.stat().st_size < 5_000_000


def test_same_tables_same_page(page, bundled, on_page, tmp_path):
    assert write_report(bundled, tmp_path, drawn=on_page).read_bytes() == page.read_bytes()


def palette(scheme):
    """The colours of the page by name, light or dark."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w+)", rule))
        for rule in re.findall(r":root {(.*?)}", CSS.read_text())[:2]
    )
    return light if scheme == "light" else light | dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_controls_stand_out(scheme):
    colours = palette(scheme)
    assert weak(colours, text=[*TEXT, ("ink", "warn"), ("link", "warn")]) == {}


@pytest.mark.parametrize("colour", ["#000000", "#332288", "#B0232A", "#ffffff"])
def test_text_on_a_tint_passes_wcag_aa(colour, study):
    for made in (colour, *study.side_colours.values()):
        assert contrast(palette("light")["on-tint"], tinted(made)) >= 4.5


def test_a_long_list_of_refused_articles_is_cut_and_counted(bundled, tmp_path):
    reject = {"source_file": "x.csv", "row": "7", "reason": "empty", "detail": "no words"}
    rejects = TABLES["rejects"].frame([reject] * (SHOWN_REJECTS + 1000))
    some = bundled.select(bundled.articles["article_id"].head(3))
    text = write_report(replace(some, rejects=rejects), tmp_path, drawn=[]).read_text(encoding="utf-8")
    assert f"{SHOWN_REJECTS + 1000:,} articles were refused" in text
    assert f"the first {SHOWN_REJECTS} are listed here" in text
    assert text.count("<td>x.csv</td>") == SHOWN_REJECTS


def test_every_figure_leads_to_sentences(page, bundled):
    """Each figure's rows carry filters, and those of a theme in an outlet are that theme and outlet."""
    text = page.read_text(encoding="utf-8")
    drawn = re.findall(r'<figure id="figure-(\w+)"[^>]*>(.*?)</figure>', text, re.DOTALL)
    assert sorted(name for name, _ in drawn) == sorted(page_figures())
    assert [name for name, body in drawn if "<img" in body and 'href="#' not in body] == []
    rates = dict(drawn)["theme_rates"]
    assert '<a href="#outlet=Alborz%20Times&amp;theme=sanctions"' in rates
    assert theme_hits(bundled)["theme"].eq("sanctions").any()


def test_of_long_tables_the_rows_that_are_drawn_are_shown(page, on_page):
    text = page.read_text(encoding="utf-8")
    cues = re.search(r'<figure id="figure-speakers_and_cues"[^>]*>(.*?)</figure>', text, re.DOTALL)[1]
    rows = len(next(figure.numbers for figure in on_page if figure.entry.name == "speakers_and_cues"))
    assert f"rows that are drawn; all {rows} are in speakers_and_cues.csv" in cues
    assert 0 < cues.count("<tr>") - 1 < rows


def test_without_texts_figures_that_read_them_are_left_out(bundled, on_page, tmp_path):
    from analysis.figures._core.registry import Drawn

    few = bundled.select(bundled.articles["article_id"].head(2))
    drawn = [Drawn(figure.entry, pd.DataFrame(), why_not="made up") for figure in on_page]
    assert 'id="figure-adoption"' in write_report(few, tmp_path, drawn=drawn).read_text(encoding="utf-8")
    text = write_report(few.without_text(), tmp_path, drawn=drawn).read_text(encoding="utf-8")
    assert 'id="figure-adoption"' not in text and 'id="figure-voice_shares"' in text


def test_figures_are_drawn_for_the_page_alone(study, tmp_path):
    """Without drawn figures the page draws its own, and says why there are none where no article was measured."""
    empty = replace(Tables.from_rows({}, articles=TABLES["articles"].empty()), study=study)
    text = write_report(empty, tmp_path).read_text(encoding="utf-8")
    assert text.count("Nothing to draw: ") == len(page_figures())
    assert "Nothing to draw: no words are attributed to a speaker." in text


def test_sentences_stand_in_their_sections_with_links_and_caveats_in_one_place(page):
    text = page.read_text(encoding="utf-8")
    for topic, said in (
        ("speakers", "of the attributed words"),
        ("tone", "tone towards"),
        ("outlets", "all others"),
    ):
        section = re.search(rf'<section id="topic-{topic}".*?</section>', text, re.DOTALL)[0]
        assert said in section and 'class="read" href="#' in section
    notes = re.findall(r'<a class="note" href="#(note-\d+)"', text)
    assert len(notes) > 10 and all(f'<li id="{note}">' in text for note in notes)
    assert text.count("Benjamini-Hochberg and its interval") == 1


def test_the_policy_names_script_and_style_by_their_hash(page):
    import base64
    import hashlib

    text = page.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    assert "unsafe" not in policy and policy.startswith("default-src 'none'")
    for kind, tag in (("script", "script"), ("style", "style")):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_wide_things_scroll_and_origins_are_folded_away(page):
    text = page.read_text(encoding="utf-8")
    assert text.count('<div class="wide" tabindex="0"') == text.count("<img ")
    assert "min-width: 36rem" in text
    folded = '<details class="printed"><summary>Versions, settings and fingerprints</summary>'
    assert re.search(rf'{folded}\s*<div class="scroll"[^>]*><table', text)


def test_the_reader_of_very_large_results_holds_a_sample_and_says_so(bundled, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.report.pieces.MOST_ARTICLES", 3)
    few = bundled.select(bundled.articles["article_id"].head(9))
    text = write_report(few, tmp_path, drawn=[]).read_text(encoding="utf-8")
    assert "a random sample of 3 of the 9 articles" in text
