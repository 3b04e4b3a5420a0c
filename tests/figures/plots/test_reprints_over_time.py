"""Reprints over time: the earliest first, singles and undated articles left out, every shown family one row."""

from matplotlib import pyplot as plt

from analysis import figures
from analysis.compare.measures.wire_copy import publication_times
from analysis.figures.plots.reprints_over_time import SHOWN_FAMILIES
from tests.compare.made_up import tables


def article(key, family, published, **more):
    return {"article_id": key, "outlet": f"Outlet {key}", "family_id": family, "published": published} | more


def made(*articles):
    return publication_times(tables(list(articles)))


def test_days_since_the_earliest():
    numbers = made(
        article("b", "f", "2022-07-01T12:00:00Z"), article("a", "f", "2022-07-03T00:00:00Z"),
        article("c", "g", "2022-07-01"),
    )  # fmt: skip
    assert numbers["article_id"].tolist() == ["b", "a"]
    assert numbers["estimate"].tolist() == [0, 1.5]
    assert set(numbers["n"]) == {2} and set(numbers["n_outlets"]) == {2}


def test_undated_articles_make_no_family():
    assert made(article("a", "f", None), article("b", "f", "2022-07-01")).empty


def test_largest_families_are_shown_and_the_others_counted():
    rows = [
        article(f"{i}{j}", f"f{i:02d}", f"2022-07-0{j + 1}", title="A $5 toll")
        for i in range(22)
        for j in range(2)
    ]
    rows.append(article("x", "f21", "2022-07-05"))
    figure = figures.reprints_over_time(made(*rows))
    labels = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assert len(labels) == SHOWN_FAMILIES and "n = 3" in labels[0]
    note = " ".join(t.get_text().replace("\n", " ") for t in figure.findobj(plt.Text))
    assert "2 more stand in the CSV" in note
