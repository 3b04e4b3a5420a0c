"""Drawing: numbers that say what they were made of, one drawing for folder and page, and what cannot be drawn."""

import dataclasses
from importlib import import_module

import pytest
from pandas.testing import assert_frame_equal

from analysis import figures
from analysis.errors import FramingError
from analysis.figures._core.registry import Cut
from analysis.schemas import TABLES
from analysis.tables import Tables
from tests.figures.conftest import NAMES
from tests.figures.placed import texts

DATES = {"reprints_over_time"}  # when articles appeared, as their sources say: no estimate, no interval


@pytest.mark.parametrize("name", [name for name in NAMES if name not in DATES])
def test_numbers_carry_what_they_were_made_of(name, numbers):
    table = numbers[name]
    assert {"numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high", "method"} <= set(table)
    known = table.dropna(subset=["ci95_low"])
    assert len(known)
    assert (known["ci95_low"] <= known["estimate"] + 1e-9).all()
    assert (known["estimate"] <= known["ci95_high"] + 1e-9).all()


def test_unknown_figure_is_named_with_the_known_ones(bundled, tmp_path):
    with pytest.raises(FramingError, match=r"pie_chart.*who_is_quoted"):
        figures.draw(bundled, tmp_path, only=["pie_chart"])


def test_an_unknown_format_is_refused_before_anything_is_drawn(bundled, tmp_path, monkeypatch):
    module = import_module("analysis.figures.draw")  # `figures.draw` is the function
    monkeypatch.setattr(module, "draw_figures", lambda *_, **__: pytest.fail("drawn"))
    with pytest.raises(FramingError, match=r"gif.*svg, png, pdf"):
        figures.draw(bundled, tmp_path, formats=["gif"])


def test_no_articles_no_figures(study, tmp_path):
    empty = dataclasses.replace(Tables.from_rows({}, articles=TABLES["articles"].empty()), study=study)
    drawn = figures.draw_figures(empty, only=NAMES)
    assert [figure.figure for figure in drawn] == [None] * len(NAMES)
    assert all(figure.why_not and figure.svg == b"" and figure.hotspots == [] for figure in drawn)
    assert figures.save_figures(drawn, tmp_path, empty) == []


def test_progress_is_one_line_per_figure(study, capsys):
    none = Tables(**{name: table.empty() for name, table in TABLES.items()}, study=study)
    figures.draw_figures(none, only=["theme_rates", "keyness"], progress=True)
    written = capsys.readouterr().err
    assert written == "framing: drawing theme_rates (1 of 2)\nframing: drawing keyness (2 of 2)\n"


def test_few_articles_are_drawn_or_left_out(bundled):
    """Whatever a single article lacks, each figure is drawn or says why not."""
    for figure in figures.draw_figures(bundled.select(bundled.articles["article_id"].iloc[:1])):
        assert (figure.figure is None) == bool(figure.why_not)


def test_one_side_is_enough_for_the_figures_that_compare_none(bundled):
    study = bundled.study
    actors = study.actors.model_copy(update={"sides": study.actors.sides[:1]})
    alone = dataclasses.replace(bundled, study=dataclasses.replace(study, actors=actors))
    (rates,) = figures.draw_figures(alone, only=["theme_rates"])
    (tone,) = figures.draw_figures(alone, only=["tone_towards_sides"])
    assert rates.figure is not None
    assert tone.figure is None and "fewer than two sides" in tone.why_not


def test_a_figure_is_rendered_once(printed, monkeypatch, bundled, tmp_path):
    """`framing run` hands the same drawing to the folder and to the page."""
    (figure,) = [drawn for drawn in printed if drawn.entry.name == "who_is_quoted"]
    svg = figure.svg
    monkeypatch.setattr(
        "analysis.figures._core.registry.svg_bytes", lambda *_, **__: pytest.fail("rendered again")
    )
    figures.save_figures([figure], tmp_path, bundled, formats=["svg"])
    assert (tmp_path / "who_is_quoted.svg").read_bytes() == svg


def test_one_figure_for_a_notebook(bundled, numbers):
    table, figure = figures.numbers_and_figure(figures.FIGURES["who_is_quoted"], bundled)
    assert_frame_equal(table, numbers["who_is_quoted"])
    assert figure.look == "print" and figure.caption


@pytest.mark.parametrize("name", NAMES)
def test_figures_can_be_drawn_in_the_users_own_style(name, numbers, study):
    assert texts(figures.FIGURES[name].draw(numbers[name], study))


def test_the_baselines_are_drawn_only_if_they_are_named(bundled):
    vader = {"tone_by_voice", "tone_model_and_vader"}
    names = figures.default_figures()
    assert "tone_towards_sides" in names and vader.isdisjoint(names)
    assert vader < set(figures.FIGURES)
    drawn = figures.draw_figures(bundled, only=["tone_by_voice"])
    assert [figure.entry.name for figure in drawn] == ["tone_by_voice"] and drawn[0].figure is not None


def test_a_figure_that_reads_texts_shows_a_sample_of_many_articles_and_says_so(bundled):
    entry = dataclasses.replace(figures.FIGURES["relationship_frames"], at_most=20)
    drawn = entry.drawn(bundled, Cut(by="outlet"))
    assert set(drawn.numbers["sample"]) == {"20 of 52 articles"}
    assert "From a random sample: 20 of 52 articles." in drawn.figure.caption
    assert "sample" not in figures.FIGURES["relationship_frames"].drawn(bundled, Cut(by="outlet")).numbers
