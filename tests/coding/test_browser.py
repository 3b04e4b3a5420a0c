"""The coding page in a browser, with the keyboard alone."""

import krippendorff
import numpy as np
import pytest

from analysis.coding.adjudication import live_agreement
from analysis.coding.session import Session
from analysis.coding.store import CodingFile
from tests import browser
from tests.coding.test_server import serving


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    started = browser.start(tmp_path_factory.mktemp("profile"))
    yield started
    started.quit()


def wait(driver, condition):
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(driver, 20, poll_frequency=0.05).until(lambda _: condition())


def heading(driver):
    return driver.execute_script("return document.querySelector('h1')?.textContent ?? ''")


def press(driver, *keys):
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(driver).send_keys(key).perform()


def code_units(driver, url, letters, first=1):
    """Answer two questions for each unit: the letter for the first, 'no' for the second."""
    driver.get(url)
    for number, letter in enumerate(letters, start=first):
        wait(driver, lambda number=number: heading(driver).startswith(f"Unit {number}:"))
        press(driver, {"y": "1", "n": "2"}[letter], "2")


def test_ten_units_two_coders_and_an_adjudication(driver, made_file):
    file = made_file()
    ann, ben = "yynnyynnyy", "ynnnyynyyy"
    with serving(Session(file, "ann")) as server:
        code_units(driver, server.url, ann[:4])
        wait(driver, lambda: heading(driver).startswith("Unit 5:"))
        assert browser.weaknesses(driver) == []
    again = CodingFile(file.path)  # the server is gone; a new one goes on in the file
    with serving(Session(again, "ann")) as server:
        code_units(driver, server.url, ann[4:], first=5)
        wait(driver, lambda: "Thank you" in heading(driver))
        press(driver, "z")
        wait(driver, lambda: heading(driver).startswith("Unit 10:"))
        press(driver, "2")
        wait(driver, lambda: "Thank you" in heading(driver))
    with serving(Session(again, "ben")) as server:
        code_units(driver, server.url, ben)
        wait(driver, lambda: "Thank you" in heading(driver))
    data = np.array([[letter == "y" for letter in letters] for letters in (ann, ben)], dtype=float)
    assert live_agreement(again)[0]["value"] == round(
        krippendorff.alpha(data, level_of_measurement="nominal"), 4
    )
    with serving(Session(again, "carla", adjudicate=True)) as server:
        driver.get(server.url)
        wait(driver, lambda: "2 open" in driver.page_source)
        assert browser.weaknesses(driver) == []
        buttons = driver.find_elements("css selector", "fieldset:first-of-type button")
        driver.execute_script("arguments[0].focus()", buttons[1])
        press(driver, "\ue007")
        wait(driver, lambda: "1 open" in driver.page_source)
        wait(
            driver, lambda: driver.execute_script("return document.activeElement.textContent") == "yes"
        )  # the next
    assert again.decisions()[["question", "answer", "who"]].values.tolist() == [["trade", "no", "carla"]]
    assert [line for line in driver.get_log("browser") if line["level"] == "SEVERE"] == []


def test_quotes_are_marked_with_the_keyboard(driver, made_file):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    file = made_file(1, task="quotes", text="🚂 Trade grows, said Ann {}")
    with serving(Session(file, "ann")) as server:
        driver.get(server.url)
        wait(driver, lambda: driver.find_elements("css selector", "textarea"))
        press(driver, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        ActionChains(driver).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT * 11).key_up(
            Keys.SHIFT
        ).perform()
        press(driver, "q")
        wait(driver, lambda: "1 quote marked" in driver.page_source)
        assert browser.weaknesses(driver) == []
        press(driver, Keys.TAB, Keys.TAB)
    (quote,) = file.contents("ann")["u1"]["quotes"]
    ((start, end),) = quote["content"]
    assert file.text("u1")[start:end] == "Trade grows"
