"""Codebooks in YAML."""

import pytest


def patterns(found):
    return {theme.id: list(theme.patterns) for theme in found.codebook.themes}


def test_quanteda_yaml(read):
    found = read("book.yml", "SEA: [fish, {DEEP: [sturgeon, 2018]}]\nTRADE: grain\n")
    assert patterns(found) == {"sea": ["fish"], "deep": ["sturgeon", "2018"], "trade": ["grain"]}
    assert found.codebook["deep"].parent == "sea"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.yml", "SEA: [fish, yes]\n", ["SEA", "quotation marks"]),
        ("a.yml", "a: &a [x, y]\nb: [[1]]\n", ["b", "found [1]"]),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message


def test_yaml_references_that_unfold(refused):
    lines = ["a0: &a0 {x: [fish]}"]
    lines += [f"a{n}: &a{n} {{{', '.join(f'k{i}: *a{n - 1}' for i in range(9))}}}" for n in range(1, 12)]
    assert "expand to more than" in refused("a.yml", "\n".join(lines))
