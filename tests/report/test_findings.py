"""Sentences that claim no more than the numbers behind them."""

import dataclasses
import re

import pandas as pd
import pytest

from analysis.compare.measures.wire_copy import theme_comparisons
from analysis.report.findings import acts_depend_on, findings
from analysis.report.outlet_findings import compared_outlets, compared_themes, tone_comparisons
from tests.compare.made_up import tables


def corpus(study, *, own=lambda o, i: 1, quoted=lambda o, i: 1, iran=lambda o, i: 30, repeats=0, outlets=3):
    """Outlets of 12 articles with 100 own and 60 attributed words, and hits of 'sanctions' in either voice.

    `own` and `quoted` give the hits, `iran` the words of Iran, of an article of outlet o; the first
    `repeats` articles of the first outlet are one story.
    """
    articles, tones, themes = [], [], []
    for o in range(outlets):
        for i in range(12):
            key = f"{o}-{i:02d}"
            family = "story" if o == 0 and i < repeats else key
            articles.append({"article_id": key, "outlet": f"Outlet {o}", "family_id": family})
            words = {"outlet": 100, "iran": iran(o, i), "russia": 60 - iran(o, i)}
            tones += [{"article_id": key, "voice": voice, "n_words": n} for voice, n in words.items()]
            for voice, hits, start in (("outlet", own(o, i), 0), ("iran", quoted(o, i), 50)):
                themes += [
                    {"article_id": key, "theme": "sanctions", "start": start + k, "voice": voice}
                    for k in range(hits)
                ]
    return dataclasses.replace(tables(articles, tones=tones, themes=themes), study=study)


def told(made):
    return findings(made, compared_themes(made))


def texts(made, topic):
    return [finding.text for finding in told(made) if finding.topic == topic]


def test_a_clear_difference_is_stated_with_interval_n_and_evidence(study):
    made = corpus(study, own=lambda o, i: 9 + i % 2 if o == 0 else 1 + i % 2)
    found = [f for f in told(made) if f.text.startswith("Outlet 0 brings up")]
    assert len(found) == 1
    assert "“Sanctions” more often than all other outlets" in found[0].text
    assert re.search(r"a difference of \+\d+\.\d \(\d+\.\d to \d+\.\d\)\.$", found[0].text)
    assert found[0].notes[0] == "12 and 24 articles."
    assert found[0].filters == {"outlet": "Outlet 0", "theme": "sanctions"}
    assert "after Benjamini-Hochberg over 3 comparisons" in found[0].notes[1]


@pytest.mark.parametrize(
    ("outlets", "compared"), [(3, "2 comparisons of one news outlet"), (2, "1 comparison of one outlet")]
)
def test_an_unknown_outlet_is_not_the_subject_of_a_finding(study, outlets, compared):
    """Its articles may be of several outlets. They count among all others only if fewer than two news outlets are."""
    made = corpus(study, own=lambda o, i: 9 + i % 2 if o == 0 else 1 + i % 2, outlets=outlets)
    renamed = made.articles["outlet"].astype("str").replace("Outlet 0", "Unknown (GDELT)")
    made = dataclasses.replace(made, articles=made.articles.assign(outlet=renamed))
    about = texts(made, "outlets")
    assert "Unknown" not in " ".join(about)
    assert any(f"f {compared} with all others in how often themes" in text for text in about)
    assert not [f for f in told(made) if "Unknown" in " ".join((f.warning, *f.notes))]


def test_a_frame_is_told_with_its_voice(bundled):
    found = [f for f in findings(bundled, None) if f.topic == "relation" and f.theme]
    assert len(found) == 2
    for finding in found:
        assert re.search(r"; of its \d+ hits there, \d+ % .* are in the outlets' own words\.$", finding.text)
        assert any(note.startswith("Hits in own words: ") for note in finding.notes)


def test_differences_say_what_they_are_without_one_outlet(study):
    found = told(
        corpus(
            study, own=lambda o, i: i % 2, quoted=lambda o, i: 9 if o == 0 else i % 3, iran=lambda o, i: i % 5
        )
    )
    (theme,) = (f for f in found if "comes up more often in attributed words" in f.text)
    assert theme.warning.startswith("Outlet 0 alone has ") and theme.warning.endswith("of these hits.")
    (gap,) = (f for f in found if " minus " in f.text)
    assert gap.notes[1].endswith("Without one outlet: 94 to 94 points.")


def with_unknown(made, n):
    """The tables with `n` attributed words of unknown side in each article."""
    unknown = made.tones[made.tones["voice"] == "iran"].assign(voice="unattributed", n_words=n)
    return dataclasses.replace(made, tones=pd.concat([made.tones, unknown], ignore_index=True))


def test_many_words_of_unknown_side_bring_bounds(study):
    made = with_unknown(corpus(study, iran=lambda o, i: 20 + 2 * (i % 3)), 40)
    notes = {f.text.rpartition(" go to ")[2]: f.notes for f in told(made) if f.topic == "speakers"}
    assert "40 % of the attributed words have no known side" in " ".join(notes["Iran."])
    assert "the share is 22 % if none of them belong to this side and 62 % if all do." in " ".join(
        notes["Iran."]
    )
    difference = next(f for f in told(made) if "minus" in f.text)
    assert "the difference would be −24 or +56 points" in " ".join(difference.notes)


def test_few_words_of_unknown_side_bring_none(study):
    made = with_unknown(corpus(study), 5)
    assert not [note for f in told(made) for note in f.notes if "no known side" in note]


def test_the_unknown_side_is_never_the_subject_of_a_finding(study):
    made = corpus(study, iran=lambda o, i: 28 + i % 5)
    first = made.articles.loc[made.articles["outlet"] == "Outlet 0", "article_id"]
    made = with_unknown(made, 60)
    elsewhere = (made.tones["voice"] == "unattributed") & ~made.tones["article_id"].isin(first)
    made.tones.loc[elsewhere, "n_words"] = 1
    assert not [text for text in texts(made, "speakers") if "Side unknown" in text]


def test_a_difference_that_unknown_words_could_explain_says_so(study):
    """In one outlet, Iran has 20 points more; the words without a known side are 40 % or 10 % of the others."""
    for n, alone in ((40, True), (12, False)):
        made = with_unknown(corpus(study, iran=lambda o, i: (30 if o == 0 else 5) + i % 3), n)
        (found,) = [f for f in told(made) if f.text.startswith("Outlet 0 gives Iran more")]
        assert found.task == "sides" and found.value == "share iran"
        assert "of the outlet's attributed words and" in found.notes[2]
        assert ("could explain the difference" in found.notes[2]) is alone


def test_where_nothing_differs_that_is_the_finding(study):
    made = corpus(study, own=lambda o, i: (i * 7 + o) % 3)
    about = texts(made, "outlets")
    assert not [text for text in about if "more often" in text or "less often" in text]
    assert any(
        text.startswith("No outlet differs significantly from the others: of 3 comparisons") for text in about
    )


def test_ministries_are_not_compared_with_news_outlets(study):
    made = corpus(study, iran=lambda o, i: 50 + i % 3 if o == 0 else 5 + i % 3)
    outlets = made.articles["outlet"].astype("str")
    renamed = made.articles.assign(outlet=outlets.replace("Outlet 0", "Russian MFA"))
    official = dataclasses.replace(made, articles=renamed)
    assert any("gives Iran more of the attributed words" in text for text in texts(made, "outlets"))
    without = texts(official, "outlets")
    assert not any("Russian MFA" in text or "Outlet 1 gives" in text for text in without)
    assert without[0].startswith("No news outlet differs significantly from the others")
    names = {"Outlet 0": "Russian MFA", "Outlet 1": "Khamenei.ir"}
    two = dataclasses.replace(made, articles=made.articles.assign(outlet=outlets.replace(names)))
    assert compared_outlets(two) is two  # one news outlet has nothing to be compared with


def test_a_difference_made_by_wire_copy_is_not_stated(study):
    """One story with many hits, printed eight times, makes the whole difference."""
    made = corpus(study, own=lambda o, i: 12 if o == 0 and i < 8 else i % 2, repeats=8)
    compared = theme_comparisons(made)
    naive = compared.query("wire_copy == 'as independent' and outlet == 'Outlet 0'").iloc[0]
    assert naive["p_bh"] < 0.05 and naive["ci95_low"] > 0
    found = [f for f in told(made) if f.topic == "outlets"]
    assert not [f for f in found if f.text.startswith("Outlet 0 brings up")]
    assert any(
        "under one way of counting near-identical articles but not under another" in " ".join(f.notes)
        for f in found
    )


def test_tone_is_compared_with_equal_articles():
    """Three favourable mentions in one of five articles, an unfavourable one in each of the others."""
    articles = [{"article_id": f"{o}{i}", "outlet": o} for o in "AB" for i in range(5)]
    polarities = [("A0", 1)] * 3 + [(f"A{i}", -1) for i in range(1, 5)] + [(f"B{i}", 0) for i in range(5)]
    mentions = [
        {
            "article_id": one,
            "side": "iran",
            "voice": "outlet",
            "polarity": polarity,
            "p_negative": polarity < 0,
            "p_neutral": polarity == 0,
            "p_positive": polarity > 0,
        }
        for one, polarity in polarities
    ]
    compared = tone_comparisons(tables(articles, mentions=mentions), ("iran",)).query("outlet == 'A'")
    assert compared["estimate"].tolist() == [pytest.approx((1 - 4) / 5)] * 3
    assert (compared["numerator"] / compared["denominator"]).tolist() == [
        pytest.approx(-0.6)
    ] * 3  # as stated


def test_themes_are_compared_between_the_voices(study):
    more = corpus(study, own=lambda o, i: i % 2, quoted=lambda o, i: 4 + i % 2)
    found = [f for f in told(more) if "comes up more often in attributed words" in f.text]
    assert len(found) == 1 and found[0].filters == {"theme": "sanctions", "voice": "quoted"}
    # as many hits per word in both voices
    alike = corpus(study, own=lambda o, i: 5 * (i % 3), quoted=lambda o, i: 3 * ((i + o) % 3))
    assert texts(alike, "themes")[-1].endswith("none differs significantly.")


@pytest.mark.parametrize(
    ("iran", "verdict"),
    [
        (lambda o, i: 50 + i % 3, "More of the attributed words go to Iran than to Russia"),
        (lambda o, i: 10 + i % 3, "More of the attributed words go to Russia than to Iran"),
        (lambda o, i: 60 * (i % 2), "It is unclear which side"),
    ],
)  # fmt: skip
def test_the_two_sides_are_compared_only_as_far_as_the_interval_goes(study, iran, verdict):
    said = texts(corpus(study, iran=iran), "speakers")
    claims = [
        text for text in said if "ore of the attributed words" in text and "all other outlets" not in text
    ]
    assert len(claims) == 1 and verdict in claims[0]


def test_one_outlet_is_not_compared_and_no_article_says_nothing(study):
    alone = told(corpus(study, outlets=1))
    assert alone and not [f for f in alone if "other outlets" in f.text or "from the others" in f.text]
    assert told(dataclasses.replace(tables([]), study=study)) == []


def test_few_articles_say_so(study):
    made = corpus(study)
    few = made.select(made.articles["article_id"].head(3))
    assert all("no interval" in f.text or "95 %" not in f.text for f in told(few))
    assert not [f for f in told(few) if "significant" in f.text and "differ" in f.text.split(",")[0]]


def test_a_tone_of_a_chance_few_has_no_number(bundled):
    few = bundled.select(bundled.articles["article_id"].head(2))
    found = findings(few, None)
    tone = [f.text for f in found if f.topic == "tone" and "tone towards" in f.text]
    assert tone
    for text in tone:
        assert "cannot be estimated: " in text and "mention" in text and "from −1" not in text


def test_a_side_without_a_word_is_told(study):
    said = texts(corpus(study, iran=lambda o, i: 0), "speakers")
    assert "None of the attributed words go to Iran." in said
    assert any(text.startswith("Of the attributed words, 100 %") for text in said)


def test_most_frequent_is_said_only_where_there_are_more(bundled, study):
    def orders(made):
        found = findings(made, None)  # without comparisons of outlets, which take longest
        listed = [f for f in found if "comes up in" in f.text and f.topic == "themes"]
        return {note for f in listed for note in f.notes if "order" in note}

    assert orders(bundled) == {"One of the 3 issues found in the most articles; their order is not tested."}
    kept = [theme for theme in study.codebook.themes if theme.id in ("sanctions", "tourism")]
    two = dataclasses.replace(study, codebook=study.codebook.model_copy(update={"themes": tuple(kept)}))
    made = dataclasses.replace(corpus(study), study=two)
    assert orders(made) == set(), "one issue has no order"
    both = [
        {"article_id": key, "theme": theme, "start": 9, "voice": "outlet"}
        for theme in ("sanctions", "tourism")
        for key in made.articles["article_id"]
    ]
    assert orders(dataclasses.replace(made, themes=tables([], themes=both).themes)) == {
        "Their order is not tested."
    }


def test_one_article_is_told_without_nonsense(study):
    made = corpus(study)
    found = told(made.select(["0-00"]))
    said = " ".join([f.text for f in found] + [note for f in found for note in f.notes])
    assert "no interval: 1 family, at least 5 needed" in said
    assert "cannot be estimated: 1 article (wire copy counted once)" in said
    assert "1 articles" not in said and "1 families" not in said and "nan" not in said


def test_where_nobody_is_quoted_there_is_nothing_to_compare(study):
    made = corpus(study)
    dry = dataclasses.replace(made, tones=made.tones[made.tones["voice"] == "outlet"])
    said = texts(dry, "speakers")
    assert said == ["No attributed words were found."]


def test_themes_in_as_many_articles_as_the_last_one_listed_are_counted(study):
    made = corpus(study)
    ids = made.articles["article_id"]
    more = [
        {"article_id": key, "theme": theme, "start": 9, "voice": "outlet"}
        for theme in ("afghanistan", "fisheries", "tourism", "israel", "sanctions")
        for key in ids
    ]
    tied = dataclasses.replace(made, themes=tables([], themes=more).themes)
    notes = [f.notes for f in told(tied) if f.notes[:1] == ("36 of 36 articles.",)]
    assert len(notes) == 3
    assert notes[0][1].endswith("2 more with the same share as the last are not listed.")
    alone = [f.notes for f in told(made) if f.notes[:1] == ("36 of 36 articles.",)]
    assert len(alone) == 1 and not any("not listed" in note for note in alone[0])


def test_an_outlet_with_many_of_the_acts_is_named_with_those_of_either_kind(study):
    sides = {"source_side": "russia", "target_side": "iran", "status": "actual", "voice": "outlet"}
    acts = {"Post": ["conflict"] * 6 + ["cooperation"] * 2, "Herald": ["cooperation"] * 6}
    articles = [
        {"article_id": f"{outlet}{i}", "outlet": outlet}
        for outlet, own in acts.items()
        for i in range(len(own))
    ]
    relations = [
        {"article_id": f"{outlet}{i}", "direction": direction, **sides}
        for outlet, own in acts.items()
        for i, direction in enumerate(own)
    ]
    made = dataclasses.replace(tables(articles, relations=relations), study=study)
    row = {"top_outlet": "Post", "top_outlet_share": 8 / 14}
    told = acts_depend_on(made, ("russia", "iran"), row, "these acts")
    assert told == "Post alone has 57 % of these acts, 2 of cooperation and 6 of conflict."
    assert acts_depend_on(made, ("russia", "iran"), row | {"top_outlet_share": 0.3}, "these acts") == ""


def test_one_act_is_one_act(study):
    article = {"article_id": "a", "outlet": "Post"}
    act = {"article_id": "a", "start": 0, "direction": "conflict", "status": "actual", "voice": "outlet"}
    made = tables([article], relations=[{**act, "source_side": "russia", "target_side": "iran"}])
    said = texts(dataclasses.replace(made, study=study), "relation")
    assert said[0].startswith(
        "The articles report 1 act between Russia and Iran as done or planned, 0 of coop"
    )
