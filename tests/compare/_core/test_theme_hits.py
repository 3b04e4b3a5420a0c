"""A theme has its own hits and those of the themes below it, each place once."""

import dataclasses

import pytest

from analysis.compare._core.theme_hits import chosen_themes, shown_themes, theme_hits
from analysis.compare.inference.within_article import theme_contrasts
from analysis.compare.measures import rates
from analysis.compare.measures.adoption import theme_adoption
from analysis.compare.measures.cooccurrence import co_occurrence, theme_counts, theme_unit_shares
from analysis.compare.measures.units import theme_units
from analysis.errors import FramingError
from analysis.study.codebook import Codebook
from tests.compare.made_up import one, tables


def nested(study):
    """Tables of two articles with a theme, one below it, and one below that."""

    def theme(theme_id, parent=None):
        return {
            "id": theme_id,
            "label": theme_id,
            "definition": "-",
            "patterns": [theme_id],
            "parent": parent,
        }

    codebook = Codebook.from_data(
        {
            "title": "t",
            "themes": [theme("travel"), theme("rail", "travel"), theme("tram", "rail"), theme("fish")],
        }
    )
    hits = [("a", "tram", False), ("a", "rail", True), ("b", "travel", False), ("b", "fish", False)]
    made = tables(
        [{"article_id": "a"}, {"article_id": "b"}],
        themes=[{"article_id": a, "theme": t, "negated": n, "voice": "outlet"} for a, t, n in hits],
        tones=[{"article_id": a, "voice": "outlet", "n_words": 100} for a in "ab"],
    )
    return dataclasses.replace(made, study=dataclasses.replace(study, codebook=codebook))


def hits(counts):
    return counts.groupby("theme")["count"].sum().to_dict()


def test_hits_count_for_every_theme_above(study):
    made = nested(study)
    assert hits(theme_hits(made)) == {"travel": 3, "rail": 2, "tram": 1, "fish": 1}
    assert hits(theme_hits(made, include_negated=False)) == {"travel": 2, "rail": 1, "tram": 1, "fish": 1}


def test_rates_prevalence_and_units_follow(study):
    made = nested(study)
    assert one(rates.theme_rates(made, by=[]), theme="travel")["numerator"] == 3
    assert one(rates.theme_prevalence(made, by=[]), theme="travel")["numerator"] == 2
    assert theme_units(made, "rail")["numerator"].tolist() == [2, 0]


def test_without_a_study_each_hit_counts_for_its_own_theme(study):
    made = dataclasses.replace(nested(study), study=None)
    assert hits(theme_hits(made)) == {"travel": 1, "rail": 1, "tram": 1, "fish": 1}


def test_frames_are_not_shown(study):
    made = tables(
        [{"article_id": "a"}],
        themes=[
            {"article_id": "a", "start": place, "theme": theme}
            for place, theme in enumerate(["generic_conflict", "sanctions", "rel_threat"])
        ],
    )
    assert shown_themes(dataclasses.replace(made, study=study)) == ["sanctions"]


def test_a_theme_that_the_codebook_lacks_is_an_error_and_no_zero(study):
    made = nested(study)
    assert chosen_themes(made, "rail") == ["rail"]
    with pytest.raises(
        FramingError, match=r"unknown theme 'railway' \(choose from: travel, rail, tram, fish\)"
    ):
        chosen_themes(made, ["rail", "railway"])


@pytest.mark.parametrize(
    "measure", [co_occurrence, theme_adoption, theme_contrasts, theme_counts, theme_unit_shares]
)
def test_measures_of_chosen_themes_refuse_one_that_the_codebook_lacks(measure, study):
    with pytest.raises(FramingError, match="unknown theme 'railway'"):
        measure(nested(study), themes=["rail", "railway"])
