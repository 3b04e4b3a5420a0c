"""A new figure is one file: a module in the folder of plots is drawn, listed in the gallery and put on the page."""

from pathlib import Path

import pytest

from analysis import figures
from analysis.figures import catalogue, plots
from analysis.report import write_report

RECIPE = Path(__file__).with_name("recipe")


@pytest.fixture
def with_recipe(monkeypatch):
    """The catalogue as it is with the file of the recipe among the plots."""
    monkeypatch.setattr(plots, "__path__", [*plots.__path__, str(RECIPE)])
    found = catalogue.find_figures()
    monkeypatch.setitem(figures.FIGURES, "articles_by_outlet", found["articles_by_outlet"])
    return found


def test_it_is_found_in_its_place(with_recipe):
    assert list(with_recipe) == list(figures.FIGURES)
    assert list(with_recipe)[-1] == "articles_by_outlet", "after the other figures of its section"


def test_it_is_drawn_and_listed(with_recipe, bundled, tmp_path):
    paths = figures.draw(bundled, tmp_path, only=["articles_by_outlet"])
    assert paths == [tmp_path / "articles_by_outlet.svg"]
    assert (
        (tmp_path / "articles_by_outlet.csv")
        .read_text()
        .startswith("outlet,numerator,denominator,n,estimate\n")
    )
    assert "Which outlets have most articles?" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_its_bars_lead_to_their_articles_on_the_page(with_recipe, bundled, tmp_path):
    drawn = figures.draw_figures(bundled, only=["articles_by_outlet"])
    page = write_report(bundled, tmp_path, drawn=drawn).read_text(encoding="utf-8")
    assert (
        'id="figure-articles_by_outlet"' in page and '<a href="#outlet=Alborz%20Times" tabindex="-1">' in page
    )


def test_a_file_without_an_entry_of_its_own_name_is_refused(monkeypatch, tmp_path):
    (tmp_path / "nameless.py").write_text((RECIPE / "articles_by_outlet.py").read_text())
    monkeypatch.setattr(plots, "__path__", [*plots.__path__, str(tmp_path)])
    with pytest.raises(
        ImportError, match=r"plots/nameless.py must define ENTRY = Entry\(..., draw=nameless\)"
    ):
        catalogue.find_figures()
