"""Dictionaries as codebooks: ids and terms."""

import time

import pytest

from analysis.study.codebook import MAX_PATTERNS


def patterns(found):
    return {theme.id: list(theme.patterns) for theme in found.codebook.themes}


def test_terms_are_never_read_as_our_pattern_language(read):
    found = read("book.lc3", "+a\nfish\n=SCO\n(oil|gas)\na {0,2} b\n~go\nto ~go\nwhy?\na NEAR/3 b\n")
    assert patterns(found) == {"a": ["fish"]}
    assert any(note.startswith("7 terms that cannot be patterns left out") for note in found.notes)


def test_ids_are_unique_and_legal(read):
    found = read("book.cat", "A\n\t1st!\n\t\tx (1)\nB\n\t1st!\n\t\ty (1)\n\tÄ Ö\n\t\tz (1)\n")
    assert [theme.id for theme in found.codebook.themes] == ["a", "theme_1st", "b", "b_theme_1st", "a_o"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "a.dic",
            "%\n1\tsea\n2\tsea\n%\nfish\t1 2\n",
            ["line 3", "two categories have the name 'sea'", "line 2"],
        ),
        (
            "a.dic",
            "%\n1\tsea\n%\n:)\t1\n",
            ["no category has a usable word", "':)' (line 4)", "add words"],
        ),
        ("a.cat", "SEA\n\t* (1)\n", ["no category has a usable word", "'*' (line 2)"]),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message


@pytest.mark.parametrize("name", ["a.dic", "a.lc3", "a.csv"])
def test_too_many_patterns(refused, name):
    words = [f"w{number}" for number in range(MAX_PATTERNS + 100)]
    texts = {
        "a.dic": ("%\n1\tsea\n%\n" + "\n".join(f"{word}\t1" for word in words), MAX_PATTERNS + 4),
        "a.lc3": ("+sea\n" + "\n".join(words), MAX_PATTERNS + 2),
        "a.csv": ("theme,pattern\n" + "\n".join(f"sea,{word}" for word in words), MAX_PATTERNS + 2),
    }
    text, line = texts[name]
    began = time.process_time()
    assert f"line {line}: more than 100,000 terms" in refused(name, text)
    assert time.process_time() - began < 10
