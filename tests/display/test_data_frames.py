"""Data frames that sort and search in a notebook, without a network, and that keep text as text."""

import re
import sys

import pandas as pd
import pytest

from analysis.display import interactive_tables
from analysis.display.data_frames import short_number

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def as_before():
    """Leave pandas and itables as other tests find them."""
    itables = pytest.importorskip("itables")
    from itables.javascript import set_itables_repr_html_methods

    options = {name: value for name, value in vars(itables.options).items() if not name.startswith("_")}
    with pd.option_context("display.max_colwidth", 50, "display.float_format", None):
        yield
    set_itables_repr_html_methods(False)
    vars(itables.options).update(options)


@pytest.fixture
def shown(monkeypatch):
    """The HTML that was displayed."""
    pieces = []
    monkeypatch.setattr("IPython.display.display", lambda piece: pieces.append(piece.data))
    return pieces


def test_nothing_is_fetched(shown):
    interactive_tables()
    loaded = "".join(shown)
    assert len(loaded) > 100_000  # the scripts themselves
    table = pd.DataFrame({"words": [12]})._repr_html_()
    for html in (loaded, table):
        assert not re.search(r"""(?:<link|src|from|import)\s*[=(]?\s*['"]?\s*(?:https?:)?//""", html)


def test_text_in_cells_stays_text(shown):
    interactive_tables()
    html = pd.DataFrame({HOSTILE: [HOSTILE]})._repr_html_()
    assert "ITable" in html
    assert "<img" not in html


def test_sentences_get_room_and_days_stay_whole(shown):
    interactive_tables()
    html = pd.DataFrame({"day": ["2022-06-29"], "sentence_text": ["Envoys met. " * 20]})._repr_html_()
    assert "cell.style.minWidth" in html
    assert "cell.style.whiteSpace" in html


def test_without_itables_pandas_shows_its_own_table(shown, monkeypatch):
    monkeypatch.setitem(sys.modules, "itables", None)
    interactive_tables()
    assert shown == []
    assert "<td>0.33</td>" in pd.DataFrame({"share": [1 / 3]})._repr_html_()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (903.0, "903"),
        (-2.0, "-2"),
        (0.0129, "0.013"),
        (0.099, "0.099"),
        (0.1, "0.10"),
        (7.256, "7.26"),
    ],
)
def test_numbers_are_short(value, text):
    assert short_number(value) == text


def test_odd_numbers_are_named():
    assert short_number(float("nan")) == "nan"
    assert short_number(float("-inf")) == "-inf"
