"""Contrasts within the same articles."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.compare.inference.within_article import side_contrast, theme_contrasts
from tests.compare.made_up import one, tables


def corpus(own, quoted, *, families=None):
    """Articles of 100 own and 100 attributed words, with this many hits of a theme in each voice."""
    articles, tones, themes = [], [], []
    for i, pair in enumerate(zip(own, quoted, strict=True)):
        key = f"a{i:04d}"
        articles.append({"article_id": key, "family_id": families[i] if families else key})
        for voice, hits in zip(("outlet", "iran"), pair, strict=True):
            tones.append({"article_id": key, "voice": voice, "n_words": 100})
            themes += [
                {"article_id": key, "theme": "trade", "start": k + 50 * (voice == "iran"), "voice": voice}
                for k in range(hits)
            ]
    return tables(articles, tones=tones, themes=themes)


def test_the_difference_and_its_parts():
    row = one(theme_contrasts(corpus([0, 1, 1, 0, 1, 1, 0, 1], [2, 3, 1, 2, 3, 2, 4, 2])))
    assert row["numerator"] == 19 and row["numerator_against"] == 5 and row["n"] == 8
    assert row["estimate"] == pytest.approx(1000 * 14 / 800)
    assert 0 < row["ci95_low"] < row["estimate"] < row["ci95_high"]
    assert row["p"] < 0.05 and row["n_tests"] == 1


def test_with_equal_articles_it_is_the_paired_t_test():
    from scipy.stats import ttest_rel

    own, quoted = [0, 1, 1, 0, 1, 1, 0, 1], [2, 3, 1, 2, 3, 2, 4, 2]
    row = one(theme_contrasts(corpus(own, quoted)))
    told = ttest_rel(quoted, own)
    assert row["p"] == pytest.approx(told.pvalue)
    assert row["ci95_low"] == pytest.approx(10 * told.confidence_interval().low)


def test_reprints_count_once_for_the_interval():
    own, quoted = [1, 0, 1, 1, 2, 1] * 2, [2, 1, 1, 3, 2, 3] * 2
    alone = one(theme_contrasts(corpus(own, quoted)))
    copied = one(theme_contrasts(corpus(own, quoted, families=[f"f{i % 6}" for i in range(12)])))
    assert copied["estimate"] == alone["estimate"]
    assert copied["ci95_high"] - copied["ci95_low"] > 1.3 * (alone["ci95_high"] - alone["ci95_low"])


def test_each_outlet_can_count_once():
    """Six articles of one outlet differ by one hit, two of another by five."""
    made = corpus([1] * 8, [2, 2, 2, 2, 2, 2, 6, 6])
    outlets = ["Big"] * 6 + ["Small"] * 2
    made = replace(made, articles=made.articles.assign(outlet=outlets))
    by_word, by_outlet = (one(theme_contrasts(made, weight=weight)) for weight in ("word", "outlet"))
    assert by_word["estimate"] == pytest.approx(10 * (6 * 1 + 2 * 5) / 8)
    assert by_outlet["estimate"] == pytest.approx(10 * (1 + 5) / 2)
    assert by_outlet["numerator"] == by_word["numerator"] and "outlets' values" in by_outlet["method"]


def test_rare_hits_give_no_interval():
    row = one(theme_contrasts(corpus([0] * 8, [2, 3, 1, 2, 3, 2, 4, 2])))
    assert np.isnan(row["p"]) and row["note"].startswith("no interval: only 0 articles with a hit")


def test_articles_that_favour_neither_voice_are_rarely_a_finding():
    """Both voices of an article draw from its own rate, which differs much between articles."""
    rng = np.random.default_rng(7)
    found = 0
    for _ in range(30):
        rates = rng.gamma(1.0, 2.0, size=25)
        found += one(theme_contrasts(corpus(rng.poisson(rates), rng.poisson(rates))))["p"] < 0.05
    assert found / 30 < 0.1


def test_one_side_against_another():
    articles = [{"article_id": f"a{i}"} for i in range(8)]
    words = {"outlet": 50, "iran": 30, "russia": 10}
    tones = [
        {"article_id": f"a{i}", "voice": voice, "n_words": n + (i if voice == "iran" else 0)}
        for i in range(8)
        for voice, n in words.items()
    ]
    row = one(side_contrast(tables(articles, tones=tones), "iran", "russia"))
    assert row["numerator"] == 8 * 30 + 28 and row["numerator_against"] == 80
    assert row["denominator"] == row["denominator_against"] == 8 * 40 + 28
    assert row["ci95_low"] > 0


def test_shares_differ_by_no_more_than_all_and_a_few_stories_are_too_few():
    articles = [{"article_id": f"a{i}", "family_id": "story" if i < 7 else f"a{i}"} for i in range(12)]
    tones = [
        {"article_id": f"a{i}", "voice": voice, "n_words": 100 if (voice == "iran") == bool(i % 2) else 1}
        for i in range(12)
        for voice in ("iran", "russia")
    ]
    few = one(side_contrast(tables(articles, tones=tones), "iran", "russia"))
    assert (
        np.isnan(few["ci95_low"])
        and "a few articles or families account for most of the words" in few["note"]
    )
    alone = [{"article_id": a["article_id"]} for a in articles[:5]]
    row = one(side_contrast(tables(alone, tones=tones[:10]), "iran", "russia"))
    assert -1 <= row["ci95_low"] < row["estimate"] < row["ci95_high"] <= 1
    assert row["ci95_low"] == -1 or row["ci95_high"] == 1


def test_nobody_is_quoted():
    made = side_contrast(tables([{"article_id": "a"}]), "iran", "russia")
    assert made["note"][0] == "no interval: one of the two parts has no words"
    assert theme_contrasts(tables([])).empty
