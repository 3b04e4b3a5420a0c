"""Tone by a user's own dictionary: counted by voice, negations turned round, every hit with its place."""

import pytest

from analysis.compare.measures.tone_dictionary import dictionary_index, tone_hits
from analysis.errors import FramingError
from analysis.evidence.sentences import with_sentences
from analysis.study.codebook import Codebook
from tests.compare.made_up import one, tables

TEXT = "A brilliant success. The plan was not good. “A failure,” he said."


def theme(name, *patterns, parent=None):
    return {"id": name, "label": name, "definition": name, "patterns": list(patterns), "parent": parent}


@pytest.fixture(scope="module")
def dictionary():
    themes = [
        theme("positive", "brilliant", "good"),
        theme("joy", "success*", parent="positive"),
        theme("negative", "failure*", "plan was"),
        theme("other", "said"),
    ]
    return Codebook.from_data({"title": "words of ours", "themes": themes})


@pytest.fixture(scope="module")
def small():
    at = TEXT.index("A failure")
    return tables(
        [{"article_id": "a", "text": TEXT}],
        sentences=[
            {"article_id": "a", "sentence": n, "start": start, "end": end}
            for n, (start, end) in enumerate([(0, 20), (21, 43), (44, len(TEXT))])
        ],
        quotes=[{"quote_id": "q", "article_id": "a", "side": "iran", "start": at, "end": at + 9}],
        quote_spans=[{"quote_id": "q", "role": "content", "start": at, "end": at + 9}],
        tones=[
            {"article_id": "a", "voice": "iran", "n_words": 2},
            {"article_id": "a", "voice": "outlet", "n_words": 10},
        ],
    )


def test_hits_have_their_sign_sentence_and_voice(dictionary, small):
    hits = tone_hits(small, dictionary)
    assert hits[["text", "sign", "sentence", "voice"]].to_numpy().tolist() == [
        ["brilliant", "positive", 0, "outlet"],
        ["success", "positive", 0, "outlet"],
        ["plan was", "negative", 1, "outlet"],
        ["good", "negative", 1, "outlet"],
        ["failure", "negative", 2, "iran"],
    ]
    assert with_sentences(hits, small)["sentence_text"].iloc[3] == "The plan was not good."


def test_positive_minus_negative_per_100_words_of_the_same_voice(dictionary, small):
    every = one(dictionary_index(small, dictionary))
    assert (every["numerator"], every["denominator"]) == (-1, 12)
    assert every["estimate"] == pytest.approx(-100 / 12)
    assert every[["n_positive", "n_negative"]].tolist() == [2, 3]
    assert "at least 5 needed" in every["note"]
    split = dictionary_index(small, dictionary, voice="split")
    assert one(split, voice="quoted")["estimate"] == -50
    assert one(split, voice="outlet")["numerator"] == 0


def test_a_dictionary_without_the_themes_is_refused(dictionary, small):
    with pytest.raises(FramingError, match=r"'good'.*positive, joy, negative, other"):
        dictionary_index(small, dictionary, positive="good")


def test_on_the_bundled_corpus_hits_are_those_of_the_themes_table(study, bundled):
    """With two themes of the study's own codebook, so that every part has an independent count."""
    index = dictionary_index(
        bundled, study.codebook, positive="strategic_partnership", negative="sanctions", by=[], voice="sides"
    )
    themes = bundled.themes[~bundled.themes["negated"]]
    for row in index.itertuples():
        spoken = themes[themes["voice"] == row.voice]["theme"].value_counts()
        negated = bundled.themes.query("negated and voice == @row.voice")["theme"].value_counts()
        assert row.n_positive == spoken.get("strategic_partnership", 0) + negated.get("sanctions", 0)
        assert row.n_negative == spoken.get("sanctions", 0) + negated.get("strategic_partnership", 0)
