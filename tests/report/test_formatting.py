"""Numbers in sentences: no bound of an interval changes sides by rounding."""

from analysis.report.formatting import p_value, rounded, with_interval


def test_no_bound_that_is_not_zero_reads_as_zero():
    assert rounded([12.4, 0.04, 30.2], 0) == ["12.40", "0.04", "30.20"]
    assert rounded([-0.4, 0.0], 1, signed=True) == ["−0.4", "+0.0"]
    row = {"estimate": 0.05, "ci95_low": 0.0004, "ci95_high": 0.1, "note": ""}
    assert with_interval(row, n="7 articles", scale=100, unit=" %") == (
        "5.00 % (95 % interval 0.04 to 10.00; 7 articles)"
    )
    none = row | {"ci95_low": float("nan"), "note": "no interval: 3 articles"}
    assert (
        with_interval(none, n="3 articles", scale=100, unit=" %")
        == "5 % (no interval: 3 articles; 3 articles)"
    )
    assert p_value(0.0004) == "p < .001" and p_value(0.0366) == "p = .037"
