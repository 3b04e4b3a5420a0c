"""A finding in one sentence."""

import pandas as pd

from analysis.validation import claim

ROW = {"estimate": -0.254, "ci95_low": -0.3, "ci95_high": -0.2, "n": 12}
TOP = {
    "top_outlet": "<Post>",
    "top_outlet_share": 0.5,
    "without_outlet_low": -0.4,
    "without_outlet_high": 0.1,
}


def test_everything_behind_the_number_is_said():
    best = {"estimator": "dsl", "estimate": -0.1, "ci95_low": -0.2, "ci95_high": 0.04, "n_coded": 9}
    corrected = pd.DataFrame([{"estimator": "naive", "estimate": 0.0}, best])
    said = claim("A gap of {estimate}.", ROW | TOP, corrected, unit=" points", signed=True)
    assert str(said) == (
        "A gap of −25 points. (95 % interval −30 to −20; corrected −10 points, −20 to 4, 9 coded; without one outlet "
        "−40 to 10; 12 articles). It depends on one outlet: <Post> has 50 % of what is counted."
    )


def test_names_are_escaped_and_rows_are_linked():
    said = claim("{estimate}", ROW | TOP, filters={"voice": "iran"}, page="page.html", percent=False)
    html = said._repr_html_()
    assert "<Post>" not in html and "href='page.html#voice=iran'" in html and "−0.25" in html
    assert "href" not in claim("{estimate}", ROW, filters={"voice": "iran"})._repr_html_()


def test_missing_intervals_are_named():
    nothing = {"ci95_low": float("nan"), "ci95_high": float("nan")}
    none = pd.DataFrame([{"estimator": "dsl", "estimate": float("nan"), "n_coded": 3} | nothing])
    assert "(no interval; too few coded to correct; 12 articles)" in str(
        claim("{estimate}", ROW | nothing, none)
    )


def test_a_note_on_few_or_unequal_coded_units_is_shown():
    best = {"estimator": "dsl", "estimate": 0.1, "ci95_low": 0.0, "ci95_high": 0.2, "n_coded": 19}
    note = "only 19 coded: the interval is approximate"
    said = claim("{estimate}", ROW, pd.DataFrame([best | {"note": note}]))
    assert "corrected 10 %, 0 to 20, only 19 coded: the interval is approximate; 12 articles" in str(said)
