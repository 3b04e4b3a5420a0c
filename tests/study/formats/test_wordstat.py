"""WordStat dictionaries."""

import pytest


def patterns(found):
    return {theme.id: list(theme.patterns) for theme in found.codebook.themes}


def test_wordstat(read):
    found = read(
        "book.cat",
        """
        SEA
           \tFISH
           \t\tSTURGEON* (1)
           \t\tBLACK_CAVIAR (2)
           \tNOBODY
           \t@RULE1 [fish* NEAR ship*] (1)
        LOOSE (1)
        TRADE
        \tGRAIN (1)
        \tWH?AT (1)
        """,
    )
    assert patterns(found) == {
        "sea": [],
        "fish": ["STURGEON*", "BLACK CAVIAR"],
        "trade": ["GRAIN", "WH?AT"],
    }
    assert [theme.parent for theme in found.codebook.themes] == [None, "sea", None]
    assert any("weights ignored: 2 of 'BLACK_CAVIAR' (line 4)" in note for note in found.notes)
    assert any("empty categories left out: 'NOBODY'" in note for note in found.notes)
    assert any("rules left out" in note for note in found.notes)
    assert any("outside any category left out: 'LOOSE'" in note for note in found.notes)


def test_wordstat_without_weights(read):
    found = read("book.cat", "TRADE\n\tgrain\n\twheat\nSEA\n\tfish\n")
    assert patterns(found) == {"trade": ["grain", "wheat"], "sea": ["fish"]}


def test_wordstat_with_spaces_before_some_tabs(read):
    found = read("book.cat", "SEA\n   \tFISH\n\t\tCOD (1)\n\tSHIP\n   \t\tFERRY (1)\n")
    assert {theme.id: theme.parent for theme in found.codebook.themes} == {
        "sea": None,
        "fish": "sea",
        "ship": "sea",
    }


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.cat", "SEA (1)\nTRADE (1)\n", ["line 1", "no category"]),
        ("a.cat", "SEA\n\tfish (1)\n\t\tsturgeon (1)\n", ["line 3", "below the word 'fish'"]),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message
