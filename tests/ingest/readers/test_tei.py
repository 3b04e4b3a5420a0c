"""TEI: headers, paragraphs, corpora, groups of texts, and damage."""

from itertools import pairwise

import pytest

from analysis.ingest import read
from analysis.ingest.readers.tei import read_tei
from analysis.ingest.records import Refusal, UnreadableFile

HEADER = """<teiHeader><fileDesc><titleStmt><title>Ships wait</title></titleStmt><publicationStmt>
<publisher>Harbour Times</publisher><date when="2022-06-29"/><idno>ht-7</idno></publicationStmt>
<sourceDesc><p>Born digital. <ref target="https://harbour.example/7">Page</ref></p></sourceDesc></fileDesc></teiHeader>"""
BODY = "<text><body><p>Ships wait outside the harbour.</p></body></text>"


def items(tmp_path, inner, root="TEI"):
    path = tmp_path / "a.xml"
    path.write_text(f'<{root} xmlns="http://www.tei-c.org/ns/1.0">{inner}</{root}>', encoding="utf-8")
    return list(read_tei(path))


def text_of(tmp_path, body):
    (item,) = items(tmp_path, f"<text><body>{body}</body></text>")
    return item.fields["text"]


def test_the_header_gives_the_fields(tmp_path):
    (item,) = items(tmp_path, HEADER + BODY)
    assert {name: item.fields[name] for name in ("title", "outlet", "published", "article_id", "url")} == {
        "title": "Ships wait", "outlet": "Harbour Times", "published": "2022-06-29", "article_id": "ht-7",
        "url": "https://harbour.example/7",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One <hi>two</hi>\n three.</p><p>Four.</p>", "One two three.\n\nFour."),
        ("<lg><l>One</l>\n<l>Two</l></lg>", "One\nTwo"),
        ("<p>A<note>not this</note> b<lb/>c d<lb break='no'/>e</p><fw>7</fw>", "A b c de"),
        ("<p><choice><sic>teh</sic><corr>the</corr></choice> end</p>", "teh end"),
        (
            "<p><s><w>No</w><pc>,</pc><w>she</w><w join='left'>’s</w></s><s><w>Off</w></s></p>",
            "No, she’s Off",
        ),
        ("<list><item>One</item><item>Two</item></list>", "One\n\nTwo"),
    ],
)
def test_the_text_is_the_body_as_it_was_printed(tmp_path, body, text):
    assert text_of(tmp_path, body) == text


def test_texts_of_a_corpus_and_of_a_group_are_articles(tmp_path):
    group = "<text xml:id='b'><body><head>Second report</head><p>Inner text, in full.</p></body></text>"
    tei = f"<TEI>{HEADER}<text><group>{BODY}{group}</group></text></TEI>"
    first, second, third = items(tmp_path, f"<TEI>{HEADER}{BODY}</TEI>{tei}", root="teiCorpus")
    assert [first.row, second.row, third.row] == ["1", "2.1", "2.2"]
    assert (third.fields["title"], third.fields["article_id"]) == ("Second report", "b")
    assert third.fields["text"] == "Inner text, in full." and third.others["collection"] == "Ships wait"


def test_damage_loses_no_text_before_it_and_is_reported(tmp_path):
    (tmp_path / "a.xml").write_text(f"<teiCorpus><TEI>{HEADER}{BODY}</TEI><TEI>{HEADER}<te", encoding="utf-8")
    item, damage = read_tei(tmp_path / "a.xml")
    assert item.fields["title"] == "Ships wait"
    assert isinstance(damage, Refusal) and "damaged after text 1" in damage.detail


def test_a_text_that_is_missing_is_refused(tmp_path):
    (refused,) = items(tmp_path, HEADER)
    assert (refused.reason, refused.title) == ("no_text", "Ships wait")


@pytest.mark.parametrize("content", ["<TEI>", "<teiCorpus></teiCorpus>", "<TEI>&nbsp;</TEI>"])
def test_what_holds_no_text_is_refused(tmp_path, content):
    (tmp_path / "a.xml").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"damaged|no text"):
        read(tmp_path / "a.xml")


def test_entities_of_entities_are_refused_and_files_are_not_opened(tmp_path):
    names = "abcdefghij"
    levels = "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in pairwise(names))
    (tmp_path / "a.xml").write_text(
        f'<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa">{levels}]><TEI><text><body><p>&j;</p></body></text></TEI>'
    )
    with pytest.raises(UnreadableFile, match="damaged"):
        read(tmp_path / "a.xml")
    (tmp_path / "secret.txt").write_text("secret words")
    (tmp_path / "a.xml").write_text(
        f'<!DOCTYPE TEI [<!ENTITY a SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
        "<TEI><text><body><p>Text and &a; more.</p></body></text></TEI>"
    )
    with pytest.raises(UnreadableFile, match="'a' not defined"):
        read(tmp_path / "a.xml")
