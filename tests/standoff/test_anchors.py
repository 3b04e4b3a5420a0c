"""Anchors of a text."""

from analysis.standoff import anchors, content_hash

WORDS = [f"word{number}" for number in range(400)]
TEXT = " ".join(WORDS)


def test_an_anchor_is_found_again_in_another_text():
    inside = anchors("A new beginning.\n" + TEXT.upper() + " and an end")
    assert {anchor.hash for anchor in anchors(TEXT)} <= {anchor.hash for anchor in inside}


def test_about_one_word_in_eight_begins_an_anchor():
    found = anchors(TEXT)
    assert 30 <= len(found) <= 70
    assert all(TEXT[anchor.start :].startswith("word") for anchor in found)


def test_a_text_of_seven_words_has_none():
    assert anchors("one two three four five six seven") == []


def test_the_hash_of_a_text_with_half_an_emoji():
    assert len(content_hash("\ud83d")) == 64
