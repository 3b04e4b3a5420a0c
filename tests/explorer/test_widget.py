"""The widget in the kernel: choices change the figure, clicks are answered, and the picture can be written."""

import pytest

import analysis
from analysis.errors import FramingError

pytest.importorskip("anywidget")


@pytest.fixture(scope="module")
def widget(bundled):
    return analysis.explore(bundled, figure="voice_shares")


def numbers_of(widget, monkeypatch):
    """The CSV that the page gets when somebody opens "Export"."""
    sent = []
    with monkeypatch.context() as patch:
        patch.setattr(widget, "send", sent.append)
        widget._answer(widget, {"numbers": True}, [])
    return sent[0]["csv"]


def test_a_choice_changes_figure_numbers_and_code(widget, monkeypatch):
    widget.choice = {**widget.choice, "by": "outlet_country", "outlets": ["Meridian Post", "Volga Dispatch"]}
    assert widget.view["n_articles"] == len(widget.tables.articles) == 13
    assert numbers_of(widget, monkeypatch).startswith("outlet_country,")
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


def test_a_correction_changes_the_figure_and_stays_in_the_folder(bundled, tmp_path, monkeypatch):
    folder = bundled.save(tmp_path / "results")
    widget = analysis.explore(folder, figure="who_is_quoted")
    quote = bundled.quotes.query("speaker == 'khamenei'").iloc[0]["quote_id"]
    sent = []
    monkeypatch.setattr(widget, "send", lambda content, buffers=None: sent.append(content))
    before = numbers_of(widget, monkeypatch)
    change = [quote, "quotes.speaker", "lavrov"]
    widget._answer(widget, {"correct": [change], "who": "ann"}, [])
    widget._answer(widget, {"correct": [[quote, "quotes.side", "iran"]], "who": "ann"}, [])
    widget._answer(widget, {"correct": [[quote, "quotes.side"]], "who": "ann"}, [])
    wrong, invalid = (one["corrected"]["error"] for one in sent[1:])
    assert sent[0] == {"corrected": {"error": ""}}
    assert "'lavrov' is on the side 'russia'" in wrong and invalid == "invalid correction"
    assert widget.tables.quotes.set_index("quote_id").loc[quote, "side"] == "russia"
    assert numbers_of(widget, monkeypatch) != before
    assert widget.view["corrections"] == "The numbers include 1 correction by hand."
    assert "apply_corrections" in widget.view["code"]

    again = analysis.explore(folder)  # corrections.csv is read, though `framing apply` was not run
    assert again.corrections == widget.corrections and again.corrections[0]["new"] == "lavrov"
    again.correct(quote, "quotes.speaker", "", who="ben")
    assert again.tables.quotes.set_index("quote_id").loc[quote, "side"] == "unattributed"
