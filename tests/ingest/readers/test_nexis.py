"""What is special in exports of Nexis, Nexis Uni and Lexis Advance."""

# ruff: noqa: E501 (the lines of an export stay whole)

from pathlib import Path

import pytest

from analysis.errors import ReadError
from analysis.ingest import read
from benchmarks.made_exports import made_articles, nexis_docx, nexis_html, nexis_text

SHARED = Path(__file__).parents[4] / "shared" / "data" / "formats" / "lexisnexis"


def nexis(*documents):
    """A text export of documents that are given from the outlet on."""
    parts = [
        f"{'':30}{n} of {len(documents)} DOCUMENTS\n\n\n{text}\n\n"
        for n, text in enumerate(documents, start=1)
    ]
    return "".join(parts)


def one(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, "utf-8")
    reading = read(tmp_path / "a.txt")
    return reading.articles.iloc[0] if len(reading.articles) else reading.rejects.iloc[0]


CENTRED = f"{'':30}"
BODY = "The envoys met in the port on Wednesday and talked for three hours about the railway.\n\nThey will meet again soon."


@pytest.mark.parametrize(
    "header",
    [
        f"{CENTRED}Gazette\n\n{CENTRED}May 2, 2019 Thursday\n{CENTRED}First Edition\n\nEnvoys meet\n\nLENGTH: 23 words\n\n",
        f"{CENTRED}Copyright 2019 Gazette Ltd.\n{CENTRED}All Rights Reserved\n{CENTRED}Gazette\n\n{CENTRED}2. Mai 2019\n\n"
        "LÄNGE: 23 Wörter\n\nKOP: Envoys meet\n\nTEKST:\n\n",
        f"{CENTRED}Gazette\n\nEnvoys meet\n\n{CENTRED}2 mai 2019\n\n{CENTRED}23:22 Central European Time\n\n",
        f"{CENTRED}Gazette\n\n{CENTRED}May 2, 2019\n\n{CENTRED}SHOW: The Hour 7:00 PM EST\n\nEnvoys meet\n\nLENGTH: 23 words\n\n",
    ],
    ids=["edition", "headline as a field", "headline before the date", "show"],
)  # fmt: skip
def test_headers_in_different_orders(tmp_path, header):
    article = one(tmp_path, nexis(f"{header}{BODY}\n\nSECTION: Politics\n\nLOAD-DATE: May 3, 2019\n\n"))
    assert (article.title, article.outlet, f"{article.published:%Y-%m-%d}") == (
        "Envoys meet",
        "Gazette",
        "2019-05-02",
    )
    assert article.text == BODY
    assert article.extra_section == "Politics"


def test_time_and_zone_are_read(tmp_path):
    article = one(
        tmp_path,
        nexis(
            f"{CENTRED}Gazette\n\n{CENTRED}May 2, 2019 Thursday 11:30 PM EST\n\nA title\n\nLENGTH: 23 words\n\n{BODY}"
        ),
    )
    assert article.published.isoformat() == "2019-05-03T04:30:00+00:00"


def test_a_document_without_text_is_refused_with_its_headline(tmp_path):
    rejected = one(
        tmp_path,
        nexis(
            f"{CENTRED}Gazette\n\n{CENTRED}May 2, 2019\n\nOnly a photo\n\nSECTION: News\n\nGRAPHIC: A port."
        ),
    )
    assert (rejected.reason, rejected.title, rejected.row) == ("no_text", "Only a photo", "1")


def test_documents_that_run_into_one_another_are_refused(tmp_path):
    text = nexis_text(made_articles(3)).decode("utf-8-sig").replace("2 of 3 DOCUMENTS", "2 of 3 D")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    reading = read(tmp_path / "a.txt")
    assert (len(reading.articles), reading.rejects["reason"].tolist()) == (1, ["not_split"])
    assert "Is the line between them damaged?" in reading.rejects["detail"][0]


def test_words_in_capitals_at_the_beginning_of_a_paragraph_stay_in_the_text(tmp_path):
    text = f"{BODY}\n\nQUESTION: Will you sign?\n\nSPEED: Trains are slow."
    article = one(
        tmp_path,
        nexis(
            f"{CENTRED}Gazette\n\n{CENTRED}May 2, 2019\n\nA title\n\nLENGTH: 31 words\n\n{text}\n\nLANGUAGE: ENGLISH"
        ),
    )
    assert article.text == text


def test_a_length_that_differs_is_noted(tmp_path):
    made = made_articles(2)
    text = nexis_html(made).decode().replace(f"{made[1].words} words", "900 words")
    (tmp_path / "a.html").write_text(text, "utf-8")
    (note,) = read(tmp_path / "a.html").notes
    assert "rows 1, 2: the length differs" in note


@pytest.mark.parametrize("marks", [True, False])
def test_one_article_in_a_document_has_its_number_for_an_id(tmp_path, marks):
    (tmp_path / "a.docx").write_bytes(nexis_docx(made_articles(1), marks=marks))
    articles = read(tmp_path / "a.docx").articles
    assert articles["title"].tolist() == [made_articles(1)[0].title]
    assert articles["article_id"].tolist() == ["0001-AB12-CDEF-00000-00"]


def test_a_cover_that_announces_more_documents_is_noted(tmp_path):
    data = nexis_docx(made_articles(2))
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Documents (2)", b"Documents (7)")
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "7 documents, but 2 were found" in read(tmp_path / "a.docx").notes[0]


def test_an_export_without_any_document_is_an_error(tmp_path):
    (tmp_path / "a.html").write_text("<html><!-- LXNComment 1 --><body><p>Nothing</p></body></html>", "utf-8")
    with pytest.raises(ReadError, match="no article was found"):
        read(tmp_path / "a.html")


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/formats, which is not published")
@pytest.mark.parametrize(
    ("name", "n"),
    [("newspapers__lexis__guardian1.docx", 2), ("newspapers__lexis__usa-today.docx", 7),
     ("newspapers__lexis__nyt1.docx", 50), ("newspapers__nexis__afp_2013-03-12_0501.html", 74)],
)  # fmt: skip
def test_real_exports(name, n):
    reading = read(SHARED / name)
    assert (len(reading.articles), len(reading.rejects)) == (n, 0)
    assert (reading.articles["title"] != "").all()
    assert (reading.articles["outlet"] != "unknown").all()


def test_a_document_with_nothing_but_its_number_is_refused(tmp_path):
    text = nexis("", f"{CENTRED}Gazette\n\n{CENTRED}May 2, 2019\n\nEnvoys meet\n\n{BODY}")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    reading = read(tmp_path / "a.txt")
    assert (len(reading.articles), reading.rejects["reason"].tolist()) == (1, ["no_text"])
