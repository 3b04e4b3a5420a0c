"""Which of overlapping matches count as hits."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.themes.overlaps import DisjointSpans, resolve_overlaps
from analysis.study.codebook import Codebook


def book(*themes, scope="theme"):
    keys = ("id", "label", "patterns", "exceptions", "parent")
    data = [
        {"definition": "-", **dict(zip(keys, (name, name, *rest), strict=False))} for name, *rest in themes
    ]
    return Codebook.from_data({"title": "t", "scope": scope, "themes": data})


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=12),
    st.integers(0, 30),
    st.integers(1, 6),
)
def test_disjoint_spans_know_every_character_that_was_added(added, start, length):
    spans, taken = DisjointSpans(), set()
    for first, size in added:
        spans.add(first, first + size)
        taken.update(range(first, first + size))
    assert spans.overlaps(start, start + length) == bool(taken & set(range(start, start + length)))


def test_the_longest_match_wins_within_a_theme():
    codebook = book(("a", ["x", "x y"]))
    assert list(resolve_overlaps([(0, 1, 0), (0, 3, 1)], codebook)) == [(0, 3, 1)]


def test_themes_compete_with_the_scope_codebook_only():
    matches = [(0, 1, 0), (0, 3, 1)]
    assert len(list(resolve_overlaps(matches, book(("a", ["x"]), ("b", ["x y"]))))) == 2
    assert list(resolve_overlaps(matches, book(("a", ["x"]), ("b", ["x y"]), scope="codebook"))) == [
        (0, 3, 1)
    ]


def test_an_exception_excludes_shorter_and_equal_matches():
    codebook = book(("a", ["x"], ["x"]))
    assert list(resolve_overlaps([(0, 1, 0), (0, 1, 1)], codebook)) == []


def test_the_shortest_match_of_a_near_pattern_wins():
    codebook = book(("a", ["x NEAR/3 y"]))
    assert list(resolve_overlaps([(0, 9, 0), (4, 9, 0)], codebook)) == [(4, 9, 0)]


def test_a_subtheme_wins_over_its_parent():
    codebook = book(("a", ["x"]), ("b", ["x"], [], "a"))
    assert list(resolve_overlaps([(0, 1, 0), (0, 1, 1)], codebook)) == [(0, 1, 1)]
