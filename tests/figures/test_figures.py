"""Figures: complete, legible, and the same bytes on every run."""

import dataclasses

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection

from analysis import figures
from analysis.errors import FramingError
from analysis.schemas import TABLES
from analysis.tables import Tables

NAMES = list(figures.FIGURES)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def drawn(name, tables):
    return figures.numbers_and_figure(figures.FIGURES[name], tables)


def texts(figure):
    """What is written in a figure; labels of ticks beyond the axis exist, but are not drawn."""
    figure.draw_without_rendering()
    unseen = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            unseen |= {t.label1 for t in axis.get_major_ticks() if not low <= t.get_loc() <= high}
        if not axes.get_visible():
            unseen |= set(axes.findobj(plt.Text))
    return [
        t for t in figure.findobj(plt.Text) if t.get_visible() and t.get_text().strip() and t not in unseen
    ]


DATES = {"reprints_over_time"}  # when articles appeared, as their sources say: no estimate, no interval


@pytest.mark.parametrize("name", [name for name in NAMES if name not in DATES])
def test_numbers_carry_what_they_were_made_of(name, bundled):
    numbers, _ = drawn(name, bundled)
    assert {"numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high", "method"} <= set(
        numbers.columns
    )
    known = numbers.dropna(subset=["ci95_low"])
    assert len(known)
    assert (known["ci95_low"] <= known["estimate"] + 1e-9).all()
    assert (known["estimate"] <= known["ci95_high"] + 1e-9).all()


@pytest.mark.parametrize("name", NAMES)
def test_no_type_below_7_points(name, bundled):
    _, figure = drawn(name, bundled)
    assert min(t.get_fontsize() for t in texts(figure)) >= 7


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_off(name, bundled):
    _, figure = drawn(name, bundled)
    width, height = figure.get_size_inches() * figure.dpi
    for text in texts(figure):
        box = text.get_window_extent()
        assert box.x0 >= -2 and box.x1 <= width + 2 and box.y0 >= -2 and box.y1 <= height + 2, text.get_text()


@pytest.mark.parametrize("name", NAMES)
def test_titles_of_panels_do_not_overlap(name, bundled):
    _, figure = drawn(name, bundled)
    figure.draw_without_rendering()
    boxes = [axes._left_title.get_window_extent() for axes in figure.axes if axes.get_title("left")]
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])


@pytest.mark.parametrize("name", NAMES)
def test_labels_of_an_axis_do_not_overlap(name, bundled):
    _, figure = drawn(name, bundled)
    figure.draw_without_rendering()
    for axes in figure.axes:
        for labels in (axes.get_yticklabels(), [t for t in axes.get_xticklabels() if not t.get_rotation()]):
            boxes = [t.get_window_extent() for t in labels if t.get_visible() and t.get_text()]
            for i, box in enumerate(boxes):
                assert not any(box.overlaps(other) for other in boxes[i + 1 :]), axes.get_title(loc="left")


def test_same_tables_same_bytes(bundled, tmp_path):
    one, two = figures.draw(bundled, tmp_path / "one"), figures.draw(bundled, tmp_path / "two")
    assert [p.name for p in one] == [f"{name}.svg" for name in NAMES]
    for path in one:
        for suffix in (".svg", ".png", ".csv"):
            other = (two[0].parent / path.name).with_suffix(suffix)
            assert path.with_suffix(suffix).read_bytes() == other.read_bytes(), other.name


def test_svg_keeps_text_as_text(bundled, tmp_path):
    (path,) = figures.draw(bundled, tmp_path, only=["theme_rates"])
    svg = path.read_text(encoding="utf-8")
    assert "Meridian Post" in svg
    assert "<dc:date>" not in svg


@pytest.mark.parametrize("name", NAMES)
def test_svg_says_what_it_is(name, bundled, tmp_path):
    from lxml import etree

    (path,) = figures.draw(bundled, tmp_path, only=[name])
    title, description = etree.parse(path).getroot()[:2]
    assert etree.QName(title).localname == "title" and title.text == figures.FIGURES[name].title
    assert etree.QName(description).localname == "desc" and description.text == figures.FIGURES[name].reading


def test_legend_is_not_pale_where_the_first_outlet_has_no_interval(bundled):
    numbers, _ = drawn("tone_by_voice", bundled)
    numbers = numbers.assign(ci95_low=float("nan"), ci95_high=float("nan"))
    figure = figures.tone_by_voice(numbers)
    assert [handle.get_alpha() for handle in figure.axes[0].get_legend_handles_labels()[0]] == [None, None]


def test_tone_towards_shows_the_two_sides_of_the_study_in_both_voices(bundled):
    numbers, figure = drawn("tone_towards_sides", bundled)
    assert list(dict.fromkeys(numbers["side"])) == ["russia", "iran"]
    assert set(numbers["voice"]) == {"outlet", "quoted"}
    assert [axes.get_title() for axes in figure.axes] == [""] * 2
    assert [axes.get_title("left") for axes in figure.axes] == ["towards Russia", "towards Iran"]


def test_the_model_beside_vader_counts_the_articles_in_which_they_are_opposed(bundled):
    numbers, figure = drawn("tone_model_and_vader", bundled)
    assert len(figure.axes) == 2
    for axes, (_, rows) in zip(figure.axes, numbers.groupby("side", sort=False), strict=True):
        opposite = (rows["agreement"] == "opposite").sum()
        assert axes.get_title("left").endswith(f"opposite in {opposite} of {len(rows)}")
        points = [marks for marks in axes.collections if isinstance(marks, PathCollection)]
        assert sum(len(marks.get_offsets()) for marks in points) == len(rows)


def test_unknown_figure_is_named_with_the_known_ones(bundled, tmp_path):
    with pytest.raises(FramingError, match=r"pie_chart.*who_is_quoted"):
        figures.draw(bundled, tmp_path, only=["pie_chart"])


def test_no_articles_no_figures(study, tmp_path):
    empty = dataclasses.replace(Tables.from_rows({}, articles=TABLES["articles"].empty()), study=study)
    assert figures.draw(empty, tmp_path) == []


def test_outlet_names_are_drawn_as_they_are(bundled, tmp_path):
    nasty = "$\\frac{1}{0}$ <b>&\n" + "x" * 80
    articles = bundled.articles.assign(
        outlet=bundled.articles["outlet"].where(lambda o: o != "Meridian Post", nasty)
    )
    assert figures.draw(dataclasses.replace(bundled, articles=articles), tmp_path)


def test_the_users_settings_stay(bundled):
    before = dict(plt.rcParams)
    drawn("theme_rates", bundled)
    assert dict(plt.rcParams) == before


def test_save_refuses_names_that_are_paths(tmp_path):
    with pytest.raises(FramingError, match="plain name"):
        figures.save_figure(plt.figure(), pd.DataFrame(), tmp_path, "../outside")


def test_sides_get_their_own_colour_and_the_rest_differ():
    colours = figures.side_colours(["outlet", "a", "b", "russia"], {"russia": "#123456"})
    assert colours["russia"] == "#123456"
    assert len(set(colours.values())) == 4


@pytest.mark.parametrize("name", NAMES)
def test_figures_can_be_drawn_in_the_users_own_style(name, bundled):
    entry = figures.FIGURES[name]
    figure = entry.draw(entry.numbers(bundled), bundled.study)
    assert texts(figure)
