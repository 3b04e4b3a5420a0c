"""The answer at the top of the page: sentences and a picture whose numbers lead to their sentences."""

import dataclasses
import re

from analysis.report.answer import Phrase, answers, picture
from analysis.report.finding import OUTLETS, Finding
from tests.compare.made_up import tables

PAIR = ("russia", "iran")


def told(answer):
    return "".join(phrase.text for phrase in answer.phrases)


def made(study, n=12):
    articles = [
        {"article_id": f"a{i:02d}", "outlet": f"Outlet {i % 2}", "family_id": f"a{i:02d}"} for i in range(n)
    ]
    words = {"outlet": 100, "russia": 20, "iran": 30, "turkey": 50}
    tones = [
        {"article_id": a["article_id"], "voice": v, "n_words": w} for a in articles for v, w in words.items()
    ]
    themes = [
        {"article_id": f"a{i:02d}", "theme": "sanctions", "start": 1, "voice": "outlet"} for i in range(9)
    ]
    themes += [{"article_id": f"a{i:02d}", "theme": "tourism", "start": 9, "voice": "iran"} for i in range(3)]
    return dataclasses.replace(tables(articles, tones=tones, themes=themes), study=study)


def test_a_sentence_per_topic_with_numbers_that_lead_to_their_sentences(study):
    found = answers(made(study), PAIR, [])
    assert [told(answer) for answer in found] == [
        "“Sanctions” comes up in 75 % (42 to 100) of the articles and “Tourism” in 25 % (0 to 58).",
        "50 % of the words are attributed to speakers; of these, 50 % to Turkey, the largest share, 20 % to Russia "
        "and 30 % to Iran.",
    ]
    themes, speakers = found
    assert [phrase.link for phrase in themes.phrases if phrase.link] == ["#theme=sanctions", "#theme=tourism"]
    linked = {phrase.text: phrase.link for phrase in speakers.phrases if phrase.link}
    assert linked["20 %"] == "#voice=russia" and linked["30 %"] == "#voice=iran"


def test_the_bundled_study_has_five(bundled):
    found = answers(bundled, PAIR, [Finding(OUTLETS, "", "sides")])
    assert [answer.topic for answer in found] == ["themes", "speakers", "relation", "tone", "outlets"]
    assert re.match(
        r"The articles report \d+ acts between Russia and Iran .* of conflict; “.+” comes up in ",
        told(found[2]),
    )
    assert told(found[4]).startswith("No outlet differs significantly")


def test_the_clearest_difference_between_outlets_is_told_with_its_link():
    short = "Post gives Iran more of the attributed words than all other outlets: 30 % against 1 %"
    finding = Finding(OUTLETS, f"{short}, a difference.", "sides", filters={"outlet": "Post"}, short=short)
    from analysis.report.answer import _outlets

    answer = _outlets([finding], "outlet")
    assert told(answer) == (
        "The clearest difference between outlets: Post gives Iran more of the attributed words than all other "
        "outlets, 30 % against 1 %."
    )
    assert Phrase("30 %", {"outlet": "Post"}) in answer.phrases


def test_one_outlet_that_carries_a_sentence_is_named(study):
    one = made(study)
    alone = one.articles.assign(outlet=["Big"] * 11 + ["Small"])
    found = answers(dataclasses.replace(one, articles=alone), PAIR, [])
    assert found[0].warning == "Big alone has 100 % of the articles with “Sanctions”."


def test_sides_have_their_names_within_sentences(study):
    sides = [side.model_copy(update={"in_text": f"the {side.label}s"}) for side in study.actors.sides]
    actors = study.actors.model_copy(update={"sides": tuple(sides)})
    found = answers(
        dataclasses.replace(made(study), study=dataclasses.replace(study, actors=actors)), PAIR, []
    )
    assert " to the Russias" in told(found[1]) and " to the Irans" in told(found[1])


def test_nothing_measured_is_no_answer(study):
    empty = dataclasses.replace(tables([]), study=study)
    assert answers(empty, PAIR, []) == [] and picture(empty) is None


def test_the_picture_shows_the_issues_of_the_sentence_on_themes(bundled):
    drawn = picture(bundled)
    sentence = told(answers(bundled, PAIR, [])[0])
    labels = [bar["label"] for bar in drawn["bars"]]
    assert [label for label in labels if f"“{label}”" in sentence] == labels[:3]
    assert all(bar["share"] in sentence for bar in drawn["bars"][:3])
    assert not any(bar["theme"].startswith("rel_") for bar in drawn["bars"])
    assert all(0 <= bar["own"] <= bar["width"] <= 100 for bar in drawn["bars"])


def toned(study, iran_in_the_long_article):
    """Twelve articles with one mention of each side, and one with many mentions."""
    keys = [f"a{i:02d}" for i in range(13)]
    articles = [{"article_id": key, "outlet": "Post", "family_id": key} for key in keys]

    def mention(key, side, start, tone):
        where = {"article_id": key, "start": start, "side": side, "actor_id": side, "voice": "outlet"}
        chances = {"p_negative": 0.5 - tone / 2, "p_neutral": 0.0, "p_positive": 0.5 + tone / 2}
        return where | chances | {"polarity": -1}

    rows = [mention(key, "russia", 1, -0.3 - 0.01 * (i % 3)) for i, key in enumerate(keys)]
    rows += [mention(key, "iran", 5, -0.3 - 0.01 * (i % 2)) for i, key in enumerate(keys)]
    rows += [mention(keys[-1], "iran", 10 + i, iran_in_the_long_article) for i in range(99)]
    return dataclasses.replace(tables(articles, mentions=rows), study=study)


def test_tone_counts_articles_equally_and_says_that_intervals_overlap(study):
    text = told(next(a for a in answers(toned(study, -0.3), PAIR, []) if a.topic == "tone"))
    assert "unfavourable towards Russia, −0.31 (" in text and "and towards Iran, −0.30 (" in text
    assert text.endswith("(each article counts equally; the two intervals overlap).")
    long = told(next(a for a in answers(toned(study, -0.9), PAIR, []) if a.topic == "tone"))
    assert "and towards Iran, −0.35 (" in long, "as a mean over mentions it would be −0.83"


def test_the_picture_splits_issues_by_voice(study):
    drawn = picture(made(study))
    assert [bar["label"] for bar in drawn["bars"]] == ["Sanctions", "Tourism"]
    assert [bar["own"] > 0 for bar in drawn["bars"]] == [True, False], (
        "tourism comes up in attributed words only"
    )


def test_few_articles_have_a_picture_without_intervals(study):
    few = made(study, n=3)
    few = dataclasses.replace(
        few, themes=few.themes[few.themes["article_id"].isin(few.articles["article_id"])]
    )
    assert [(bar["width"], bar["low"]) for bar in picture(few)["bars"]] == [(100, None), (100, None)]
