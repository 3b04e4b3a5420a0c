"""The page: complete, self-contained, escaped, and working in a browser."""

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

import analysis
from analysis.figures import FIGURES
from analysis.ingest import read
from analysis.report import write_report
from analysis.report.page import SHOWN_REJECTS, tinted
from analysis.report.reader import script_json
from analysis.schemas import TABLES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTILE = "<script>document.title='hacked'</script><img src=x onerror=\"document.title='hacked'\">"


@pytest.fixture(scope="module")
def page(bundled, tmp_path_factory):
    return write_report(bundled, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def hostile(study, tmp_path_factory):
    """A page over one article whose outlet, title, author and text are HTML."""
    import json

    folder = tmp_path_factory.mktemp("hostile")
    text = f"{HOSTILE} Officials in Moscow said that </script> sanctions against Iran hurt. {HOSTILE} " * 3
    record = {"id": f"x{HOSTILE}", "outlet": HOSTILE, "title": HOSTILE, "author": HOSTILE, "text": text}
    (folder / "articles.jsonl").write_text(json.dumps(record), encoding="utf-8")
    articles = read(str(folder / "articles.jsonl"), outlets=study.outlets).articles
    return write_report(analysis.annotate(articles, study, progress=False), folder)


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def browse(page, fragment=""):
    """The page's elements after its script has run, and what the browser's console said."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: on Debian or Ubuntu, apt-get install chromium")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    ]
    flags += ["--disable-component-update", "--disable-sync", "--enable-logging=stderr", "--dump-dom"]
    flags += [f"--user-data-dir={page.parent / 'profile'}", "--virtual-time-budget=4000"]
    result = subprocess.run(
        [CHROMIUM, *flags, f"{page.as_uri()}{fragment}"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return result.stdout, [line for line in result.stderr.splitlines() if "CONSOLE" in line]


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
    assert len(images) == len(FIGURES)
    assert all(len(image["alt"]) > 40 for image in images)


def test_says_what_it_is(page, bundled):
    text = page.read_text(encoding="utf-8")
    assert "Not validated on this corpus" in text
    assert "Written for this project" in text
    assert f"{len(bundled.articles)} articles" in text
    assert bundled.run["fingerprint"] in text


def test_stays_small(page):
    assert page.stat().st_size < 5_000_000


def test_same_tables_same_page(page, bundled, tmp_path):
    assert write_report(bundled, tmp_path).read_bytes() == page.read_bytes()


def test_reader_shows_a_chosen_article(page, bundled):
    article = bundled.articles.iloc[7]
    dom, console = browse(page, f"#article={quote(article['article_id'])}")
    assert console == []
    shown = re.search(r'<article id="text".*?</article>', dom, re.DOTALL)[0]
    plain = re.sub(r"<[^>]+>", "", shown)
    assert article["title"][:30] in plain.replace("&amp;", "&")
    assert 'class="q' in shown or " q" in shown
    assert article["article_id"] in plain


@pytest.mark.parametrize("voice", ["outlet", "quoted"])
def test_a_theme_leads_to_its_sentences(page, bundled, voice):
    hits = bundled.themes.query("theme == 'sanctions'")
    dom, console = browse(page, "#theme=sanctions")
    assert console == []
    listed = re.search(r'<ol id="sentences">.*?</ol>', dom, re.DOTALL)[0]
    assert sorted(re.findall(r"<mark>(.*?)</mark>", listed)) == sorted(hits["text"])
    shown = listed.count("own words") if voice == "outlet" else listed.count("quoted: ")
    assert shown == (hits["voice"] == "outlet").eq(voice == "outlet").sum()


def test_hostile_text_stays_text(hostile):
    dom, console = browse(hostile)
    assert console == []
    title = re.search(r"<title>(.*?)</title>", dom)[1]
    assert "hacked" not in title
    tags = Elements(dom).found
    assert not [a for tag, a in tags if tag == "img" and not (a.get("src") or "").startswith("data:")]
    assert not [a for _, a in tags if any(name.startswith("on") for name in a)]
    assert "&lt;script&gt;" in dom


def test_hostile_text_cannot_end_the_data(hostile):
    text = hostile.read_text(encoding="utf-8")
    scripts = [attributes for tag, attributes in Elements(text).found if tag == "script"]
    assert len(scripts) == 2


def test_script_json_survives_everything_that_ends_a_script():
    nasty = "</script><!--<script>&amp;\u2028\u2029"
    encoded = script_json({"text": nasty})
    assert not set("<>&\u2028\u2029") & set(encoded)
    import json

    assert json.loads(encoded) == {"text": nasty}


@pytest.mark.parametrize("colour", ["#000000", "#332288", "#B0232A", "#ffffff"])
def test_black_text_on_a_tint_passes_wcag_aa(colour):
    def channel(value):
        value /= 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    mixed = tinted(colour)
    r, g, b = (channel(int(mixed[i : i + 2], 16)) for i in (1, 3, 5))
    luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
    assert (luminance + 0.05) / (0.0056 + 0.05) >= 4.5


def test_a_long_list_of_refused_articles_is_cut_and_counted(bundled, tmp_path):
    reject = {"source_file": "x.csv", "row": "7", "reason": "empty", "detail": "no words"}
    rejects = TABLES["rejects"].frame([reject] * (SHOWN_REJECTS + 1000))
    text = write_report(replace(bundled, rejects=rejects), tmp_path).read_text(encoding="utf-8")
    assert f"{SHOWN_REJECTS + 1000:,} articles were refused" in text
    assert f"the first {SHOWN_REJECTS} are listed here" in text
    assert text.count("<td>x.csv</td>") == SHOWN_REJECTS


def test_the_reader_knows_tone_and_voice_of_every_mention(bundled):
    import json

    from analysis.report.reader import articles_json

    marks = [mark for article in json.loads(articles_json(bundled)) for mark in article["mentions"]]
    judged = bundled.mentions[bundled.mentions["abstained"].isna()]
    assert sum(mark[4] is not None for mark in marks) == len(judged)
    assert sum(mark[4] == -1 for mark in marks) == (judged["polarity"] == -1).sum() > 0
    assert {mark[5] for mark in marks} == set(bundled.mentions["voice"])


def test_wide_things_scroll_and_origins_are_folded_away(page):
    text = page.read_text(encoding="utf-8")
    assert text.count('<div class="wide" tabindex="0"') == text.count("<img ")
    assert "min-width: 40rem" in text
    assert re.search(
        r"<details><summary>Versions, settings and fingerprints</summary>\s*<div class=\"scroll\"><table",
        text,
    )


def test_the_legend_shows_the_line_below_negated_hits(page):
    dom, console = browse(page)
    assert console == []
    assert '<i class="wavy">wavy underline</i>: negated theme' in dom
