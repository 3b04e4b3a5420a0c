"""What is asked, and what the toolkit answered."""

import dataclasses

import pytest

from analysis.errors import FramingError
from analysis.validation.tasks import coding_task, sentence_voices
from tests.validation.coded_study import THEMES, coverage


@pytest.fixture(scope="module")
def corpus(study):
    return coverage(study, per_outlet=5)


def test_themes_asks_per_article_with_the_definitions_of_the_codebook(corpus):
    task = coding_task(corpus, "themes", themes=THEMES)
    assert [q.name for q in task.questions] == THEMES
    assert task.questions[0].allowed == ("yes", "no", "unclear")
    assert "Does not count" in task.questions[0].text
    found = set(corpus.themes["article_id"])
    assert set(task.units["unit"][task.predicted["transport_transit"] == "yes"]) == found
    assert task.predicted["sanctions"].eq("no").all()
    assert len(coding_task(corpus, "themes").questions) == len(corpus.study.codebook.themes)


def test_voice_asks_per_sentence(corpus):
    task = coding_task(corpus, "voice")
    assert len(task.units) == 30
    assert task.predicted["voice"].tolist()[:3] == ["outlet", "iran", "outlet"]
    assert {"outlet", "russia", "iran", "unattributed"} <= set(task.questions[0].answers)


def test_the_voice_of_a_sentence_is_that_of_most_of_it(corpus):
    """Half of the second sentence is the attribution: a shorter quote leaves it the outlet's."""
    spans = corpus.quote_spans.assign(end=corpus.quote_spans["start"] + 8)
    shorter = dataclasses.replace(corpus, quote_spans=spans)
    assert set(sentence_voices(shorter, shorter.sentences)) == {"outlet"}


def test_tone_asks_per_mention_that_has_a_class(corpus):
    silent = corpus.mentions["abstained"].mask(corpus.mentions.index == 1, "low confidence")
    mentions = corpus.mentions.assign(
        polarity=corpus.mentions["polarity"].mask(corpus.mentions.index == 0), abstained=silent
    )
    task = coding_task(dataclasses.replace(corpus, mentions=mentions), "tone")
    assert len(task.units) == len(corpus.mentions) - 2
    assert set(task.predicted["tone"]) <= {"negative", "neutral", "positive"}
    assert task.questions[0].level == "ordinal"


def test_nothing_to_ask(corpus):
    with pytest.raises(FramingError, match="unknown theme fishing"):
        coding_task(corpus, "themes", themes=["fishing"])
    with pytest.raises(FramingError, match="choose from: themes, voice, tone"):
        coding_task(corpus, "colour")
    with pytest.raises(FramingError, match="no units for the task"):
        coding_task(dataclasses.replace(corpus, mentions=corpus.mentions.iloc[:0]), "tone")


def test_sides_asks_per_quote_what_it_is_who_speaks_and_for_whom(corpus):
    named = corpus.quotes["speaker_name"].mask(corpus.quotes.index == 1, "the envoy")
    task = coding_task(dataclasses.replace(corpus, quotes=corpus.quotes.assign(speaker_name=named)), "sides")
    assert [question.name for question in task.questions] == ["quote", "speaker", "side"]
    assert len(task.units) == len(corpus.quotes) == 10
    assert task.predicted["speaker"].tolist()[:3] == ["unknown", "the envoy", "unknown"]
    assert task.predicted["quote"].eq("yes").all() and task.predicted["side"].eq("iran").all()
    assert task.units["words"].eq(3).all()
    assert {"iran", "russia", "unattributed", "unclear"} <= set(task.questions[2].allowed)
    assert "outlet" not in task.questions[2].allowed, "a false quote has no side"
