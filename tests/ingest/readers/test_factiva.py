"""What is special in exports of Factiva."""

from pathlib import Path

import pytest

from analysis.errors import ReadError
from analysis.ingest import read
from benchmarks.made_exports import accession, factiva_html, factiva_rtf, made_articles

SHARED = Path(__file__).parents[4] / "shared" / "data" / "formats" / "factiva"
MADE = made_articles(3)


def changed(tmp_path, old, new):
    text = factiva_html(MADE).decode()
    assert old in text
    (tmp_path / "a.html").write_text(text.replace(old, new, 1), "utf-8")
    return read(tmp_path / "a.html")


def test_the_accession_number_is_the_id(tmp_path):
    (tmp_path / "a.html").write_bytes(factiva_html(MADE))
    assert set(read(tmp_path / "a.html").articles["article_id"]) == {
        accession(n, m) for n, m in enumerate(MADE, start=1)
    }


def test_a_time_a_credit_and_an_edition_are_told_apart(tmp_path):
    made = MADE[0]
    lines = f"<div>{made.words} words</div><div>1 January 2019</div>"
    row = (
        changed(tmp_path, lines, f"<div>Special to the Times</div>{lines}<div>15:32</div>")
        .articles.query("title == @made.title")
        .iloc[0]
    )
    assert (row.outlet, row.published.isoformat()) == (made.outlet, "2019-01-01T15:32:00+00:00")
    assert (row.extra_credit, row.extra_edition, row.extra_language) == (
        "Special to the Times",
        "1",
        "English",
    )


def test_an_article_without_text_is_refused_by_its_number(tmp_path):
    text = "".join(f'<p class="articleParagraph enarticleParagraph">{p}</p>\n' for p in MADE[0].paragraphs)
    rejects = changed(tmp_path, text, "").rejects
    assert rejects[["reason", "article_id"]].to_numpy().tolist() == [["no_text", accession(1, MADE[0])]]


def test_a_damaged_number_in_rtf_is_refused_or_kept_but_never_swallowed(tmp_path):
    text = factiva_rtf(MADE).decode("ascii").replace(accession(1, MADE[0]), "HART")
    (tmp_path / "a.rtf").write_text(text, "ascii")
    reading = read(tmp_path / "a.rtf")
    assert reading.rejects["reason"].tolist() == ["not_split"]
    assert len(reading.articles) == 1


def test_an_element_without_an_article_is_refused(tmp_path):
    (tmp_path / "a.html").write_bytes(
        factiva_html([]).replace(b"<div>Dow", b"<div class='x enArticle' /><div>Dow")
    )
    reading = read(tmp_path / "a.html")
    assert (len(reading.articles), reading.rejects["reason"].tolist()) == (0, ["no_text"])


def test_a_web_page_with_a_link_to_factiva_is_no_export(tmp_path):
    story = (
        "<p>The envoys of both countries met in the port on Wednesday and spoke about the price of grain.</p>"
    )
    (tmp_path / "a.html").write_text(
        f"<html><body><article><h1>Talks</h1>{story * 3}</article>"
        "<footer><a href='https://global.factiva.com/factivalogin/login.asp'>Factiva</a></footer></body></html>"
    )
    reading = read(tmp_path / "a.html")
    assert list(reading.formats.values()) == ["web page"] and len(reading.articles) == 1


def test_an_export_whose_articles_are_missing_is_a_clear_error(tmp_path):
    (tmp_path / "a.html").write_text("<html xmlns:f='http://global.factiva.com/pps/2.0'><body></body></html>")
    with pytest.raises(ReadError, match="no article was found in it"):
        read(tmp_path / "a.html")


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/formats, which is not published")
@pytest.mark.parametrize(
    ("name", "n"),
    [("newspapers__nyt_1_1993-01-03.html", 27), ("newspapers__irish-independence_1_2017-11-14.html", 44),
     ("tm.plugin.factiva__texts__factiva_test.xml", 3), ("tm.plugin.factiva__texts__factiva_test.html", 2)],
)  # fmt: skip
def test_real_exports(name, n):
    reading = read(SHARED / name)
    assert (len(reading.articles), len(reading.rejects)) == (n, 0)
    assert reading.articles["published"].notna().all()
