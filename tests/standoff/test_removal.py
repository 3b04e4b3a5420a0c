"""Tables without the words of their articles."""

import pytest

from analysis.corpus import WORD
from analysis.errors import FramingError
from analysis.schemas import TABLES
from analysis.standoff import remove_text

RUN = 5  # words


@pytest.fixture(scope="module")
def frames(bundled):
    return {name: getattr(bundled, name) for name in TABLES}


def runs(text):
    words = [word.lower() for word in WORD.findall(text)]
    return {tuple(words[first : first + RUN]) for first in range(len(words) - RUN + 1)}


def test_no_five_words_of_an_article_survive(frames, study):
    published = set().union(*(runs(text) for text in frames["articles"]["text"]))
    patterns = {pattern for theme in study.codebook.themes for pattern in theme.patterns}
    for name, table in remove_text(frames).items():
        for column in table.select_dtypes(include=["str", "object"]).columns:
            cells = set(table[column].dropna()) - patterns
            kept = [cell for cell in cells if runs(str(cell)) & published]
            assert not kept, (name, column, kept[:1])


def test_the_tables_keep_their_contracts_and_rows(frames):
    made = remove_text(frames)
    for name, table in TABLES.items():
        table.check(made[name])
        assert len(made[name]) == len(frames[name])


def test_extra_columns_are_kept_on_request(frames):
    frames = {**frames, "articles": frames["articles"].assign(extra_leaning="left", extra_summary="Words.")}
    made = remove_text(frames, titles="keep", keep=["extra_leaning"])["articles"]
    assert [name for name in made if name.startswith("extra_")] == ["extra_leaning"]
    assert made["title"].equals(frames["articles"]["title"])


def test_a_misspelt_column_names_the_columns(frames):
    with pytest.raises(FramingError, match="no extra column 'extra_left'"):
        remove_text(frames, keep=["extra_left"])
    with pytest.raises(FramingError, match="unknown choice for titles"):
        remove_text(frames, titles="drop")
