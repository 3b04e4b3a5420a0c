"""Estimates from a model's answers: corrected with people's, for both steps of the sampling."""

import numpy as np
import pandas as pd
import pytest

from analysis.coding.draw import draw_coding
from analysis.coding.sheets import estimates_with_model, write_sheets
from analysis.errors import FramingError
from analysis.validation import validate_files


@pytest.fixture
def coded(bundled, tmp_path):
    """The model finds sanctions in every second article; people, in the first 30, in every third of those."""
    file = draw_coding(bundled, tmp_path / "themes.sqlite", task="themes", n=48, themes=["sanctions"])
    for number, code in enumerate(file.key()["code"]):
        found = number % 2 == 0
        file.save("llm", code, {"answers": {"sanctions": "yes" if found else "no"}, "model": "small"})
        if number < 30:
            file.save("ann", code, {"answers": {"sanctions": "yes" if number % 6 == 0 else "no"}})
    return file


def test_people_correct_the_model(coded, bundled):
    table = estimates_with_model(coded, bundled, "llm")
    assert set(table["estimator"]) == {"gold_only", "ppi", "dsl"}  # never the model alone
    overall = table[table["outlet"] == "all"].set_index("estimator")
    assert (overall["n"] == 48).all() and (overall["n_coded"] == 30).all()
    # by hand: mean of the model's answers, weighted to the corpus, less its mean error among those coded
    weight = 1 / coded.key()["sampling_probability"]
    model = pd.Series(np.arange(48) % 2 == 0, dtype=float)
    error = pd.Series(np.where(np.arange(48) % 6 == 0, 1.0, 0.0)) - model
    some = np.arange(48) < 30
    expected = (weight * (model + np.where(some, error * 48 / 30, 0))).sum() / weight.sum()
    assert overall.loc["dsl", "estimate"] == pytest.approx(expected)
    assert overall.loc["gold_only", "estimate"] == pytest.approx(
        weight[some & (np.arange(48) % 6 == 0)].sum() / weight[some].sum()
    )
    assert set(table["outlet"]) > {"all", "Meridian Post"}


def test_a_model_is_no_gold_standard(coded, bundled, tmp_path):
    (path,) = (p for p in write_sheets(coded, bundled, tmp_path / "sheets") if "llm" in p.name)
    assert path.name == "coding_themes_llm.model.csv"
    with pytest.raises(FramingError, match="answers of a language model are no gold standard"):
        validate_files(bundled, [path])


def test_people_have_to_code_and_the_model_has_to_finish(bundled, tmp_path):
    file = draw_coding(bundled, tmp_path / "tone.sqlite", task="tone", n=12)
    first = file.key()["code"][0]
    file.save("llm", first, {"answers": {"tone": "neutral"}, "model": "small"})
    file.save("ann", first, {"answers": {"tone": "neutral"}})
    with pytest.raises(FramingError, match="people have answered 'tone' for 1 units, at least 10"):
        estimates_with_model(file, bundled, "llm")
    with pytest.raises(FramingError, match="'ann' is no language model"):
        estimates_with_model(file, bundled, "ann")
