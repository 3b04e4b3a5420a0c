"""Wire copy over time: one row per family, the first article first; single and undated articles are left out."""

from analysis.compare.measures.wire_copy import publication_times
from analysis.figures.plots.reprints_over_time import SHOWN_FAMILIES
from tests.compare.made_up import tables
from tests.figures.small import drawn, row_labels


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


def test_largest_families_are_shown_and_the_others_counted(study):
    rows = [
        article(f"{i}{j}", f"f{i:02d}", f"2022-07-0{j + 1}", title="A $5 toll")
        for i in range(22)
        for j in range(2)
    ]
    rows.append(article("x", "f21", "2022-07-05"))
    figure = drawn("reprints_over_time", made(*rows), study)
    assert len(row_labels(figure)) == SHOWN_FAMILIES and "n = 3" in row_labels(figure)[0]
    assert "the CSV has 2 more" in figure.caption
