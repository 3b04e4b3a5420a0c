"""Which column is which field."""

import pytest

from analysis.errors import FramingError, ReadError
from analysis.ingest.columns import FIELDS, choose_columns, named_fields, places


@pytest.mark.parametrize(("field", "names"), FIELDS.items())
def test_every_accepted_name_in_any_spelling(field, names):
    for name in names:
        for spelling in (
            name,
            name.upper(),
            name.replace("_", " ").title(),
            name.replace("_", "-"),
            f" {name} ",
        ):
            assert places((spelling,)) == {field: 0}


def test_no_name_stands_for_two_fields():
    names = [name for names in FIELDS.values() for name in names]
    assert len(names) == len(set(names))


def test_the_name_further_left_wins_and_the_first_of_two_alike():
    assert places(("content", "Body", "text")) == {"text": 2}
    assert places(("content", "Body")) == {"text": 1}
    assert places(("TEXT", "text")) == {"text": 0}


def test_other_columns_are_left_alone():
    assert places(("licence", "source_repo", "words", "")) == {}


def test_the_error_lists_what_is_there_and_what_is_accepted():
    with pytest.raises(ReadError) as caught:
        choose_columns(["headline", "x" * 500, ""], [], "articles.csv")
    for part in ("articles.csv", "headline", "full_text", "body"):
        assert part in str(caught.value)
    assert "x" * 41 not in str(caught.value)


def test_a_column_that_is_named_counts_before_those_whose_names_fit():
    names = ["Text", "Words of the piece", "date", "Day of print", "id"]
    rows = [["a long text that is no article", "the piece", "today", "2024-03-01", "1"]]
    given = named_fields({"text": "Words of the piece", "date": "Day of print"})
    assert choose_columns(names, rows, "a.csv", given) == {"text": 1, "published": 3, "article_id": 4}
    taken = choose_columns(["text", "source"], [], "a.csv", named_fields({"title": "source"}))
    assert taken == {"text": 0, "title": 1}  # a column is one field


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"dat": "Day"}, "unknown field 'dat' for the column 'Day' (choose from id, text, title"),
        ({"date": "Day", "published": "Time"}, "two columns are named for the field 'published'"),
        ({"date": ""}, "the column for the field 'date' has no name"),
    ],
)
def test_fields_that_cannot_be_named(columns, message):
    with pytest.raises(FramingError) as caught:
        named_fields(columns)
    assert message in str(caught.value)
