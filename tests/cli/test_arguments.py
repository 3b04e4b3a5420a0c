"""Arguments of the wrong type are refused in plain words, not with an error from somewhere inside."""

import pytest

import analysis
from analysis.errors import FramingError

NO_TEXTS = [None, b"Iran", ["Iran"], 7, 1.5, {"text": "Iran"}]
NO_PATHS = [None, b"data", ["data"], 7]


def kind(value):
    return type(value).__name__


@pytest.mark.parametrize("value", NO_TEXTS, ids=kind)
def test_what_is_no_text(value, study):
    for call in (
        lambda: analysis.quotes(value),
        lambda: analysis.themes(value, study.codebook),
        lambda: analysis.tone(value, targets=["Iran"]),
    ):
        with pytest.raises(FramingError, match=r"text is (None|of type \w+), not a text"):
            call()


def test_bytes_are_told_to_be_decoded():
    with pytest.raises(FramingError, match="decode"):
        analysis.quotes(b"Iran")


@pytest.mark.parametrize("value", [None, "data", b"", 7], ids=kind)
def test_what_is_no_codebook(value):
    with pytest.raises(FramingError, match="codebook is"):
        analysis.themes("Iran", value)


@pytest.mark.parametrize(
    "value", [None, 7, b"Iran", [None], [7], [(1, 2, 3)], [("a", "b")], [b"Iran"]], ids=repr
)
def test_what_are_no_targets(value):
    with pytest.raises(FramingError, match="target"):
        analysis.tone("Iran and Russia", targets=value)


@pytest.mark.parametrize("value", NO_PATHS, ids=kind)
def test_what_is_no_path(value):
    several = [analysis.read_articles] if not isinstance(value, list) else []  # reads several paths, too
    for function in (*several, analysis.load_study, analysis.load_tables):
        with pytest.raises(FramingError, match=r"is (None|of type \w+), not a path"):
            function(value)


@pytest.mark.parametrize("value", [[None], [7, "a.csv"], {"a.csv"}, []], ids=repr)
def test_what_are_no_paths(value):
    with pytest.raises(FramingError, match=r"source is (None|of type \w+|empty), not a path"):
        analysis.read_articles(value)


@pytest.mark.parametrize("value", [None, "articles.jsonl", b"", ["a"], 7], ids=kind)
def test_what_are_no_articles_study_or_tables(value, study, bundled):
    with pytest.raises(FramingError, match="articles is"):
        analysis.annotate(value, study)
    with pytest.raises(FramingError, match="study is"):
        analysis.annotate(bundled.articles, value)
    with pytest.raises(FramingError, match="tables is"):
        analysis.kwic(value, theme="sanctions")
