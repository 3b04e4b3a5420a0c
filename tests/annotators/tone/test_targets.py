"""Tone towards names, spans, and the actors of a study."""

import pytest

import analysis
from analysis.annotators.parsing.document import Document, Mention, Span
from analysis.annotators.tone.targets import classify, target_sentiment, tone
from analysis.errors import FramingError

COLUMNS = ["start", "end", "text", "target", "polarity", "p_negative", "p_neutral", "p_positive", "abstained"]
TEXT = (
    "Moscow hailed as peacemaker\n\n"
    "Russia lied to its partners and broke every promise. "
    "Raisi was praised for his courage: he had saved the miners. "
    "The talks with Iran took place on Tuesday.\n\nIran"
)


def test_targets_are_names_or_spans_and_names_are_whole_words():
    table = analysis.tone("Iran and Iranian oil, Iran’s oil", targets=["Iran", (9, 16), "Iran"])
    assert list(table.columns) == COLUMNS
    assert table[["start", "end"]].to_numpy().tolist() == [[0, 4], [9, 16], [22, 26]]
    assert table["target"].tolist() == ["Iran", "Iranian", "Iran"]
    assert (table[["p_negative", "p_neutral", "p_positive"]].sum(axis=1) - 1).abs().max() < 1e-9


@pytest.mark.parametrize("text", ["", "Nobody is named here."])
def test_without_a_mention_the_table_is_empty(text, study):
    for targets in (["Iran"], [], study.actors):
        table = analysis.tone(text, targets=targets)
        assert table.empty
        assert list(table.columns) == COLUMNS
        assert table["polarity"].dtype == "Int64"


@pytest.mark.parametrize("target", [(0, 0), (5, 99), (-1, 3), (4, 2), "", " "])
def test_targets_outside_the_text_are_refused(target):
    with pytest.raises(FramingError, match="target"):
        analysis.tone("Iran won", targets=[target])


def test_a_string_instead_of_a_list_is_refused():
    with pytest.raises(FramingError, match=r"targets=\['Iran'\]"):
        analysis.tone("Iran won", targets="Iran")


def test_actors_of_a_study_in_headline_by_capital_by_pronoun(study):
    table = tone(TEXT, targets=study.actors)
    assert table["text"].tolist() == ["Moscow", "Russia", "Raisi", "his", "he", "Iran", "Iran"]
    assert table["target"].tolist() == ["russia", "russia", "raisi", "raisi", "raisi", "iran", "iran"]
    assert table["polarity"].tolist() == [1, -1, 1, 1, 1, 0, 0]
    assert table["abstained"].fillna("").tolist() == [""] * 6 + ["no context"]


def test_same_answers_as_classify(study):
    spans = [(29, 35), (82, 87)]
    assert tone(TEXT, targets=spans)["polarity"].tolist() == classify([(TEXT, *span) for span in spans])


def swapped(text, names):
    """A document of one sentence with two mentions of the same actor, {} standing for the name."""
    head, middle, tail = text.split("{}")
    text = head + names + middle + names + tail
    first, second = len(head), len(head) + len(names) + len(middle)
    mentions = [Mention(at, at + len(names), "x", "x", "alias") for at in (first, second)]
    return target_sentiment(Document(text, (Span(0, len(text)),)), mentions)


def test_the_result_does_not_depend_on_a_repeated_name():
    text = "{} insists that it kept its word, but critics say {} lied about the deal."
    russia, *others = (
        swapped(text, name) for name in ("Russia", "Switzerland", "Ayatollah Khamenei", "伊朗")
    )
    assert all(found == russia for found in others)


def test_other_actors_are_not_masked():
    text = "The minister praised {} for a courageous rescue, and {} thanked the minister."
    document = Document(text.format("Russia", "Iran"), (Span(0, len(text)),))
    start = document.text.index("Iran")
    two = [Mention(21, 27, "russia", "r", "alias"), Mention(start, start + 4, "iran", "i", "alias")]
    one = [two[0], Mention(start, start + 4, "russia", "r", "alias")]
    assert target_sentiment(document, two)[0] != target_sentiment(document, one)[0]
