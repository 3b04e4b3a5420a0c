"""Codebooks as tables."""

import pytest


def patterns(found):
    return {theme.id: list(theme.patterns) for theme in found.codebook.themes}


def test_tables_of_other_makes(read):
    found = read("book.csv", "Category;Word\nSea;fish\nTrade;grain\nSea;'=ship\nSea;\n".replace("'=", ""))
    assert patterns(found) == {"sea": ["fish", "ship"], "trade": ["grain"]}
    found = read("book.dicx", "DicTerm,sea,trade\nfish*,X,\ngrain,,X\nport,X,X\nnothing,,\n")
    assert patterns(found) == {"sea": ["fish*", "port"], "trade": ["grain", "port"]}
    assert found.notes == ("1 words without a category left out: 'nothing' (line 5)",)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "theme,kind,pattern\nsea,pattern,\n", ["line 2", "empty", "correct the pattern"]),
        ("a.csv", "theme,kind,pattern\nsea,pattern,*\n", ["line 2", "every word", "correct the pattern"]),
        (
            "a.csv",
            'theme,kind,pattern\nsea,pattern,"""x"\n',
            ["line 2", "unpaired quotation mark", "correct the pattern"],
        ),
        ("a.csv", "sea,fish\n", ["line 1", "'theme'"]),
        ("a.csv", "theme,pattern\nsea,fish\n,grain\n", ["line 3", "this row has no theme"]),
        ("a.csv", 'theme,pattern\nsea,"fish\n', ["line 2", "quotation marks"]),
        ("a.csv", "theme,kind,pattern\nsea,pattern,(a\n", ["line 2", "(a"]),
        ("a.csv", "theme,kind,pattern\nsea,patern,a\n", ["line 2", "patern"]),
        ("a.csv", "theme,pattern,parent\nsea,fish,trade\n", ["line 2", "no theme 'trade'"]),
        (
            "a.csv",
            "theme,pattern,parent\na,x,b\nb,y,a\n",
            ["line 2", "circular parents: a > b > a", "remove"],
        ),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message
