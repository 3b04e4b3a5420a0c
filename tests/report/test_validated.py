"""Validation on the page: rows of measured values, and warnings before them."""

import pandas as pd

from analysis.report.validated import COLUMNS, cautions, coding_name, often_wrong, validated_rows

NAN = float("nan")


def score(measure, estimate, n=50, question="sanctions", answer="yes"):
    return {"question": question, "class": answer, "measure": measure, "estimate": estimate, "ci95_low": NAN,
            "ci95_high": NAN, "n": n, "note": None}  # fmt: skip


def summaries(*scores, alpha=None):
    rows = [] if alpha is None else [score("krippendorff", alpha)]
    return {"themes": {"agreement": pd.DataFrame(rows), "scores": pd.DataFrame(scores)}}


def test_a_row_per_answer_and_measure_without_scores_of_absence():
    made = validated_rows(summaries(score("f1", 0.8), score("f1", 0.9, answer="no"), alpha=0.75))
    assert [row[:4] for row in made] == [
        ["sanctions", "coders", "Krippendorff's alpha", "0.75"],
        ["sanctions", "yes", "F1", "0.80"],
    ]
    assert all(len(row) == len(COLUMNS) for row in made)


def test_good_coding_and_good_programs_bring_no_warning():
    assert cautions(summaries(score("f1", 0.8), score("recall", 0.8), alpha=0.8)) == []


def test_each_weakness_is_named():
    assert "one person coded" in cautions(summaries(score("f1", 0.8)))[0]
    found = " ".join(cautions(summaries(score("f1", 0.4), score("recall", 0.5, n=3), alpha=0.5)))
    for weakness in ("do not agree well enough", "fewer than 10 coded units", "often wrong"):
        assert weakness in found


def test_a_low_f1_of_a_few_units_is_not_called_often_wrong():
    found = " ".join(cautions(summaries(score("f1", 0.0, n=1), score("recall", 0.0, n=1))))
    assert "fewer than 10 coded units" in found and "often wrong" not in found


def test_codes_of_language_models_are_not_called_hand_coding():
    people = summaries(score("f1", 0.8), alpha=0.8)
    models = {"themes": people["themes"] | {"agreement": pd.DataFrame([score("krippendorff", 0.8) | {
        "coders": "language model 1, language model 2"}])}}  # fmt: skip
    assert coding_name(people) == "hand coding" and coding_name(models) == "codes of language models"
    assert "language models coded, not people" in " ".join(cautions(models))


def test_a_theme_that_is_often_wrong_is_marked_where_it_is_read():
    found = summaries(score("f1", 0.4), score("f1", 0.9, question="trade"))
    assert "F1 0.40" in often_wrong("sanctions", found)
    assert often_wrong("trade", found) == often_wrong("sanctions", {}) == ""
