"""Direct and indirect quotes: one panel per kind, with quotes and articles in the labels."""

from analysis.schemas import KINDS
from tests.figures.small import drawn, row_labels, rows, share, titles


def test_one_panel_per_kind_and_sides_by_number_of_quotes(study):
    numbers = rows(
        *(
            share(n / 4, n, side=side, kind=kind, n=7)
            for side, n in (("unattributed", 90), ("iran", 20), ("russia", 40))
            for kind in KINDS
        )
    )
    figure = drawn("direct_and_indirect", numbers, study)
    assert titles(figure) == list(KINDS)
    assert row_labels(figure) == ["Russia (40; n = 7)", "Iran (20; n = 7)"]
    assert "Not drawn: 90 quotes (60 %) of speakers whose side is not known." in figure.caption
