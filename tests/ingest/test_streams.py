import re

import pytest

from analysis.ingest.streams import split_stream

TEXT = "cover <a>one<a>two, which is longer<a>"
START = re.compile("<a>")


@pytest.mark.parametrize("size", [1, 2, 5, 7, 100])
def test_parts_do_not_depend_on_the_size_of_the_chunks(size):
    chunks = [TEXT[place : place + size] for place in range(0, len(TEXT), size)]
    assert list(split_stream(chunks, START, longest=100)) == [
        "cover ",
        "<a>one",
        "<a>two, which is longer",
        "<a>",
    ]


def test_a_part_that_is_too_long_is_not_held_and_the_next_is_yielded():
    chunks = [b"<a>1", *[b"x" * 1_000] * 50, b"<a>2"]
    parts = list(split_stream(chunks, re.compile(b"<a>"), longest=20_000))
    assert parts == [b"", None, b"<a>2"]


def test_nothing_comes_of_nothing():
    assert list(split_stream([], START, longest=100)) == []
