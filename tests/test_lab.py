"""JupyterLab in a real browser: 00_start_here runs to the end and shows what it promises."""

import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests import browser
from tests.conftest import ROOT
from tests.jupyterlab import CELLS, RUN_ALL, START, end, own_errors

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
)


def test_a_server_that_does_not_stop_is_ended_and_waited_for():
    with subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE) as server:
        server.stdout.readline()
        end(server, patience=0.05)
        assert server.returncode == -signal.SIGKILL


def a_bar_leads_to_exactly_its_quotes(page, tables):
    """A click on a bar of who_is_quoted, and one with the keyboard; keys typed there reach no cell."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.wait import WebDriverWait

    root = page.find_element(By.CSS_SELECTOR, "[data-framing][data-ready]")
    shadow = root.shadow_root
    WebDriverWait(page, START).until(lambda _: shadow.find_elements(By.CSS_SELECTOR, ".marks button"))
    outlets = tables.articles.set_index("article_id")["outlet"]
    marks = shadow.find_elements(By.CSS_SELECTOR, ".marks button")
    for mark, keys, outlet, side in (
        (marks[0], None, "Alborz Times", "iran"),
        (marks[0], Keys.ARROW_RIGHT, "Bosphorus Herald", "iran"),
    ):
        if keys is None:
            click_until_pressed(page, mark)
        else:
            mark.send_keys(keys)
            page.execute_script("return document.activeElement.shadowRoot.activeElement").send_keys(
                Keys.ENTER
            )
        quotes = tables.quotes[
            (tables.quotes["article_id"].map(outlets) == outlet) & (tables.quotes["side"] == side)
        ]
        n_articles = quotes["article_id"].nunique()
        count = shadow.find_element(By.CSS_SELECTOR, ".count").text
        assert count == f"{len(quotes)} quotes in {n_articles} articles"
        contents = tables.quote_spans[
            tables.quote_spans["quote_id"].isin(quotes["quote_id"])
            & (tables.quote_spans["role"] == "content")
        ]
        shown = page.execute_script(
            "return [...arguments[0].shadowRoot.querySelectorAll('td.text mark')].map(mark => mark.textContent)",
            root,
        )
        texts = tables.articles.set_index("article_id")["text"]
        of_quote = quotes.set_index("quote_id")["article_id"]
        wanted = [
            texts[of_quote[quote]][start:end]
            for quote, start, end in contents[["quote_id", "start", "end"]].itertuples(index=False)
        ]
        assert sorted(shown) == sorted(wanted)
    assert browser.weaknesses(page, shadow) == []
    correct(shadow, speaker="lavrov")
    kept = shadow.find_element(By.CSS_SELECTOR, ".collection")
    WebDriverWait(page, START).until(lambda _: kept.text.startswith("1 correction, not applied yet."))
    cells = page.execute_script(CELLS)
    shadow.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys("ddxx")  # commands of JupyterLab
    assert shadow.find_element(By.CSS_SELECTOR, ".count").text.startswith("0 of ")
    assert len(page.execute_script(CELLS)) == len(cells)


def click_until_pressed(page, mark):
    """Click on a mark, and again while other outputs are still being laid out and move it away.

    Each attempt scrolls first: inside a shadow tree the driver itself does not scroll the notebook, so a mark that
    has moved under the toolbar would be covered for ever.
    """
    from selenium.common.exceptions import ElementClickInterceptedException

    end = time.monotonic() + START
    while mark.get_attribute("aria-pressed") != "true":
        page.execute_script("arguments[0].scrollIntoView({ block: 'center' })", mark)
        try:
            mark.click()
        except ElementClickInterceptedException:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            assert time.monotonic() < end, "clicks do not reach the mark"


def correct(shadow, *, speaker):
    """Correct the speaker of the first quote in the list, with the keyboard."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import Select

    shadow.find_element(By.CSS_SELECTOR, "td.text button").send_keys(Keys.ENTER)
    form = shadow.find_element(By.CSS_SELECTOR, "form.correction")
    Select(form.find_element(By.CSS_SELECTOR, "select")).select_by_value(speaker)
    form.find_element(By.CSS_SELECTOR, "input[required]").send_keys("ann" + Keys.ENTER)


def the_widget_shows_another_figure_and_its_sentences(page):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import Select
    from selenium.webdriver.support.wait import WebDriverWait

    host = page.execute_script(
        "return [...document.querySelectorAll('*')].find(e => e.shadowRoot?.querySelector('.controls'))"
    )
    page.execute_script("arguments[0].scrollIntoView()", host)
    shadow = host.shadow_root
    assert browser.weaknesses(page, shadow) == []
    figure, *_ = shadow.find_elements(By.CSS_SELECTOR, "select")
    Select(figure).select_by_value("voice_shares")
    status = shadow.find_element(By.CSS_SELECTOR, "[role=status]")
    WebDriverWait(page, START).until(lambda _: status.text.startswith("How much of each outlet's text"))
    shadow.find_element(By.CSS_SELECTOR, ".marks button").send_keys(Keys.ENTER)
    WebDriverWait(page, START).until(
        lambda _: shadow.find_elements(By.CSS_SELECTOR, ".evidence td.text mark")
    )
    Select(figure).select_by_value("who_is_quoted")
    WebDriverWait(page, START).until(lambda _: status.text.startswith("Which sides get most"))
    mark, *_ = shadow.find_elements(By.CSS_SELECTOR, ".marks button")
    before = mark.accessible_name
    mark.send_keys(Keys.ENTER)
    WebDriverWait(page, START).until(lambda _: shadow.find_elements(By.CSS_SELECTOR, "td.text button"))
    began = time.monotonic()
    correct(shadow, speaker="lavrov")
    WebDriverWait(page, START).until(
        lambda _: status.text.endswith("The numbers include 1 correction by hand.")
    )
    print(f"a correction changed the figure in {time.monotonic() - began:.1f} s")
    assert shadow.find_element(By.CSS_SELECTOR, ".marks button").accessible_name != before


@pytest.mark.slow
def test_start_here_runs_to_the_end_and_shows_article_and_figure(lab, bundled, bundled_results):
    from selenium.webdriver.common.by import By

    shutil.copytree(ROOT / "notebooks", lab.folder / "notebooks")
    shutil.copytree(bundled_results, lab.folder / "results")  # the widget writes corrections there
    page = lab.open("notebooks/00_start_here.ipynb")
    assert page.execute_async_script(RUN_ALL) == "ran"
    cells = page.execute_script(CELLS)
    assert [count for count, _ in cells] == list(range(1, len(cells) + 1))
    assert "error" not in {kind for _, kinds in cells for kind in kinds}

    article = page.find_element(By.CSS_SELECTOR, ".framing .text")
    assert article.find_elements(By.CSS_SELECTOR, ".quote")
    assert "whose words" in page.find_element(By.CSS_SELECTOR, ".framing .legend").text
    a_bar_leads_to_exactly_its_quotes(page, bundled)
    the_widget_shows_another_figure_and_its_sentences(page)
    assert own_errors(page.get_log("browser")) == []

    search = page.find_element(By.CSS_SELECTOR, ".dt-search input")  # no host but this one can be reached
    page.execute_script("arguments[0].scrollIntoView()", search)
    search.send_keys("no cell says this")
    assert "No matching records" in page.find_element(By.CSS_SELECTOR, ".dt-container tbody").text
