"""Requests of the page."""

from analysis.coding.session import Session


def test_a_coder_gets_no_ids_and_no_answers_of_others(made_file):
    file = made_file()
    file.save("ben", "u1", {"answers": {"trade": "no"}, "comment": "bens comment"})
    session = Session(file, "ann")
    opened = session.handle({"do": "open"})
    assert opened["unit"]["code"] == "u1" and opened["unit"]["content"] == {}
    assert "secret" not in str(opened) and "bens comment" not in str(opened)
    assert session.handle({"do": "review"}) == {"error": "unknown request"}


def test_answers_are_saved_and_errors_are_told(made_file):
    file = made_file()
    session = Session(file, "ann")
    content = {"answers": {"trade": "yes", "war": "no"}, "unsure": True}
    saved = session.handle({"do": "save", "code": "u1", "content": content, "seconds": 4})
    assert saved["progress"]["done"] == 1
    assert session.handle({"do": "unit"})["unit"]["position"] == 2
    assert session.handle({"do": "undo"})["unit"]["position"] == 1
    assert session.handle({"do": "undo"}) == {"nothing": True}
    assert (
        "no answer"
        in session.handle({"do": "save", "code": "u1", "content": {"answers": {"war": "x"}}})["error"]
    )
    for request in (
        {"do": "save"},
        {"do": "save", "code": "u1", "content": 3},
        [],
        {"do": "unit", "position": "x"},
    ):
        assert "error" in session.handle(request)


def test_marked_quotes_are_kept_in_offsets_of_the_original_text(made_file):
    file = made_file(1, task="quotes", text="🚂 first\r\nAnn said: trade {}")
    session = Session(file, "ann")
    unit = session.handle({"do": "open"})["unit"]
    assert unit["text"] == "🚂 first\nAnn said: trade 1"
    start = unit["text"].index("trade")
    quote = {
        "content": [[start, start + 5]],
        "source": [[8, 12]],
        "cue": [],
        "speaker": "Ann",
        "side": "iran",
    }
    session.handle({"do": "save", "code": "u1", "content": {"quotes": [quote], "done": True}})
    (kept,) = file.contents("ann")["u1"]["quotes"]
    text = file.text("u1")
    assert [text[a:b] for a, b in kept["content"]] == ["trade"]
    assert (
        session.handle({"do": "unit", "position": 1})["unit"]["content"]["quotes"][0]["content"]
        == quote["content"]
    )


def test_decisions_are_kept_with_who_decided(made_file):
    file = made_file()
    for coder, answer in (("ann", "yes"), ("ben", "no")):
        file.save(coder, "u1", {"answers": {"trade": answer, "war": "no"}})
    session = Session(file, "carla", adjudicate=True)
    assert len(session.handle({"do": "open"})["disagreements"]) == 1
    assert session.handle({"do": "decide", "code": "u1", "question": "trade", "answer": "yes"}) == {
        "decided": True
    }
    assert file.decisions()["who"].tolist() == ["carla"]
    assert session.handle({"do": "save", "code": "u1", "content": {}}) == {"error": "unknown request"}
