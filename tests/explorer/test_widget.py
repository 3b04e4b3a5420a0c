"""The widget in the kernel: choices change the figure, clicks are answered, and the picture can be written."""

import pytest

import analysis
from analysis.errors import FramingError

pytest.importorskip("anywidget")


@pytest.fixture(scope="module")
def widget(bundled):
    return analysis.explore(bundled, figure="voice_shares")


def test_a_choice_changes_figure_numbers_and_code(widget):
    widget.choice = {**widget.choice, "by": "outlet_country", "outlets": ["Meridian Post", "Volga Dispatch"]}
    assert widget.view["n_articles"] == len(widget.tables.articles) == 13
    assert widget.view["csv"].startswith("outlet_country,")
    assert widget.view["code"].count("\n") == 2 and "by='outlet_country'" in widget.view["code"]
    assert widget.figure.numbers["outlet_country"].nunique() == 2


def test_a_wrong_choice_is_said_and_the_last_good_one_stays(widget):
    before = widget.tables
    widget.choice = {**widget.choice, "since": "2100-01-01"}
    assert "no article is left" in widget.view["why_not"] and widget.tables is before
    widget.choice = {**widget.choice, "since": ""}
    assert "src" in widget.view


def test_clicks_are_answered_with_their_number(widget, monkeypatch):
    sent = []
    monkeypatch.setattr(widget, "send", lambda content, buffers: sent.append((content, buffers)))
    widget._answer(widget, {"filters": {"voice": "iran"}, "number": 7}, [])
    widget._answer(widget, {"filters": "iran", "number": 8}, [])
    ((content, buffers),) = sent
    assert content["number"] == 7 and len(content["panes"]) == 1 and buffers[0][:2] == b"\x1f\x8b"


def test_export_writes_picture_numbers_and_code(widget, tmp_path):
    names = [path.name for path in widget.export(tmp_path)]
    assert names == ["voice_shares.svg", "voice_shares.png", "voice_shares.csv", "voice_shares.py"]
    assert (tmp_path / "voice_shares.py").read_text(encoding="utf-8").startswith("import analysis\n")


def test_viewers_without_widgets_get_the_picture(widget):
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"].startswith("<img alt='Own and attributed words")


def test_mistakes_are_named(bundled, monkeypatch):
    with pytest.raises(FramingError, match="explore has no choice 'outlet'"):
        analysis.explore(bundled, outlet="Meridian Post")
    with pytest.raises(FramingError, match="tables"):
        analysis.explore(3)
    monkeypatch.setitem(__import__("sys").modules, "analysis.explorer.widget", None)
    with pytest.raises(FramingError, match=r"needs anywidget.*media-framing\[notebooks\]"):
        analysis.explore(bundled)
