"""An error says where it is, what was found and what to do."""

import pickle

import pytest

from analysis.errors import FramingError, expect, expect_text


def test_a_message_has_the_place_first_and_the_remedy_last():
    error = FramingError(
        "the date cannot be read", path="a.csv", where="row 3", remedy="write it as 2022-06-29"
    )
    assert str(error) == "a.csv, row 3: the date cannot be read (write it as 2022-06-29)"


def test_an_error_without_place_and_remedy_is_its_message():
    assert str(FramingError("no article has a date")) == "no article has a date"


def test_users_can_catch_it_as_a_value_error():
    with pytest.raises(ValueError, match="no article"):
        raise FramingError("no article has a date")


def test_an_error_comes_back_from_a_worker_process_with_its_message():
    error = FramingError("the date cannot be read", path="a.csv")
    assert "the date cannot be read" in str(pickle.loads(pickle.dumps(error)))  # noqa: S301


@pytest.mark.parametrize(("value", "found"), [(None, "None"), (3, "int"), (b"words", "bytes")])
def test_an_argument_of_another_type_is_named(value, found):
    with pytest.raises(FramingError, match=f"^text is .*{found}"):
        expect_text(value)


def test_an_argument_of_the_right_type_passes():
    expect("results", (str,), what="folder", expected="a path", remedy="")
    expect_text("One sentence.")
