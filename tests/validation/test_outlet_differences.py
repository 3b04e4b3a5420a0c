"""Outlets against all others: naive without coding, put right with it."""

import dataclasses

import pandas as pd
import pytest

from analysis import load_study
from analysis.validation.outlet_differences import outlet_differences
from analysis.validation.sampling import draw_sample
from analysis.validation.tasks import coding_task
from analysis.validation.validate import validate
from tests.compare.made_up import one, tables
from tests.validation.coded_study import coverage, fill


@pytest.fixture(scope="module")
def study():
    return load_study("data")


def made(study, present, n=(8, 8)):
    """Two outlets of so many articles, `present` of which have the theme."""
    articles = [{"article_id": f"{o}-{i}", "outlet": f"Outlet {o}"} for o in (0, 1) for i in range(n[o])]
    hits = [
        {"article_id": f"{o}-{i}", "theme": "sanctions", "start": place}
        for o in (0, 1)
        for i in range(present[o])
        for place in (1, 5)  # an article counts once
    ]
    return dataclasses.replace(tables(articles, themes=hits), study=study)


def test_share_less_the_share_of_the_others(study):
    found = one(outlet_differences(made(study, (6, 2))), group="Outlet 0")
    assert found["estimate"] == pytest.approx(6 / 8 - 2 / 8)
    assert (found["numerator"], found["denominator"]) == (6, 8)
    assert (found["numerator_against"], found["denominator_against"]) == (2, 8)
    assert found["ci95_low"] < 0.5 < found["ci95_high"]


def test_each_outlet_counts_once_among_the_others(study):
    """Of the others, Large has the theme in 2 of 8 articles and Small in its only one."""
    found = made(study, (6, 2))
    small = tables(
        [{"article_id": "2-0", "outlet": "Small"}], themes=[{"article_id": "2-0", "theme": "sanctions"}]
    )
    both = {
        name: pd.concat([getattr(found, name), getattr(small, name)], ignore_index=True)
        for name in ("articles", "themes")
    }
    found = dataclasses.replace(found, **both)
    row = one(outlet_differences(found, weight="outlet"), group="Outlet 0")
    assert row["estimate"] == pytest.approx(6 / 8 - (2 / 8 + 1) / 2)
    by_article = one(outlet_differences(found, weight="article"), group="Outlet 0")
    assert by_article["estimate"] == pytest.approx(6 / 8 - 3 / 9)


def test_no_interval_where_all_articles_of_an_outlet_are_alike(study):
    found = outlet_differences(made(study, (8, 3)))
    assert found["ci95_low"].isna().all()
    assert set(found["note"]) == {"no interval: no variation within a group"}


def test_only_issues_and_the_most_frequent_ones(study):
    several = made(study, (6, 2))
    generic = several.themes.assign(theme="generic_conflict")
    few = several.themes.iloc[:1].assign(theme="tourism")
    themes = pd.concat([several.themes, generic, few], ignore_index=True)
    found = outlet_differences(dataclasses.replace(several, themes=themes), at_most=1)
    assert set(found["theme"]) == {"sanctions"}


def test_themes_coded_by_hand_come_first_with_all_estimators(study):
    corpus = coverage(study, per_outlet=60)
    work = coding_task(corpus, "themes", themes=["sanctions", "transport_transit"])
    sample = draw_sample(corpus, "themes", n=60, seed=1, themes=["sanctions", "transport_transit"])
    filled = fill(sample, lambda unit, question, rng: "yes" if rng.random() < 0.3 else "no")
    checked = validate(corpus, work, sample, {"ada": filled.set_axis(sample.key["unit"])})
    only = checked.differences[checked.differences["question"] == "sanctions"]
    hit = corpus.themes.iloc[:1].assign(theme="sanctions")
    corpus = dataclasses.replace(corpus, themes=pd.concat([corpus.themes, hit], ignore_index=True))
    found = outlet_differences(corpus, {"themes": {"differences": only}})
    assert found["theme"].iloc[0] == "sanctions"
    coded = found[found["theme"] == "sanctions"]
    assert set(coded.dropna(subset=["estimate"])["estimator"]) == {"naive", "gold_only", "ppi", "dsl"}
    assert set(found["by"]) == {"outlet"}
    assert set(found.loc[found["theme"] != "sanctions", "estimator"]) == {"naive"}


def test_nothing_found_nothing_compared(study):
    assert outlet_differences(made(study, (0, 0))).empty


def test_a_validation_by_another_column_sets_the_groups_of_all_panels(study):
    corpus = coverage(study, per_outlet=60)
    corpus = dataclasses.replace(corpus, articles=corpus.articles.assign(kind=["daily", "weekly"] * 60))
    hit = corpus.themes.iloc[:1].assign(theme="sanctions")
    corpus = dataclasses.replace(corpus, themes=pd.concat([corpus.themes, hit], ignore_index=True))
    work = coding_task(corpus, "themes", themes=["sanctions"])
    sample = draw_sample(corpus, "themes", n=60, seed=1, themes=["sanctions"])
    filled = fill(sample, lambda unit, question, rng: "yes" if rng.random() < 0.3 else "no")
    checked = validate(corpus, work, sample, {"ada": filled.set_axis(sample.key["unit"])}, by="kind")
    found = outlet_differences(corpus, {"themes": {"differences": checked.differences}})
    assert set(found["theme"]) == {"sanctions", "transport_transit"}
    assert set(found["group"]) == {"daily", "weekly"} and set(found["by"]) == {"kind"}
