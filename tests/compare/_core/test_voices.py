"""Choice of voice."""

import pytest

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.voices import in_voice, rows_and_words_by_voice, rows_by_voice
from analysis.errors import FramingError
from tests.compare.made_up import spread


@pytest.fixture(scope="module")
def corpus():
    return spread()


@pytest.mark.parametrize(
    ("voice", "labels"),
    [
        ("split", ["outlet", "quoted"]),
        ("sides", ["outlet", "iran", "russia"]),
        ("quoted", ["quoted"]),
        ("iran", ["iran"]),
        ("outlet", ["outlet"]),
    ],
)
def test_labels_and_words(corpus, voice, labels):
    groups = group_articles(corpus.articles)
    found = list(rows_and_words_by_voice(corpus, groups, corpus.themes, voice))
    assert [label["voice"] for label, _, _ in found] == labels
    n_words = {"outlet": 100, "quoted": 100, "russia": 60, "iran": 40}
    for label, rows, words in found:
        assert (words == n_words[label["voice"]]).all()
        assert set(rows["voice"]) <= {label["voice"]}


def test_no_choice_keeps_all_rows_and_words(corpus):
    ((label, rows, words),) = rows_and_words_by_voice(
        corpus, group_articles(corpus.articles), corpus.themes, None
    )
    assert label == {} and len(rows) == len(corpus.themes) and (words == 200).all()


def test_split_loses_no_row(corpus):
    parts = list(rows_by_voice(corpus.themes, corpus, "split"))
    assert sum(len(rows) for _, rows in parts) == len(corpus.themes)
    assert len(in_voice(corpus.themes, corpus, "quoted")) == len(parts[1][1])


def test_a_voice_without_words_is_an_error(corpus):
    with pytest.raises(FramingError, match=r"no article has words in the voice 'mars'.*iran, russia"):
        list(rows_by_voice(corpus.themes, corpus, "mars"))
    with pytest.raises(FramingError, match=r"unknown voice 'mars'.*iran, russia"):
        in_voice(corpus.themes, corpus, "mars")
