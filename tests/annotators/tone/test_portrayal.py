"""How an article's own words present an actor: by voice, by style, without names."""

import numpy as np
import pytest

from analysis.annotators.article import Article, MeasuredArticle
from analysis.annotators.parsing.document import Document, Mention, Span, VoiceSegment
from analysis.annotators.tone.portrayal import (
    MAX_DEVIATION,
    STYLE,
    load_portrayal,
    mention_sentiment,
    standardized,
    writing_style,
)
from analysis.annotators.tone.rows import mention_rows
from analysis.annotators.tone.targets import target_sentiment
from analysis.schemas import OUTLET

JUDGED = "Russia launched a reckless attack on the port. "
REPORT = (
    '"The harbour was closed at noon," the mayor said. "Two ships were damaged," he told reporters. According to the '
    'police, the fire was put out by evening. "Nobody was hurt," the port authority said. '
)
COMMENT = (
    "It is a mistake to look away. The allies should answer, and they must answer soon. They need a plan, and they "
    "ought to have one by now. Nothing less will do. "
)


def measured(text, study):
    return MeasuredArticle(Article("a", "", text, None, "test"), study)


def p_negative(article):
    """Of the first mention."""
    return mention_sentiment(article.document, article.mentions, article.segments)[0].p_negative


def test_a_bad_event_counts_as_criticism_rather_in_commentary_than_in_a_report(study):
    report, comment = (measured(JUDGED + rest, study) for rest in (REPORT, COMMENT))
    alone = [target_sentiment(a.document, a.mentions)[0] for a in (report, comment)]
    assert alone[0] == alone[1], "the sentence is the same"
    assert p_negative(comment) > p_negative(report) + 0.1


def test_in_attributed_words_the_sentence_alone_decides(study):
    article = measured(f'{COMMENT}"Russia lied to all of us," the minister of Iran said.', study)
    alone = target_sentiment(article.document, article.mentions)
    found = mention_sentiment(article.document, article.mentions, article.segments)
    voices = [row["voice"] for row in mention_rows(article)]
    assert OUTLET in voices and set(voices) != {OUTLET}
    for voice, one, other in zip(voices, found, alone, strict=True):
        assert (one == other) == (voice != OUTLET)


def named(name):
    """The same article about an actor of this name, all of it the outlet's own words."""
    text = f"{name} launched a reckless attack. They must answer {name} now."
    later = text.rindex(name)
    stop = text.index(".") + 1
    mentions = [Mention(at, at + len(name), "x", "x", "alias") for at in (0, later)]
    document = Document(text, (Span(0, stop), Span(stop + 1, len(text))))
    return mention_sentiment(document, mentions, [VoiceSegment(0, len(text), OUTLET, None)])


def test_the_name_changes_nothing():
    russia, *others = (named(name) for name in ("Russia", "France", "Ruritania", "伊朗"))
    assert all(found == russia for found in others)


def test_style_is_that_of_the_own_words():
    text = "They should go, he said. They must go."
    segments = [VoiceSegment(0, 15, "iran", 0), VoiceSegment(15, len(text), OUTLET, None)]
    style = dict(zip(STYLE, writing_style(text, segments), strict=True))
    assert style == pytest.approx({"length": np.log(5), "obligation": 20})


def test_the_style_of_a_text_of_few_words_is_limited():
    mean, scale = np.zeros(5), np.ones(5)
    assert standardized(np.array([9, -9, 1, 0, 2]), mean, scale).tolist() == [
        MAX_DEVIATION,
        -MAX_DEVIATION,
        1,
        0,
        2,
    ]


def test_without_mentions_there_is_nothing_to_judge(study):
    article = measured("Nobody is named here.", study)
    assert mention_sentiment(article.document, article.mentions, article.segments) == []


def test_the_shipped_head_beats_the_sentence_alone_on_articles_it_was_not_fitted_to():
    """The scores are written by `python -m training.tone.portrayal`."""
    fitted = load_portrayal().fitted
    for ours, alone in (("cross_validated", "sentence_alone"), ("check", "check_sentence_alone")):
        assert fitted[ours]["spearman"] > fitted[alone]["spearman"] + 0.1
        assert fitted[ours]["rmse"] < fitted[alone]["rmse"]
        assert abs(fitted[ours]["mean_error"]) < 0.05, "zero is what readers call neutral"
