"""News of agencies: NewsML 1.2, NewsML-G2 and NITF."""

import pytest

from analysis.ingest import read
from analysis.ingest.records import UnreadableFile
from benchmarks.made_exports import made_articles, newsml, newsml_g2, newsml_nitf

FIRST = "The envoys of both countries met in the port and spoke for two hours."
WRAPPED = FIRST.replace(" and ", "\nand ")
SECOND = "They will meet again in the winter, one of them said."
MAIN = (
    '<NewsComponent><Role FormalName="Main"/>{lines}<ContentItem><MediaType FormalName="Text"/><DataContent>{body}'
    "</DataContent></ContentItem></NewsComponent>"
)
ITEM = (
    "<NewsItem><Identification><NewsIdentifier><ProviderId>agency.example</ProviderId><DateId>20220102</DateId>"
    "<NewsItemId>TX{n}</NewsItemId><RevisionId>1</RevisionId><PublicIdentifier/></NewsIdentifier></Identification>"
    "<NewsManagement><FirstCreated>20220102T101417Z</FirstCreated></NewsManagement><NewsComponent>{inner}"
    "</NewsComponent></NewsItem>"
)
LINES = "<NewsLines><HeadLine>Envoys meet</HeadLine><ByLine>Ada Byline</ByLine></NewsLines>"
G2 = (
    '<n:newsItem guid="urn:1" version="3"><n:itemMeta><n:itemClass qcode="ninat:{kind}"/>'
    '<n:provider literal="Agency"/></n:itemMeta><n:contentMeta><n:contentCreated>2022-01-02T10:14:17+03:00'
    "</n:contentCreated><n:headline>Envoys meet</n:headline><n:located><n:name>PORT TOWN</n:name></n:located>"
    "</n:contentMeta><n:contentSet>{content}</n:contentSet></n:newsItem>"
)


def old(*items):
    inner = "".join(ITEM.format(n=n, inner=item) for n, item in enumerate(items, start=1))
    return f'<?xml version="1.0"?><NewsML><NewsEnvelope/>{inner}</NewsML>'


def new(*items):
    inner = "".join(items)
    name_space = 'xmlns:n="http://iptc.org/std/nar/2006-10-01/"'
    return f'<?xml version="1.0"?><n:newsMessage {name_space}><n:itemSet>{inner}</n:itemSet></n:newsMessage>'


@pytest.fixture
def read_xml(tmp_path):
    """Write a file, read it, and return what was read."""

    def write_and_read(source):
        path = tmp_path / "a.xml"
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        return read(path)

    return write_and_read


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{FIRST}</p>\n<p>{SECOND}</p>",
        f"<nitf><head><title>x</title></head><body><body.head><byline>By X</byline></body.head><body.content><block>"
        f"<p>{FIRST}</p><media><media-caption>A ship</media-caption></media><p>{SECOND}</p></block></body.content>"
        "<body.end><tagline>ab/cd</tagline></body.end></body></nitf>",
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>{FIRST}</p><p>{SECOND}</p>'
        "</body></html>",
        f"<![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]>",
        f"<pre>\n  {WRAPPED}\n   {SECOND}</pre>",
        f"\n    {FIRST}\n\n    {SECOND}\n",
    ],
)
def test_the_body_in_any_form_becomes_paragraphs(read_xml, body):
    row = read_xml(old(MAIN.format(lines=LINES, body=body))).articles.iloc[0]
    assert row["text"] == f"{FIRST}\n\n{SECOND}"
    assert (row["title"], row["author"], row["outlet"]) == ("Envoys meet", "Ada Byline", "agency.example")
    assert row["article_id"] == "agency.example:20220102:TX1:1"


def test_captions_and_other_versions_are_not_mixed_into_the_text(read_xml):
    caption = MAIN.format(lines="", body="Ships in the port").replace('"Main"', '"Caption"')
    short = MAIN.format(lines="", body=FIRST)
    reading = read_xml(
        old(LINES + caption + short + MAIN.format(lines="", body=f"<p>{FIRST}</p><p>{SECOND}</p>"))
    )
    assert reading.articles["text"].tolist() == [f"{FIRST}\n\n{SECOND}"]


def test_parts_with_headlines_of_their_own_are_articles(read_xml):
    other = LINES.replace("Envoys meet", "Ferries go")
    reading = read_xml(old(MAIN.format(lines=LINES, body=FIRST) + MAIN.format(lines=other, body=SECOND)))
    assert sorted(reading.articles["title"]) == ["Envoys meet", "Ferries go"]
    assert reading.articles["article_id"].str.endswith(("#1", "#2")).all()


def test_an_item_of_g2_with_a_prefix(read_xml):
    content = f"<n:inlineXML><html><body><p>{FIRST}</p><p>{SECOND}</p></body></html></n:inlineXML>"
    picture = G2.format(kind="picture", content='<n:remoteContent href="x.jpg"/>').replace("urn:1", "urn:2")
    reading = read_xml(new('<n:packageItem guid="p"/>', G2.format(kind="text", content=content), picture))
    row = reading.articles.iloc[0]
    assert (row["text"], row["outlet"], row["article_id"]) == (f"{FIRST}\n\n{SECOND}", "Agency", "urn:1:3")
    assert str(row["published"]) == "2022-01-02 07:14:17+00:00"
    assert row["extra_dateline"] == "PORT TOWN"
    assert reading.rejects["detail"].tolist() == ["the item has no text (picture)"]
    assert reading.notes[0].endswith("not read as articles: packageItem 1")


def test_what_surrounds_the_text_of_an_agency_is_left_out(read_xml):
    inner = (
        "<html><head><title>x</title></head><body><header><ul><li>Ports</li></ul><h1>Envoys meet</h1></header>"
        f"<section><p>{FIRST}</p></section><nitf-table><p>1</p></nitf-table><footer>agency/ab</footer></body></html>"
    )
    item = G2.format(kind="text", content=f'<n:inlineXML wordcount="90">{inner}</n:inlineXML>')
    by = "<n:by>By <b>ADA BYLINE</b><i>Port reporter</i></n:by><n:headline>"
    reading = read_xml(new(item.replace("<n:headline>", by)))
    assert reading.articles[["text", "author"]].values.tolist() == [[FIRST, "By ADA BYLINE Port reporter"]]
    assert "length that the source states" in reading.notes[0]


def test_the_lead_that_an_archive_repeats_is_read_once(read_xml):
    source = newsml_nitf(made_articles(1)).decode()
    whole = source[source.index("<block>") : source.index("</body.content>")]
    lead = whole[: whole.index("</p>")].replace("<block>", '<block class="lead_paragraph">') + "</p></block>"
    text = "\n\n".join(made_articles(1)[0].paragraphs)
    reading = read_xml(source.replace(whole, lead + whole.replace("<block>", '<block class="full_text">')))
    assert reading.articles["text"].tolist() == [text]


def test_the_encoding_that_the_file_declares_is_used(read_xml):
    source = old(MAIN.format(lines=LINES, body=f"<p>Über den Häfen &mdash; {FIRST}</p>"))
    reading = read_xml(source.replace('"1.0"?', '"1.0" encoding="ISO-8859-1"?').encode("latin-1"))
    assert reading.articles["text"].tolist() == [f"Über den Häfen — {FIRST}"]


def test_one_damaged_item_stops_no_other_and_is_noted(read_xml):
    parts = [MAIN.format(lines=LINES, body=f"<p>{text}</p>") for text in (FIRST, SECOND, FIRST + SECOND)]
    parts[1] = parts[1].replace("</p>", "<b").replace("</ContentItem>", "")
    reading = read_xml(old(*parts))
    assert len(reading.articles) + len(reading.rejects) == 3
    assert {FIRST, FIRST + SECOND} <= set(reading.articles["text"])
    assert reading.notes[0].endswith("row 2: the item is not valid XML; check whether text is missing")


def test_entities_of_a_file_are_not_expanded(read_xml, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    entities = f'<!DOCTYPE NewsML [<!ENTITY a "{"ha" * 9}"><!ENTITY b SYSTEM "{tmp_path / "secret.txt"}">]>'
    source = old(MAIN.format(lines=LINES, body=f"<p>{FIRST} &a; &b;</p>")).replace(
        "<NewsML>", f"{entities}<NewsML>"
    )
    text = read_xml(source).articles["text"][0]
    assert text == FIRST


@pytest.mark.parametrize(
    ("body", "reason", "said"),
    [
        ("<p>" * 300, "nested", "255"),
        ("<p>x</p>" * 26_000, "too_long", "25,000"),
        ("x" * 10_000_001, "too_large", "10,000,000"),
    ],
)
def test_what_is_too_much_is_refused_with_the_limit(read_xml, body, reason, said):
    reading = read_xml(old(MAIN.format(lines=LINES, body=body), MAIN.format(lines=LINES, body=FIRST)))
    assert reading.rejects["reason"].tolist() == [reason]
    assert said in reading.rejects["detail"][0]
    assert reading.articles["text"].tolist() == [FIRST]


@pytest.mark.parametrize("write", [newsml, newsml_g2, newsml_nitf])
def test_an_export_that_is_cut_off_is_read_to_its_end(read_xml, write):
    made = made_articles(3)
    reading = read_xml(write(made)[:-150])
    assert len(reading.articles) + len(reading.rejects) == 3
    assert {one.title for one in made[:2]} <= set(reading.articles["title"])


def test_a_file_without_items_is_an_error(read_xml):
    with pytest.raises(UnreadableFile, match="no item was found"):
        read_xml("<NewsML><NewsEnvelope/></NewsML>")
