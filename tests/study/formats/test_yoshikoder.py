"""Yoshikoder and Lexicoder 2 dictionaries."""

import pytest


def patterns(found):
    return {theme.id: list(theme.patterns) for theme in found.codebook.themes}


def test_yoshikoder(read):
    found = read(
        "book.ykd",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <dictionary style="050805" patternengine="substring">
          <cnode name="Two shores" desc="about both">
            <cnode name="Trade &amp; goods" desc="Buying and selling">
              <pnode name="grain"/>
              <cnode name="Fish" desc=""><pnode name="sturgeon*" score="2"/></cnode>
            </cnode>
          </cnode>
        </dictionary>
        """,
    )
    assert found.codebook.title == "Two shores"
    assert patterns(found) == {"trade_goods": ["grain"], "fish": ["sturgeon*"]}
    assert found.codebook["trade_goods"].definition == "Buying and selling"
    assert found.notes == ("1 scores ignored: 2 of 'sturgeon*' (line 6)",)


def test_yoshikoder_with_regular_expressions(read):
    found = read(
        "book.ykd",
        """
        <dictionary patternengine="regexp">
          <cnode name="A"><pnode name="oil"/><pnode name="gas(es)?"/><pnode name="a.*b"/></cnode>
        </dictionary>
        """,
    )
    assert patterns(found) == {"a": ["oil"]}
    assert "2 regular expressions left out: 'gas(es)?' (line 2), 'a.*b' (line 2)" in found.notes


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "a.ykd",
            "<dictionary>\n<cnode><pnode name='x'/></cnode></dictionary>",
            ["line 2", "has no name"],
        ),
        ("a.lcd", "<html/>", ["line 1", "<html>"]),
    ],
)
def test_bad_files_are_refused_with_file_and_line(refused, name, content, expected):
    message = refused(name, content)
    for part in expected:
        assert part in message
