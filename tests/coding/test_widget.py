"""The coding page as a widget answers the same requests."""

import pytest

import analysis
from analysis.errors import FramingError


def test_requests_of_the_page_are_answered(made_file, monkeypatch):
    file = made_file()
    widget = analysis.code(None, file.path, coder="ann")
    sent = []
    monkeypatch.setattr(widget, "send", sent.append)
    content = {"answers": {"trade": "yes", "war": "no"}}
    widget._answer(widget, {"number": 7, "request": {"do": "save", "code": "u1", "content": content}}, [])
    assert sent[0]["number"] == 7 and sent[0]["answer"]["progress"]["done"] == 1
    assert "export async function mount" in widget._esm and "export default" in widget._esm
    data, _ = widget._repr_mimebundle_()  # viewers without widgets show the HTML
    assert data["text/html"] == "<p>Run the notebook to code themes.sqlite.</p>"


def test_a_sample_is_drawn_into_a_new_file(bundled, tmp_path):
    analysis.code(bundled, tmp_path / "tone.sqlite", coder="ann", task="tone", n=8)
    assert (tmp_path / "tone.sqlite").is_file()
    with pytest.raises(FramingError, match="pass the tables"):
        analysis.code(None, tmp_path / "none.sqlite", coder="ann")
