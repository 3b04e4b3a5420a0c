"""JupyterLab and a browser for the tests, and what they tell its page to do."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests import browser

ROOT = Path(__file__).parents[1]
TOKEN = "only-for-this-test"
START, RUN = 180, 180  # seconds at most, on a busy machine

# The commands of the page itself; `--LabApp.expose_app_in_browser` lets the test call them.
RUN_ALL = """
const [done] = [...arguments].slice(-1);
(async () => {
  const app = window.jupyterapp;
  await app.restored;
  await app.shell.currentWidget.context.sessionContext.ready;
  await app.commands.execute('notebook:run-all-cells');
})().then(() => done('ran'), error => done(String(error)));
"""
CELLS = """
const cells = window.jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === 'code');
const kinds = cell => cell.model.sharedModel.outputs.map(output => output.output_type);
return cells.map(cell => [cell.model.executionCount, kinds(cell)]);
"""


class Lab(NamedTuple):
    """A running JupyterLab: its folder, and a browser that opens notebooks of it."""

    folder: Path
    address: str
    page: Any

    def open(self, notebook):
        """Open a notebook in a workspace of its own, so that no other is open beside it."""
        from selenium.webdriver.support.wait import WebDriverWait

        self.page.get("about:blank")
        self.page.get_log("browser")  # errors of other tests
        workspace = Path(notebook).stem
        self.page.get(f"{self.address}lab/workspaces/{workspace}/tree/{notebook}?token={TOKEN}")
        WebDriverWait(self.page, START).until(
            lambda _: self.page.execute_script(
                "return window.jupyterapp?.shell.currentWidget?.content?.widgets?.length"
            )
        )
        self.page.set_script_timeout(RUN)
        return self.page


@contextmanager
def running(folder):
    """JupyterLab on an empty folder, and a browser. Skips the test if either is not installed."""
    pytest.importorskip("jupyterlab")
    if browser.CHROMIUM is None or browser.DRIVER is None:
        pytest.skip(browser.MISSING)
    own = ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR")
    own += ("JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
    folders = {name: str(folder / name.lower()) for name in own}
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        "--port=0",
    ]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"]
    command += ["--LabApp.expose_app_in_browser=True"]
    environment = {**os.environ, **folders, "FRAMING_RESULTS": str(folder / "results")}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with (folder / "log.txt").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        page = browser.start(folder / "profile")
        try:
            yield Lab(folder, address(server, folder), page)
        finally:
            page.quit()
    finally:
        end(server)


def end(server, patience=20):
    """End a process, by force if it does not stop within some seconds; a server ends its kernels first.

    A process that is not waited for warns when it is collected, which fails whatever test runs then.
    """
    server.terminate()
    try:
        server.wait(patience)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def address(server, folder):
    """Where the server listens, once it does."""
    note = folder / "jupyter_runtime_dir" / f"jpserver-{server.pid}.json"
    for _ in range(START * 5):
        assert server.poll() is None, (folder / "log.txt").read_text()
        try:
            return json.loads(note.read_text())["url"]
        except (OSError, ValueError):  # not there yet, or half written
            time.sleep(0.2)
    raise AssertionError((folder / "log.txt").read_text())


def own_errors(log):
    """What the browser complained about, but for itables, which looks for its own script in every output."""
    return [
        entry
        for entry in log
        if entry["level"] == "SEVERE" and "set_or_remove_dark_class" not in entry["message"]
    ]
