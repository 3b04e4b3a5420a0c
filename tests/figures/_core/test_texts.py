"""Texts of figures in other languages."""

from pathlib import Path

from matplotlib.figure import Figure

from analysis import figures
from analysis.figures._core import texts
from analysis.figures._core.options import Options, drawing_with
from tests.figures.small import words


def test_every_russian_text_belongs_to_one_in_the_code():
    package = Path(figures.__file__).parents[1]
    sources = [*package.glob("figures/**/*.py"), package / "study" / "__init__.py"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    known = [text.replace("\n", "\\n") for text in texts._texts("ru")]
    composed = [text for text in known if text.partition(" (")[0] not in code and text not in code]
    # composed in the code: hours and days since, one act or several, what counts equally
    assert {text.strip("()") for text in composed} == {
        "hours since the first article of the family",
        "days since the first article of the family",
        "{n} acts",
        "{n} act",
        "each act counts equally",
        "each outlet counts equally",
    }


def test_a_figure_speaks_russian_and_leaves_names_alone(bundled):
    figure = figures.tone_towards_sides(bundled, language="ru")
    said = words(figure)
    assert "тон: Iran" in said and "в словах самого издания" in said
    assert not any("favourable" in text or "Mean of" in text for text in said)
    assert figure.caption.startswith("Mean of")


def test_values_are_put_in_and_unknown_texts_stay_english():
    with drawing_with(Options(language="ru")):
        assert texts.say("towards {side}", side="{Iran}") == "тон: {Iran}"
        assert texts.say("no such text") == "no such text"


def test_thousands_are_separated_by_spaces():
    figure = Figure()
    axes = figure.subplots()
    axes.set_yticks([0], ["Iran (n = 7,943)"])
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_title("1,000,000 words; events 4,5")
    texts.with_spaces(figure)
    figure.draw_without_rendering()
    assert {"Iran (n = 7 943)", "1 000 000 words; events 4,5"} <= set(words(figure))
    assert axes.xaxis.get_major_formatter()(2500) == "2\N{NO-BREAK SPACE}500"
