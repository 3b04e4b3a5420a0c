"""The page in a real browser: it works, by keyboard too, and whatever text it shows stays text."""

import dataclasses
import json
from urllib.parse import quote

import pytest

import analysis
from analysis.ingest import read
from analysis.report import write_report
from tests import browser

HACK = "window.hacked=1"
HOSTILE = f"</script><script>{HACK}</script><img src=x onerror='{HACK}'><svg onload='{HACK}'>"
LABEL = f"</script><b onclick={HACK}>"  # short enough for a figure's axis
HARMFUL = "svg[onload], script[src], iframe, [onload], [onerror], [onclick], img:not([src^='data:'])"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    driver = browser.start(tmp_path_factory.mktemp("profile"))
    driver.execute_cdp_cmd("Network.enable", {})
    # any request that is not the page itself would fail loudly
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["http://*", "https://*", "ws://*", "wss://*"]})
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A page over a study and articles in which everything that can be named is called something hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    study = {
        "codebook": {
            "title": HOSTILE,
            "themes": [{"id": "sanctions", "label": LABEL, "definition": HOSTILE, "patterns": ["sanction*"]}],
        },
        "actors": {
            "sides": [
                {"id": side, "label": f"{side} {LABEL}", "colour": "#0072B2"} for side in ("one", "two")
            ],
            "actors": [
                {
                    "id": name.lower(),
                    "name": name,
                    "kind": "state",
                    "side": side,
                    "aliases": [f"{name} {HOSTILE}"],
                }
                for name, side in (("Russia", "one"), ("Iran", "two"))
            ],
        },
        "outlets": {"outlets": [{"name": LABEL, "country": LABEL, "kind": "online", "note": HOSTILE}]},
    }
    for name, data in study.items():
        (folder / f"{name}.yml").write_text(json.dumps(data), encoding="utf-8")  # JSON is YAML
    text = f"{HOSTILE} Russia said that the sanctions against Iran hurt. \U0001f6a2 "
    text += f"“Iran {HOSTILE} wins,” {HOSTILE} said. "
    records = [
        {
            "id": f"{i}{HOSTILE}",
            "outlet": LABEL,
            "title": HOSTILE,
            "author": HOSTILE,
            "url": url,
            "text": text * 3,
        }
        for i, url in enumerate(("javascript:window.hacked=1", f"https://example.org/{HOSTILE}"))
    ]
    articles = folder / "articles.jsonl"
    articles.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    loaded = analysis.load_study(folder)
    found = read(str(articles), outlets=loaded.outlets).articles
    return write_report(analysis.annotate(found, loaded, progress=False), folder / "report")


def opened(chromium, page, fragment=""):
    """The page, freshly loaded; nothing was said in the console by then."""
    chromium.get("about:blank")
    chromium.get_log("browser")
    chromium.get(f"{page.as_uri()}{fragment}")
    settled(chromium)
    assert chromium.get_log("browser") == []
    return chromium


def settled(chromium):
    """Wait until the reader has searched all pieces that it needs."""
    script = """const done = arguments[0], count = document.getElementById('count');
        const look = () => count.textContent.startsWith('Searching') ? setTimeout(look, 20) : done();
        setTimeout(look, 60)"""
    chromium.execute_async_script(script)


def texts(chromium, selector):
    script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)"
    return chromium.execute_script(script, selector)


def counted(chromium):
    return texts(chromium, "#count")[0]


def test_the_reader_shows_a_chosen_article(chromium, page, bundled):
    article = bundled.articles.iloc[7]
    opened(chromium, page, f"#article={quote(article['article_id'])}")
    shown = texts(chromium, "#text")[0]
    assert article["text"] in shown and article["article_id"] in shown
    assert texts(chromium, "#text .q") and texts(chromium, "#text .m")
    assert "wavy underline negated theme" in texts(chromium, "#legend")[0]


@pytest.mark.parametrize("voice", ["outlet", "quoted"])
def test_a_theme_leads_to_its_sentences(chromium, page, bundled, voice):
    codebook = bundled.study.codebook
    below = [
        theme.id for theme in codebook.themes if "sanctions" in (theme.id, *codebook.ancestors(theme.id))
    ]
    hits = bundled.themes[bundled.themes["theme"].isin(below)]
    hits = hits[(hits["voice"] == "outlet") == (voice == "outlet")]
    opened(chromium, page, f"#theme=sanctions&voice={voice}")
    assert sorted(texts(chromium, "#sentences mark")) == sorted(hits["text"])
    assert counted(chromium).startswith(f"{len(hits)} hits in {hits['article_id'].nunique()} of 52 articles")


def test_numbers_and_what_they_lead_to_agree(chromium, page, bundled):
    """Links of figures: as many quotes, mentions and acts as the row counts."""
    quotes = bundled.quotes.query("side == 'iran' and kind == 'direct'")
    opened(chromium, page, "#voice=iran&kind=direct")
    assert counted(chromium).startswith(f"{len(quotes)} quotes")
    mentions = bundled.mentions.query("side == 'russia' and voice == 'outlet' and polarity == 1")
    opened(chromium, page, "#about=side%3Arussia&voice=outlet&tone=1")
    assert counted(chromium).startswith(f"{len(mentions)} mentions")
    row = analysis.compare.measures.relations.relation_balance(bundled, ("russia", "iran"), by=[]).iloc[0]
    opened(chromium, page, "#acts=russia%3C%3Eiran")
    assert counted(chromium).startswith(f"{row['denominator']:.0f} acts in {row['n']} of")
    frames = analysis.compare.measures.frames.frame_hits(bundled, ("russia", "iran"))
    frames_of = frames[frames["frame"] == "partnership"]
    opened(chromium, page, "#theme=rel_partnership&pair=1")
    assert counted(chromium) == f"{len(frames_of)} hits in {frames_of['article_id'].nunique()} of 52 articles"


def test_filters_change_by_hand_and_stay_in_the_address(chromium, page, bundled):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select

    opened(chromium, page, "#reader")
    assert counted(chromium) == "52 of 52 articles"
    chromium.find_element(By.CSS_SELECTOR, "#filters summary").click()
    Select(chromium.find_element(By.ID, "outlet")).select_by_value("Alborz Times")
    Select(chromium.find_element(By.ID, "theme")).select_by_value("sanctions")
    settled(chromium)
    assert chromium.current_url.endswith("#outlet=Alborz+Times&theme=sanctions")
    first = counted(chromium)
    chromium.refresh()
    settled(chromium)
    assert counted(chromium) == first
    chromium.find_element(By.CSS_SELECTOR, "#chosen button").click()
    settled(chromium)
    assert chromium.current_url.endswith("#theme=sanctions")
    chromium.find_element(By.ID, "clear").click()
    settled(chromium)
    assert counted(chromium) == "52 of 52 articles"


def test_a_number_opens_its_sentences_beside_it_and_closing_leads_back(chromium, page):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    opened(chromium, page)
    number = chromium.find_element(By.CSS_SELECTOR, ".answers a[href*='voice=iran']")
    number.click()
    settled(chromium)
    assert chromium.find_element(By.ID, "voice").get_attribute("value") == "iran"
    assert chromium.switch_to.active_element.get_attribute("id") == "reader-title"
    assert len(texts(chromium, "#sentences li")) > 0
    chromium.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert chromium.switch_to.active_element == number
    assert not chromium.find_element(By.ID, "reader").is_displayed()


def test_a_sentence_leads_to_its_article_and_back(chromium, page):
    from selenium.webdriver.common.by import By

    opened(chromium, page, "#words=railway")
    chromium.find_element(By.CSS_SELECTOR, "#sentences button").click()
    assert texts(chromium, "#text .target") and not chromium.find_element(By.ID, "list").is_displayed()
    chromium.find_element(By.ID, "back").click()
    assert chromium.switch_to.active_element == chromium.find_element(By.CSS_SELECTOR, "#sentences button")


def test_the_sentences_are_searched(chromium, page, bundled):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    opened(chromium, page)
    chromium.find_element(By.ID, "words").send_keys("railway", Keys.ENTER)
    settled(chromium)
    found = bundled.articles["text"].str.count(r"(?i)\brailway\b")
    assert counted(chromium).startswith(f"{found.sum()} places in ")


def test_two_groups_stand_side_by_side_with_their_sentences(chromium, page):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select

    opened(chromium, page)
    chromium.execute_script("document.getElementById('side-by-side').scrollIntoView()")
    Select(chromium.find_element(By.ID, "left")).select_by_visible_text("Alborz Times (7)")
    Select(chromium.find_element(By.ID, "right")).select_by_visible_text("Caspian Courier (6)")
    rows = {button.text: button for button in chromium.find_elements(By.CSS_SELECTOR, "#compared button")}
    chromium.execute_script(
        "arguments[0].scrollIntoView({ block: 'center' })", rows["Attributed words: Iran"]
    )
    rows["Attributed words: Iran"].click()
    chromium.execute_async_script("setTimeout(arguments[0], 300)")
    left, right = chromium.find_elements(By.CSS_SELECTOR, "#panes > div")
    assert left.find_element(By.TAG_NAME, "h4").text == "Alborz Times"
    link = left.find_element(By.CSS_SELECTOR, "a").get_attribute("href")
    assert link.endswith("#voice=iran&outlet=Alborz+Times") and left.find_elements(By.TAG_NAME, "li")
    assert "Caspian Courier" in right.text


def test_method_and_codebook_are_a_second_tab(chromium, page):
    from selenium.webdriver.common.by import By

    def shown():
        return [
            chromium.find_element(By.ID, name).is_displayed() for name in ("answer", "method", "codebook")
        ]

    opened(chromium, page)
    assert shown() == [True, False, False]
    chromium.find_element(By.CSS_SELECTOR, "#bar a[href='#method']").click()
    assert shown() == [False, True, True]
    chromium.find_element(By.CSS_SELECTOR, "#bar a[href='#topic-tone']").click()
    assert shown() == [True, False, False]


def test_caveats_are_folded_and_open_where_a_sentence_asks(chromium, page):
    from selenium.webdriver.common.by import By

    opened(chromium, page)
    note = chromium.find_element(By.CSS_SELECTOR, ".findings a.note")
    chromium.execute_script("arguments[0].scrollIntoView({ block: 'center' })", note)
    assert not chromium.find_element(By.CSS_SELECTOR, ".notes").is_displayed()
    note.click()
    assert chromium.find_element(By.CSS_SELECTOR, ".notes li:target").is_displayed()


def test_a_click_on_a_bar_leads_to_its_quotes(chromium, page, bundled):
    from selenium.webdriver.common.by import By

    opened(chromium, page)
    name = "Read: Meridian Post · quoted: Iran"
    bars = chromium.find_elements(By.CSS_SELECTOR, "#figure-who_is_quoted .marks a")
    (bar,) = [a for a in bars if a.find_element(By.TAG_NAME, "title").get_attribute("textContent") == name]
    chromium.execute_script("arguments[0].scrollIntoView({ block: 'center' })", bar)
    bar.click()  # where a mouse would, in its middle
    settled(chromium)
    outlets = bundled.articles.set_index("article_id")["outlet"]
    quotes = bundled.quotes[bundled.quotes["article_id"].map(outlets) == "Meridian Post"].query(
        "side == 'iran'"
    )
    assert counted(chromium).startswith(f"{len(quotes)} quotes")
    assert chromium.switch_to.active_element.get_attribute("id") == "reader-title"


def test_the_same_link_leads_there_again(chromium, page):
    from selenium.webdriver.common.by import By

    opened(chromium, page, "#voice=iran")
    chromium.execute_script("scrollTo(0, 0)")
    link = chromium.find_element(By.CSS_SELECTOR, ".answers a[href='#voice=iran']")
    for _ in range(2):
        chromium.execute_script("arguments[0].scrollIntoView({ block: 'center' })", link)
        link.click()
        settled(chromium)
        assert chromium.switch_to.active_element.get_attribute("id") == "reader-title"
        chromium.execute_script("document.activeElement.blur()")


def test_a_point_that_is_an_article_leads_to_that_article_alone(chromium, page, bundled):
    article = bundled.mentions.query("side == 'russia'").groupby("article_id").size().idxmax()
    mentions = bundled.mentions.query("side == 'russia' and article_id == @article")
    opened(chromium, page, f"#only={quote(article)}&about=side%3Arussia")
    assert counted(chromium).startswith(f"{len(mentions)} mentions in 1 of")


def test_what_only_a_pointer_can_use_has_its_twin_in_a_table(chromium, page):
    """Links on figures are kept from keyboards and screen readers: each stands in the table below, too."""
    script = """return [...document.querySelectorAll('.drawn-figure')].map((f) => {
        const links = (from) => new Set([...f.querySelectorAll(from)].map((a) => a.getAttribute('href')));
        const rows = links('td a');
        return [f.id, [...links('.marks a')].filter((link) => !rows.has(link)),
                [...f.querySelectorAll('.marks a')].filter((a) => a.tabIndex !== -1).length];
    })"""
    opened(chromium, page)
    for figure, missing, focusable in chromium.execute_script(script):
        assert (missing, focusable) == ([], 0), figure


def test_words_are_whole_unless_a_star_says_otherwise(chromium, page):
    opened(chromium, page, "#words=sanction*&voice=iran")
    found = texts(chromium, "#sentences mark")
    assert found and all(word.lower().startswith("sanction") for word in found)
    opened(chromium, page, "#words=sanctio")
    assert texts(chromium, "#sentences mark") == []
    opened(chromium, page, "#words=***")
    assert counted(chromium) == "52 of 52 articles"


def test_everything_can_be_reached_by_keyboard(chromium, page):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    opened(chromium, page)
    body = chromium.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert chromium.switch_to.active_element.get_attribute("class") == "skip"
    opened(chromium, page, "#voice=iran")
    hit = chromium.find_element(By.CSS_SELECTOR, "#sentences button")
    hit.send_keys(Keys.ENTER)
    assert chromium.switch_to.active_element.get_attribute("id") == "text"
    chromium.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    first = texts(chromium, "#detail")[0]
    chromium.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    assert first and texts(chromium, "#detail")[0]
    assert chromium.switch_to.active_element.get_attribute("title")


def test_a_correction_is_kept_in_the_browser_and_offered_as_a_file(chromium, page, bundled):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import Select

    opened(chromium, page, "#voice=iran")
    chromium.find_element(By.CSS_SELECTOR, "#sentences button[aria-label^=Correct]").send_keys(Keys.ENTER)
    form = chromium.find_element(By.CSS_SELECTOR, "#sentences form")
    Select(form.find_element(By.CSS_SELECTOR, "select")).select_by_value("lavrov")
    form.find_element(By.CSS_SELECTOR, "input[required]").send_keys("ann", Keys.ENTER)
    opened(chromium, page, "#voice=russia")  # it is still there
    assert texts(chromium, ".collection")[0].startswith("1 correction, not applied yet.")
    assert browser.weaknesses(chromium, chromium.find_element("id", "reader")) == []
    (kept,) = chromium.execute_script("return Object.values(localStorage)")
    ((row, column, _, new, who, _),) = json.loads(kept)
    assert row in set(bundled.quotes["quote_id"]) and (column, new, who) == (
        "quotes.speaker",
        "lavrov",
        "ann",
    )
    chromium.find_element(By.CSS_SELECTOR, ".collection button").click()
    opened(chromium, page, "#voice=iran")
    assert not texts(chromium, ".collection a")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_shows_it_without_scrolling_sideways(chromium, page, scheme):
    screen = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    try:
        opened(chromium, page, "#theme=sanctions")
        assert chromium.execute_script("return document.scrollingElement.scrollWidth") == 360
        chromium.find_element("id", "close").click()
        assert chromium.execute_script("return document.scrollingElement.scrollWidth") == 360
        background = chromium.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(255, 255, 255)") == (scheme == "light")
    finally:
        chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_it_prints_on_twelve_pages_with_what_was_folded_away(chromium, page):
    import base64

    opened(chromium, page, "#voice=iran")
    wanted = {"printBackground": True, "preferCSSPageSize": True}
    printed = base64.b64decode(chromium.execute_cdp_cmd("Page.printToPDF", wanted)["data"])
    assert printed.startswith(b"%PDF") and 6 <= printed.count(b"/Type /Page\n") <= 12
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        visible = "return document.getElementById(arguments[0]).getClientRects().length"
        assert chromium.execute_script(visible, "answer") and chromium.execute_script(visible, "codebook")
        assert not chromium.execute_script(visible, "reader")
    finally:
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_hostile_text_stays_text(chromium, hostile):
    opened(chromium, hostile)
    for fragment in (
        "#theme=sanctions",
        "#voice=one",
        f"#words={quote('(Iran|<img')}",
        f"#outlet={quote(LABEL)}",
        "#about=iran",
    ):
        opened(chromium, hostile, fragment)
        chromium.execute_script(
            "document.querySelectorAll('a[href], button, summary').forEach((e) => e.target || e.click())"
        )
        settled(chromium)
    assert chromium.execute_script("return window.hacked") is None
    assert texts(chromium, HARMFUL) == []
    addresses = chromium.execute_script("return [...document.links].map((a) => a.getAttribute('href'))")
    assert all(str(address).startswith(("#", "https://example.org/")) for address in addresses if address)
    assert "<script>window.hacked=1</script>" in texts(chromium, "h1")[0]
    assert texts(chromium, "#theme option")[1].strip() == LABEL
    assert chromium.get_log("browser") == []


def loaded(chromium):
    """What the page loaded by its own account, inline images aside."""
    names = chromium.execute_script("return performance.getEntriesByType('resource').map((e) => e.name)")
    return [name for name in names if not name.startswith("data:")]


def test_nothing_is_fetched(chromium, page, hostile):
    for shown in (page, hostile):
        opened(chromium, shown, "#theme=sanctions")
        assert loaded(chromium) == []


def test_articles_in_files_are_loaded_when_they_are_searched(chromium, bundled, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.report.pieces.INLINE_ARTICLES", 20)
    monkeypatch.setattr("analysis.report.pieces.PIECE", 20)
    page = write_report(bundled, tmp_path, drawn=[])
    hits = bundled.themes.query("theme == 'tourism'")
    opened(chromium, page, "#theme=tourism")
    assert counted(chromium) == f"{len(hits)} hits in {hits['article_id'].nunique()} of 52 articles"
    for path in (tmp_path / "articles").iterdir():
        path.unlink()
    opened(chromium, page)  # needs none of them, and says nothing in the console
    chromium.execute_script("location.hash = '#voice=iran'")
    settled(chromium)
    assert "is missing. Keep the folder “articles” beside this page." in counted(chromium)


def test_tables_without_text_lead_to_the_addresses(chromium, bundled, tmp_path):
    few = bundled.select(bundled.articles["article_id"].head(4))
    public = dataclasses.replace(
        few, articles=few.articles.assign(url="https://example.org/1")
    ).without_text()
    page = write_report(public, tmp_path, drawn=[])
    opened(chromium, page, "#voice=quoted")
    assert counted(chromium).startswith(f"{len(few.quotes)} quotes in 4 of 4 articles")
    assert "words of the articles are not part of these results" in texts(chromium, "#reader .small")[0]
    entry = texts(chromium, "#sentences li")[0]
    assert "sentence" in entry and "original" in entry
    words = few.articles["text"].iloc[0].split()[20:25]
    assert " ".join(words) not in page.read_text(encoding="utf-8")
