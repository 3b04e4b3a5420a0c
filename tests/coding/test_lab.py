"""The coding widget in JupyterLab: keys code units, and nothing is lost with the kernel."""

import json

import pytest

from analysis.coding.store import CodingFile
from tests.jupyterlab import RUN_ALL, START, own_errors

NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "a",
            "metadata": {},
            "outputs": [],
            "source": 'import analysis\nanalysis.code(None, "themes.sqlite", coder="ann")',
        }
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
HEADING = "return document.querySelector('.framing-coding h1')?.textContent ?? ''"
RESTART = """
const [done] = [...arguments].slice(-1);
window.jupyterapp.shell.currentWidget.context.sessionContext.restartKernel().then(() => done(true));
"""


@pytest.mark.slow
def test_ten_units_are_coded_with_keys_and_survive_the_kernel(lab, made_file, tmp_path):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.support.wait import WebDriverWait

    file = made_file()
    assert file.path == tmp_path / "themes.sqlite"  # beside the notebook
    (tmp_path / "code.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    (lab.folder / "coding").symlink_to(tmp_path)
    page = lab.open("coding/code.ipynb")

    def at_unit(words):
        WebDriverWait(page, START, poll_frequency=0.1).until(
            lambda _: page.execute_script(HEADING).startswith(words)
        )

    def code(units):
        for number in units:
            at_unit(f"Unit {number}:")
            ActionChains(page).send_keys("1").send_keys("2").perform()

    assert page.execute_async_script(RUN_ALL) == "ran"
    code(range(1, 6))
    at_unit("Unit 6:")
    assert page.execute_async_script(RESTART)
    assert page.execute_async_script(RUN_ALL) == "ran"
    code(range(6, 11))
    at_unit("All units are coded")
    assert own_errors(page.get_log("browser")) == []
    answers = CodingFile(file.path).answers("ann")
    assert answers["trade"].tolist() == ["yes"] * 10 and answers["war"].tolist() == ["no"] * 10
