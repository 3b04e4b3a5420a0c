"""What a user may choose for a figure: groups, order, size, caption, colours and language."""

import re
from pathlib import Path

import pytest
from matplotlib.colors import to_hex

from analysis import figures
from analysis.errors import FramingError
from analysis.figures._core.options import Options, drawing_with
from analysis.figures._core.registry import SIDE, TERM, TIME
from analysis.figures._core.style import style
from tests.figures.placed import cut_off, overlapping, texts
from tests.figures.small import row_labels, words

NARROW = 3.4


def test_groups_order_and_size(bundled):
    figure = figures.voice_shares(
        bundled, by="outlet_country", order=["Iran", "Russia"], width=4, height=3, caption=False
    )
    assert [label.partition(" (")[0] for label in row_labels(figure)] == ["Iran", "Russia"]
    assert tuple(figure.get_size_inches()) == (4, 3)
    assert figure.numbers.columns[0] == "outlet_country"
    assert figure.caption not in words(figure) and figure.caption


def test_some_outlets_a_caption_and_colours_of_ones_own(bundled):
    figure = figures.voice_shares(
        bundled, outlets=["Meridian Post"], caption="One outlet.", palette={"outlet": "#123456"}
    )
    assert "One outlet." in words(figure) and len(row_labels(figure)) == 1
    assert to_hex(figure.axes[0].patches[0].get_facecolor()) == "#123456"


def test_kinds_of_outlets_and_weights(bundled):
    drawn = [figures.who_is_quoted(bundled, by="outlet_kind", weight=weight) for weight in ("word", "outlet")]
    assert ["Each outlet counts equally." in figure.caption for figure in drawn] == [False, True]
    by_word, by_outlet = (figure.numbers for figure in drawn)
    assert set(by_word["outlet_kind"]) == {"agency", "broadcaster", "newspaper", "online"}
    assert (by_word["estimate"] != by_outlet["estimate"]).any()


@pytest.mark.parametrize(
    "name", ["direct_and_indirect", "speakers_and_cues", "adoption", "relation_by_country"]
)
def test_groups_instead_of_sides_terms_and_countries(bundled, name):
    figure = getattr(figures, name)(bundled, by="outlet", width=NARROW)
    outlets = set(bundled.metadata["outlet"]) | {"all"}
    assert figure.numbers.columns[0] == "outlet" and set(figure.numbers["outlet"]) <= outlets
    written = texts(figure)
    assert overlapping(figure, written) == cut_off(figure, written) == []


def test_the_guide_says_which_figures_have_groups():
    guide = Path(__file__).parents[3] / "docs" / "howto" / "figures_of_a_report.md"
    table = re.findall(r"^\| (`.*`) \| (\w+)", guide.read_text(encoding="utf-8"), re.MULTILINE)
    listed = {name: groups for names, groups in table for name in re.findall(r"`(\w+)`", names)}
    named = {
        "outlet": "outlets", "outlet_country": "countries", SIDE: "sides", TERM: "loaded", TIME: "months", "": "none",
    }  # fmt: skip
    assert listed == {name: named[entry.by] for name, entry in figures.FIGURES.items()}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "moon"}, "cannot be grouped by 'moon'"),
        ({"outlets": ["Moon Times"]}, "no article has the outlet 'Moon Times'"),
        ({"order": ["Moon Times"]}, "order: no articles in Moon Times"),
        ({"order": "best"}, "unknown order 'best'"),
        ({"width": 0}, "width must be above 0 inches"),
        ({"palette": {"iran": "no colour"}}, "'no colour' is not a colour"),
        ({"language": "tlh"}, "no texts in the language 'tlh'"),
        ({"weight": "mass"}, "unknown weight 'mass'"),
    ],
)
def test_mistakes_are_named(bundled, options, message):
    with pytest.raises(FramingError, match=message):
        figures.voice_shares(bundled, **options)


def test_figures_without_groups_and_with_a_time_axis_say_so(bundled):
    with pytest.raises(FramingError, match=r"who_acts_on_whom has no groups.*who_is_quoted"):
        figures.who_acts_on_whom(bundled, by="outlet")
    with pytest.raises(FramingError, match="has a time axis and cannot be grouped by 'outlet'"):
        figures.relation_over_time(bundled, by="outlet")
    assert figures.relation_over_time(bundled, by="quarter").numbers.columns[0] == "quarter"


def test_the_guide_names_the_figures_without_weights():
    guide = Path(__file__).parents[3] / "docs" / "explanation" / "intervals.md"
    sentences = re.search(r"\*\*Without weights\.\*\* .*?\.", guide.read_text(encoding="utf-8"), re.DOTALL)
    without = {name for name, entry in figures.FIGURES.items() if not entry.weighted}
    assert set(re.findall(r"`(\w+)`", sentences[0])) == without


def test_captions_of_weighted_words_state_the_effective_number(bundled):
    drawn = figures.log_odds_words(bundled, weight="outlet")
    assert "Each outlet counts equally." in drawn.caption
    assert re.search(r"words are worth \d+ and \d+ in the test", drawn.caption)


def test_a_figure_without_weights_says_so(bundled):
    with pytest.raises(FramingError, match="tone_model_and_vader has no estimates in which each outlet"):
        figures.tone_model_and_vader(bundled, weight="outlet")


def test_in_one_column_of_a_paper_nothing_overlaps(printed, bundled):
    """In Russian, whose labels are longer; its figures have no caption of their own."""
    in_russian = Options(width=NARROW, language="ru", caption="Подпись из нескольких слов. " * 8)
    for drawn in printed:
        with drawing_with(in_russian), style(narrow=True):
            figure = drawn.entry.draw(drawn.numbers, bundled.study)
        written = texts(figure)
        assert figure.get_size_inches()[0] == NARROW, drawn.entry.name
        assert (drawn.entry.name, overlapping(figure, written), cut_off(figure, written)) == (
            drawn.entry.name,
            [],
            [],
        )
