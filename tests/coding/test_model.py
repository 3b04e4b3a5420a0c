"""A language model as a coder, against a stub server with every fault."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from analysis.coding.adjudication import pairwise_agreement
from analysis.coding.model import KEY_VARIABLE, Endpoint, code_with_model, planned_tokens
from analysis.coding.sheets import validate_coding
from analysis.errors import FramingError


def reply(trade="yes", war="no", evidence="Trade grows"):
    return json.dumps({
        "trade": {"answer": trade, "evidence": evidence}, "war": {"answer": war, "evidence": ""}
    })  # fmt: skip


@contextmanager
def stub(*answers):
    """A server that gives these answers in turn, then `reply()`: a reply, a status, or None to cut the connection."""
    waiting = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.server.seen.append((body, dict(self.headers)))
            answer = waiting.pop(0) if waiting else reply()
            if answer is None:
                self.connection.close()
                return
            status = answer if isinstance(answer, int) else 200
            message = {
                "choices": [{"message": {"content": answer}}],
                "usage": {"prompt_tokens": 9, "completion_tokens": 3},
            }
            content = json.dumps(message).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            if status == 429:
                self.send_header("Retry-After", "7")
            if status == 302:
                self.send_header("Location", "http://192.0.2.1/")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def endpoint(server, model="small"):
    return Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1/chat/completions", model)


def run(file, server, **options):
    waits = []
    done = code_with_model(file, "llm", endpoint(server, **options), sleep=waits.append)
    return done, waits


def test_answers_with_evidence_are_kept_and_the_rest_is_asked_later(made_file, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "secret-key")
    file = made_file(2)
    file.save("ann", "u1", {"answers": {"trade": "no"}})
    with stub() as server:
        done, _ = run(file, server)
    assert (done.coded, done.refused, done.prompt_tokens, done.answer_tokens) == (2, 0, 18, 6)
    content = file.contents("llm")["u1"]
    assert content["answers"] == {"trade": "yes", "war": "no"} and content["comment"] == "trade: Trade grows"
    assert file.is_model("llm") and not file.is_model("ann")
    body, headers = server.seen[0]
    assert headers["Authorization"] == "Bearer secret-key" and "secret-key" not in json.dumps(
        file.contents("llm")
    )
    assert body["response_format"]["json_schema"]["schema"]["properties"]["trade"]["properties"]["answer"][
        "enum"
    ]
    assert "unit 1" in body["messages"][1]["content"] and "ann" not in json.dumps(body).lower().split()
    assert planned_tokens(file, "llm")[0] == 0 and planned_tokens(file, "other")[0] == 2


@pytest.mark.parametrize(
    "bad, reason",
    [
        ("no json at all", "not JSON"),
        (reply(evidence="Trade shrinks"), "does not stand in the text"),
        (reply(trade="perhaps"), "no allowed answer"),
        (json.dumps({"trade": {"answer": "no"}}), "no answer to 'war'"),
    ],
)
def test_an_invalid_reply_is_asked_again_once_then_the_model_abstains(bad, reason, made_file):
    file = made_file(2)
    with stub(bad, bad, bad, reply()) as server:
        done, _ = run(file, server)
    assert done.refused == 1 and reason in next(iter(done.reasons))
    contents = file.contents("llm")
    assert contents["u1"]["answers"] == {"trade": "unclear", "war": "unclear"}
    assert reason in contents["u1"]["comment"]
    assert contents["u2"]["answers"]["trade"] == "yes"
    assert reason in server.seen[1][0]["messages"][-1]["content"]


def test_a_busy_server_is_asked_again_after_the_time_it_names(made_file):
    file = made_file(1)
    with stub(429, 503, None) as server:
        done, waits = run(file, server)
    assert done.coded == 1 and waits[0] == 7 and len(waits) == 3


def test_a_run_that_fails_goes_on_where_it_stopped(made_file):
    file = made_file(3)
    with stub(reply(), *[500] * 5) as server, pytest.raises(FramingError, match=r"status 500.*are kept"):
        run(file, server)
    assert list(file.contents("llm")) == ["u1"]
    with stub() as server:
        done, _ = run(file, server)
    assert done.coded == 2


@pytest.mark.parametrize("status", [302, 401])
def test_redirects_and_refusals_end_the_run(status, made_file):
    with stub(status) as server, pytest.raises(FramingError, match=f"status {status}"):
        run(made_file(1), server)
    assert len(server.seen) == 1


def test_the_same_request_is_not_sent_twice(made_file):
    file = made_file(2)
    with stub() as server:
        run(file, server)
        again = code_with_model(file, "llm2", endpoint(server))
        other = code_with_model(file, "llm3", endpoint(server, model="large"))
    assert (again.cached, other.cached, len(server.seen)) == (2, 0, 4)


def test_texts_stay_on_this_machine_unless_allowed():
    with pytest.raises(FramingError, match=r"texts would leave.*--texts-leave-this-machine"):
        Endpoint("https://models.example.org/v1/chat/completions", "m")
    with pytest.raises(FramingError, match="only over https"):
        Endpoint("http://models.example.org/v1", "m", allow_remote=True)
    with pytest.raises(FramingError, match="not an address"):
        Endpoint("models", "m")
    assert Endpoint("https://models.example.org/v1", "m", allow_remote=True).model == "m"


def test_a_name_of_a_person_and_marked_quotes_are_refused(made_file):
    file = made_file(1)
    file.save("llm", "u1", {"answers": {"trade": "no"}})
    with stub() as server:
        with pytest.raises(FramingError, match="name of a person"):
            run(file, server)
        with pytest.raises(FramingError, match="does not mark quotes"):
            run(made_file(1, task="quotes"), server)


def test_agreement_with_people_stands_beside_that_of_people(made_file):
    file = made_file(4)
    for coder, letters in (("ann", "ynyn"), ("ben", "ynyy")):
        for number, letter in enumerate(letters, start=1):
            answer = {"y": "yes", "n": "no"}[letter]
            file.save(coder, f"u{number}", {"answers": {"trade": answer, "war": "no"}})
    with stub(reply(), reply("no"), reply(), reply("no")) as server:
        run(file, server)
    rows = {row["coders"]: row for row in pairwise_agreement(file) if row["question"] == "trade"}
    assert rows["ann, llm"]["value"] == 1 and rows["ann, llm"]["kind"] == "model and people"
    assert rows["ann, ben"]["value"] < 1 and rows["ann, ben"]["kind"] == "people"


def test_a_model_is_never_part_of_the_gold_standard(bundled, made_file):
    file = made_file(1)
    with stub() as server:
        run(file, server)
    with pytest.raises(FramingError, match="no coder has answered"):
        validate_coding(file, bundled)
