"""Wire copy on the page: differences with all articles and with one article per family."""

import dataclasses

from analysis.compare.measures.wire_copy import theme_comparisons
from analysis.report.wire_copy import COLUMNS, wire_copy
from tests.compare.made_up import tables


def corpus(study, *, repeats):
    """Two outlets; the first prints one article with ten hits `repeats` times, all else is alike."""
    articles, tones, themes = [], [], []
    for o in (0, 1):
        for i in range(12):
            key = f"{o}-{i}"
            repeated = o == 0 and i < repeats
            articles.append(
                {"article_id": key, "outlet": f"Outlet {o}", "family_id": "same" if repeated else key}
            )
            tones.append({"article_id": key, "voice": "outlet", "n_words": 100})
            hits = 10 if repeated else i % 2
            themes += [
                {"article_id": key, "theme": "sanctions", "start": k, "voice": "outlet"} for k in range(hits)
            ]
    return dataclasses.replace(tables(articles, tones=tones, themes=themes), study=study)


def told_of(tables):
    return wire_copy(tables, theme_comparisons(tables))


def test_a_difference_made_by_wire_copy_is_reported(study):
    told = told_of(corpus(study, repeats=6))
    assert told["summary"].startswith("5 of 24 articles are near-identical")
    verdicts = {row[0]: row[-1] for row in told["rows"]}
    assert verdicts["Outlet 0"] == "all articles only"
    assert all(len(row) == len(COLUMNS) for row in told["rows"])


def test_the_summary_speaks_of_news_outlets_if_others_are_left_out(study):
    made = corpus(study, repeats=6)
    outlets = made.articles["outlet"].astype("str").mask(made.articles["article_id"] == "1-0", "Russian MFA")
    official = dataclasses.replace(made, articles=made.articles.assign(outlet=outlets))
    assert "Theme rates of each outlet are compared" in told_of(made)["summary"]
    assert "Theme rates of each news outlet are compared" in told_of(official)["summary"]


def test_without_families_no_result_depends_on_wire_copy(study):
    assert "no result depends on wire copy" in told_of(corpus(study, repeats=0))["summary"]


def test_too_few_articles_are_not_compared(study):
    made = corpus(study, repeats=2)
    few = made.select(["0-0", "0-1", "1-0"])
    summary = "1 of 3 articles is near-identical to an earlier one. Outlets have too few articles to compare."
    assert told_of(few) == {"summary": summary, "rows": []}


def test_one_outlet_is_not_compared(study):
    alone = corpus(study, repeats=3)
    told = wire_copy(alone.select([key for key in alone.articles["article_id"] if key.startswith("0")]), None)
    assert told == {"summary": "There is only one outlet, so nothing is compared.", "rows": []}
