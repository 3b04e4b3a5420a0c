"""Dictionaries as real programs write them: what they hold is read, what is odd is mended or left out with a note."""

import textwrap

import pytest

from analysis.study.formats import read_codebook


@pytest.fixture
def read(tmp_path):
    def read_text(name, text, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(textwrap.dedent(text).lstrip("\n").encode(encoding))
        return read_codebook(path)

    return read_text


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
        "terms that a category shares with one below it are kept below; they count for both",
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


def test_lexicoder(read):
    xml = (
        '<dictionary style="Lexicoder" name="agenda"><cnode name="t100"><pnode name=" oil "></pnode></cnode>'
        "</dictionary>"
    )
    found = read("book.lcd", xml)
    assert (found.codebook.title, patterns(found)) == ("agenda", {"t100": ["oil"]})
    found = read("book.lc3", "+Oil and gas\ncrude\ntear gas\n\n+ Sea\nfish*\nfish*\n")
    assert patterns(found) == {"oil_and_gas": ["crude", "tear gas"], "sea": ["fish*"]}


def test_quanteda_yaml(read):
    found = read("book.yml", "SEA: [fish, {DEEP: [sturgeon, 2018]}]\nTRADE: grain\n")
    assert patterns(found) == {"sea": ["fish"], "deep": ["sturgeon", "2018"], "trade": ["grain"]}
    assert found.codebook["deep"].parent == "sea"


def test_tables_of_other_makes(read):
    found = read("book.csv", "Category;Word\nSea;fish\nTrade;grain\nSea;'=ship\nSea;\n".replace("'=", ""))
    assert patterns(found) == {"sea": ["fish", "ship"], "trade": ["grain"]}
    found = read("book.dicx", "DicTerm,sea,trade\nfish*,X,\ngrain,,X\nport,X,X\nnothing,,\n")
    assert patterns(found) == {"sea": ["fish*", "port"], "trade": ["grain", "port"]}
    assert found.notes == ("1 words without a category left out: 'nothing' (line 5)",)


def test_refi_qda_of_another_program(read):
    found = read(
        "book.qdc",
        """
        <?xml version="1.0" encoding="utf-8"?>
        <CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="SomeProgram 1">
          <Codes>
            <Code guid="{0d62985d-b147-5d01-a9b5-cae5dcd98342}" name="Nodes" isCodable="false">
              <Code guid="x" name="Sea (all)" isCodable="true" color="#0F0">
                <Description>What swims
        ---
        patterns: [fish, no]
        </Description>
                <Code guid="DFE5C38E-9449-5959-A1F7-E3D895CFA87F" name="Trade?" isCodable="true"/>
              </Code>
            </Code>
          </Codes>
          <Sets><Set guid="725F0645-9CD3-598A-8D2B-EC3D39AB3C3F" name="s"/></Sets>
        </CodeBook>
        """,
    )
    assert patterns(found) == {"sea_all": ["fish", "no"], "trade": ["Trade"]}
    assert found.codebook["sea_all"].definition == "What swims"
    assert found.codebook["trade"].parent == "sea_all"
    assert any("urn:QDA-XML:codebook:1:0" in note for note in found.notes)
    assert any("without a valid guid: 'Sea (all)'" in note for note in found.notes)
    assert any("looked for by their name: 'Trade?'" in note for note in found.notes)
    assert any("sets of codes left out" in note for note in found.notes)


def test_windows_1252_is_read_and_noted(read):
    found = read("book.lc3", "+Straße\ncafé*\n", encoding="cp1252")
    assert [(t.label, t.patterns) for t in found.codebook.themes] == [("Straße", ("café*",))]
    assert found.notes == ("the file is not UTF-8 (line 1); it was read as Windows-1252",)
    latin = """<?xml version="1.0" encoding="ISO-8859-1"?>
        <dictionary><cnode name="é"><pnode name="ü"/></cnode></dictionary>"""
    assert read("book.ykd", latin, encoding="latin-1").codebook.themes[0].patterns == ("ü",)
    assert read("book.lc3", "+Sea\nfish\n", encoding="utf-16").notes == ()


def test_the_beginning_decides_where_the_suffix_says_nothing(read):
    assert patterns(read("a.txt", "%\n1\tsea\n%\nfish\t1\n")) == {"sea": ["fish"]}
    assert patterns(read("b.txt", "+sea\nfish\n")) == {"sea": ["fish"]}
    assert patterns(read("c.xml", '<dictionary><cnode name="sea"><pnode name="fish"/></cnode></dictionary>'))
    assert patterns(read("d.txt", "SEA\n\tFISH (1)\n")) == {"sea": ["FISH"]}


def test_terms_are_never_read_as_our_pattern_language(read):
    found = read("book.lc3", "+a\nfish\n=SCO\n(oil|gas)\na {0,2} b\n~go\nto ~go\nwhy?\na NEAR/3 b\n")
    assert patterns(found) == {"a": ["fish"]}
    assert any(note.startswith("7 terms that cannot be patterns left out") for note in found.notes)


def test_ids_are_unique_and_legal(read):
    found = read("book.cat", "A\n\t1st!\n\t\tx (1)\nB\n\t1st!\n\t\ty (1)\n\tÄ Ö\n\t\tz (1)\n")
    assert [theme.id for theme in found.codebook.themes] == ["a", "theme_1st", "b", "b_theme_1st", "a_o"]


def test_wordstat_with_spaces_before_some_tabs(read):
    found = read("book.cat", "SEA\n   \tFISH\n\t\tCOD (1)\n\tSHIP\n   \t\tFERRY (1)\n")
    assert {theme.id: theme.parent for theme in found.codebook.themes} == {
        "sea": None,
        "fish": "sea",
        "ship": "sea",
    }
