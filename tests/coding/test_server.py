"""The server answers only its own page on this machine."""

import http.client
import json
import re
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

import analysis
from analysis import coding
from analysis.coding.server import CodingServer
from analysis.coding.session import Session
from tests.contrast import weak


@contextmanager
def serving(session):
    server = CodingServer(session)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_text_controls_and_focus_stand_out_on_light_and_dark_pages():
    style = (Path(coding.__file__).parent / "page" / "coding.css").read_text(encoding="utf-8")
    colours = re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\)", style)
    text = [("ink", "paper"), ("ink", "soft"), ("paper", "accent"), ("bad", "paper"), ("ink", "mark")]
    edges = [("accent", "paper"), ("accent", "soft"), ("line", "paper")]
    for place in (0, 1):
        assert weak({name: pair[place] for name, *pair in colours}, text, edges) == {}


def test_nothing_moves_on_any_page():
    """So that `prefers-reduced-motion` has nothing to turn off."""
    pages = list(Path(analysis.__file__).parent.rglob("*.css"))
    assert len(pages) > 4
    for page in pages:
        assert not re.search(
            r"\b(transition|animation|scroll-behavior)\b", page.read_text(encoding="utf-8")
        ), page


@pytest.fixture
def server(made_file):
    with serving(Session(made_file(), "ann")) as server:
        yield server


def ask(server, method="GET", path="", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    try:
        connection.request(method, path or f"/{server.token}/", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8"), answer.headers
    finally:
        connection.close()


def test_the_page_and_its_files_are_served_with_a_policy(server):
    for name, words in (
        ("", "coding.css"),
        ("coding.js", "export async function mount"),
        ("start.js", "fetch"),
    ):
        status, content, headers = ask(server, path=f"/{server.token}/{name}")
        assert status == 200 and words in content
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_requests_are_answered(server):
    body = json.dumps({"do": "open"})
    status, content, _ = ask(
        server,
        "POST",
        f"/{server.token}/api",
        body,
        **{"Content-Type": "application/json", "Origin": server.url[:-1].rpartition("/")[0]},
    )
    assert status == 200 and json.loads(content)["unit"]["code"] == "u1"
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},  # what a form of another page can send
        {"Content-Type": "application/json", "Origin": "https://example.org"},
        {"Content-Type": "application/json", "Host": "example.org"},  # DNS rebinding
    ],
)
def test_requests_of_other_pages_are_refused(server, headers):
    status, content, _ = ask(server, "POST", f"/{server.token}/api", json.dumps({"do": "open"}), **headers)
    assert status == 403 and "u1" not in content


def test_wrong_tokens_paths_and_sizes_are_refused(server):
    json_type = {"Content-Type": "application/json"}
    assert ask(server, path="/")[0] == ask(server, path="/wrong/")[0] == 403
    assert ask(server, path=f"/{server.token}/../../secrets")[0] == 404
    assert ask(server, "POST", f"/{server.token}/api", "{", **json_type)[1] == '{"error": "unknown request"}'
    assert (
        ask(server, "POST", f"/{server.token}/api", "", **json_type, **{"Content-Length": "99999999"})[0]
        == 413
    )
