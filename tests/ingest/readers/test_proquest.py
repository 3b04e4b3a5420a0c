"""What is special in exports of ProQuest."""

from pathlib import Path

import pytest

from analysis.ingest import read
from benchmarks.made_exports import made_articles, proquest_html, proquest_mail, proquest_text

SHARED = Path(__file__).parents[4] / "shared" / "data" / "formats" / "proquest"
MADE = made_articles(3)


def test_a_record_without_full_text_has_its_abstract_as_text(tmp_path):
    text = proquest_text(MADE).decode().replace("Full text: ", "Abstract: ")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    reading = read(tmp_path / "a.txt")
    assert "3 of 3 records have no full text" in reading.notes[0]
    assert set(reading.articles["text"]) == {"\n\n".join(made.paragraphs) for made in MADE}


def test_a_record_without_anything_is_refused(tmp_path):
    text = proquest_html(MADE).decode()
    start, end = text.index('<text wordcount="'), text.index("</text>")
    (tmp_path / "a.html").write_text(text[:start] + text[end:], "utf-8")
    rejects = read(tmp_path / "a.html").rejects
    assert rejects[["reason", "article_id", "title"]].to_numpy().tolist() == [
        ["no_text", "4000001", MADE[0].title]
    ]


def test_records_that_run_into_one_another_are_refused(tmp_path):
    rule = "_" * 60
    text = proquest_text(MADE).decode().replace(f"{rule}\n\nDocument 2 of 3", "Document 2 of 3")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    reading = read(tmp_path / "a.txt")
    assert (len(reading.articles), reading.rejects["reason"].tolist()) == (1, ["not_split"])


def test_id_address_and_further_fields(tmp_path):
    (tmp_path / "a.eml").write_bytes(proquest_mail(MADE[:1]))
    (row,) = read(tmp_path / "a.eml").articles.to_dict("records")
    assert row["article_id"] == "4000001"
    assert row["url"] == "https://search.proquest.com/docview/4000001?accountid=1"
    assert (row["extra_subject"], row["extra_database"]) == ("Ports; Envoys", "ProQuest Newsstream")


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/formats, which is not published")
@pytest.mark.parametrize(
    ("name", "n"),
    [("metaknowledge__ProQuest_TestFile.testtxt", 100), ("tm.plugin.proquest__htmlfiles__sample-1.html", 1),
     ("tm.plugin.proquest__emls__malformed-html-tag.eml", 2), ("tm.plugin.proquest__emls__format-v2.eml", 20),
     ("proquest_to_text_analysis_csv__filtered_data_2019-07-17_01_43_42.csv", 137)],
)  # fmt: skip
def test_real_exports(name, n):
    reading = read(SHARED / name)
    assert (len(reading.articles), len(reading.rejects)) == (n, 0)
