"""Numbers in sentences: no bound of an interval changes sides by rounding."""

from analysis.report.formatting import (
    depends_on,
    frame_label,
    p_value,
    quoted,
    rounded,
    tone_in_words,
    with_interval,
)


def test_no_bound_that_is_not_zero_reads_as_zero():
    assert rounded([12.4, 0.04, 30.2], 0) == ["12.40", "0.04", "30.20"]
    assert rounded([-0.4, 0.0], 1, signed=True) == ["−0.4", "+0.0"]
    row = {"estimate": 0.05, "ci95_low": 0.0004, "ci95_high": 0.1, "note": ""}
    assert with_interval(row, scale=100, unit=" %") == "5.00 % (0.04 to 10.00)"
    none = row | {"ci95_low": float("nan"), "note": "no interval: 3 articles"}
    assert with_interval(none, scale=100, unit=" %") == "5 % (no interval: 3 articles)"
    assert p_value(0.0004) == "p < .001" and p_value(0.0366) == "p = .037"


def test_one_outlet_with_more_than_a_third_is_named():
    row = {"top_outlet": "Post", "top_outlet_share": 0.6}
    assert depends_on(row, "these acts") == "Post alone has 60 % of these acts."
    assert depends_on(row | {"top_outlet_share": 0.3}, "these acts") == ""


def test_labels_stand_in_quotation_marks_of_their_own():
    assert quoted('Syria, "anti-terrorism"') == "“Syria, ‘anti-terrorism’”"
    assert frame_label("Relationship: threat to others") == "Threat to others"


def test_words_for_a_tone_claim_no_more_than_its_interval():
    def words(estimate, low, high, calibrated=True):
        row = {"estimate": estimate, "ci95_low": low, "ci95_high": high}
        return tone_in_words(row, calibrated=calibrated)

    assert words(-0.3, -0.4, -0.2) == "unfavourable" and words(0.3, 0.2, 0.4) == "favourable"
    assert words(-0.3, -0.7, 0.1) == words(-0.04, -0.1, 0.02) == "without a clear direction"
    assert words(-0.04, -0.06, -0.02) == "neutral"
    assert words(-0.3, -0.4, -0.2, calibrated=False) == "below zero", "zero need not be neutral"
