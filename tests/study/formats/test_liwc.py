"""LIWC dictionaries."""

import pytest


def patterns(found):
    return {theme.id: list(theme.patterns) for theme in found.codebook.themes}


def test_liwc(read):
    found = read(
        "book.dic",
        """
        %
        1\tsea\t(The Caspian Sea)
        \t2\tfish
        03  trade (Goods and money)
        %
        sturgeon*\t1\t2
        caspian\t\t1

        wares  03
        article 5\t03
        """,
    )
    assert patterns(found) == {"sea": ["caspian"], "fish": ["sturgeon*"], "trade": ["wares", "article 5"]}
    assert found.codebook["fish"].parent == "sea"
    assert found.codebook["sea"].definition == "The Caspian Sea"
    assert found.codebook["trade"].label == "Goods and money"
    assert found.codebook["fish"].label == "fish"
    assert found.notes == (
        "terms that a category shares with a subcategory are kept in the subcategory; they count for both",
    )


def test_liwc_with_what_real_files_contain(read):
    found = read(
        "book.dic",
        """
        a remark
        %
        1\tverb
        2\tkin
        3\tmood
        4\tempty
        %
        like\t(02 134)125/464\t(02 134)126\t1
        kind\t<of>131/125\t2
        aunt\t2\t9
        aunt\t2
        Aunt\t2
        lonely
        :)\t3
        glad*\t3 1
        """,
    )
    assert patterns(found) == {"verb": ["like", "glad*"], "kin": ["aunt"], "mood": ["glad*"]}
    assert found.notes == (
        "1 lines before the legend left out: 'a remark' (line 1)",
        "1 conditional numbers in brackets ignored: 'like' (line 8)",
        "1 words with an <of> tag left out: 'kind' (line 9)",
        "1 numbers that are not in the legend ignored: 9 of 'aunt' (line 10)",
        "1 words without a category left out: 'lonely' (line 13)",
        "2 repeated terms kept once: 'aunt' (line 11), 'Aunt' (line 12)",
        "1 terms that cannot be patterns left out: ':)' (line 14)",
        "1 categories without a usable term left out: 'empty' (line 6)",
    )


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.dic", "fish\t1\n", ["line 1", "the legend of categories is missing"]),
        ("a.dic", "\n%\n1\tsea\nfish\t1\n", ["line 2", "has no end"]),
        ("a.dic", "%\n1\tsea\nfish\n%\nfish\t1\n", ["line 3", "expected a number and a name"]),
        ("a.dic", "%\n1\tsea\n1\ttrade\n%\nfish\t1\n", ["line 3", "two categories have the number 1"]),
        ("a.dic", "%\n%\nfish\t1\n", ["legend is empty"]),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message
