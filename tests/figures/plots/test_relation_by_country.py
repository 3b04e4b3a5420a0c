"""The relation by country: bars of acts, the part of the largest outlet, and the balance counted in two ways."""

import pytest

from analysis.figures import FIGURES
from analysis.figures._core.registry import Cut
from analysis.figures.plots.relation_by_country import measure
from tests.compare.made_up import tables
from tests.figures.placed import cut_off, overlapping, texts
from tests.figures.small import bar_lengths, drawn, row_labels, words

ACTS = (
    ("Institute", 6, "conflict"),
    ("Institute", 2, "cooperation"),
    ("Post", 2, "cooperation"),
    ("Times", 2, "cooperation"),
)


@pytest.fixture(scope="module")
def covered(study):
    """Six of twelve acts are conflicts, all in one article of one outlet."""
    return _articles(ACTS, study)


def _articles(rows, study):
    """An article per row, with so many acts of one direction."""
    articles, acts = [], []
    for place, (outlet, number, direction) in enumerate(rows):
        country = "Qatar" if outlet == "Times" else "France"
        articles.append({"article_id": f"a{place}", "outlet": outlet, "outlet_country": country})
        acts += [
            {
                "article_id": f"a{place}", "start": start, "direction": direction, "status": "actual",
                "source_side": "russia", "target_side": "iran", "voice": "outlet",
            }
            for start in range(number)
        ]  # fmt: skip
    return tables(articles, relations=acts).with_origin({}, study)


@pytest.fixture(scope="module")
def numbers(covered):
    return measure(covered, Cut(by="outlet_country"))


def test_conflict_is_left_of_the_middle_and_cooperation_right_of_it(numbers, study):
    figure = drawn("relation_by_country", numbers, study)
    assert row_labels(figure) == ["all outlets", "France", "Qatar"]
    assert bar_lengths(figure) == {2.0: 0, 1.0: -2, 0.0: 2}  # widths to the left are negative


def test_the_outlet_with_more_than_a_third_is_named(numbers, study):
    shown = " ".join(words(drawn("relation_by_country", numbers, study)))
    assert "6   Institute 67 %" in shown and "4   Institute 80 %" in shown
    row = numbers.query("outlet_country == 'all' and counted == 'act'").iloc[0]
    assert (row["top_conflict"], row["top_cooperation"], row["conflict"]) == (6, 2, 6)


def test_each_outlet_can_count_once(numbers):
    balance = numbers.query("outlet_country == 'all'").set_index("counted")["estimate"]
    assert balance["act"] == 0 and balance["outlet"] == pytest.approx((-0.5 + 1 + 1) / 3)


def test_outlets_instead_of_countries(covered, study):
    figure = drawn("relation_by_country", measure(covered, Cut(by="outlet")), study)
    assert row_labels(figure) == ["all outlets", "Institute", "Post", "Times"]


def test_as_many_acts_of_conflict_as_of_cooperation_are_drawn(study):
    even = _articles([("Post", 1, "conflict"), ("Post", 1, "cooperation")], study)
    assert row_labels(FIGURES["relation_by_country"](even)) == ["all outlets", "France"]


@pytest.mark.parametrize("look", ["print", "slides"])
def test_nothing_overlaps(look, numbers, study):
    figure = drawn("relation_by_country", numbers, study, look)
    assert overlapping(figure, texts(figure)) == []
    assert cut_off(figure, texts(figure)) == []


def test_a_row_about_all_countries_leads_to_all_of_them():
    filters = FIGURES["relation_by_country"].filters
    assert filters({"outlet_country": "Iran"}, ("russia", "iran")) == {"acts": "russia<>iran"}
    assert filters({"outlet_country": "all"}, None) == {"country": ""}
