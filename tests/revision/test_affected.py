"""Which articles a changed actor can affect, against measuring all of them again."""

from dataclasses import replace

import pandas as pd
import pytest

import analysis
from analysis.revision import remeasure as module
from analysis.revision.affected import affected_by_actors
from analysis.schemas import TABLES


def with_actor(study, actor_id, **changes):
    """The study with one actor changed, or without it."""
    actors = [
        one.model_copy(update=changes) if one.id == actor_id else one
        for one in study.actors.actors
        if changes or one.id != actor_id
    ]
    return replace(study, actors=study.actors.model_copy(update={"actors": tuple(actors)}))


@pytest.mark.parametrize(
    ("actor_id", "changes", "names"),
    [
        ("lavrov", {}, ["lavrov", "foreign minister"]),
        ("hezbollah", {"aliases": ("the port",)}, ["hezbollah", "the port"]),
    ],
)
def test_articles_that_name_a_changed_actor_are_affected(few, study, actor_id, changes, names, monkeypatch):
    changed = with_actor(study, actor_id, **changes)
    affected = affected_by_actors(study, changed, few.articles, few.articles)
    texts = few.articles.set_index("article_id")["text"].str.lower()
    named = {article for article, text in texts.items() if any(name in text for name in names)}
    assert named <= affected < set(few.articles["article_id"])

    some = analysis.remeasure(few, changed, progress=False)
    monkeypatch.setattr(module, "affected_by_actors", lambda *_: set(few.articles["article_id"]))
    everything = analysis.remeasure(few, changed, progress=False)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(some, name), getattr(everything, name), obj=name)


def test_a_changed_state_or_list_affects_all_articles(few, study):
    sides = study.actors.model_copy(update={"not_actors": (*study.actors.not_actors, "Port Iran")})
    for changed in (with_actor(study, "iran", metonyms=()), replace(study, actors=sides)):
        affected = affected_by_actors(study, changed, few.articles, few.articles)
        assert affected == set(few.articles["article_id"])


def test_another_country_of_an_outlet_affects_its_articles_alone(few, study):
    outlet = few.articles["outlet"].iloc[0]
    moved = few.articles.assign(
        outlet_country=few.articles["outlet_country"].where(few.articles["outlet"] != outlet, "Norway")
    )
    affected = affected_by_actors(study, study, few.articles, moved)
    assert affected == set(few.articles.loc[few.articles["outlet"] == outlet, "article_id"])
