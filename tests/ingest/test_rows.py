"""Rows of tables and of data frames."""

import pandas as pd
import pytest

import analysis
from analysis.errors import ReadError
from analysis.ingest.rows import publication_name

LONG = "The envoys met in the port and talked about the railway for hours"


def test_a_data_frame_is_read_like_a_csv_file():
    frame = pd.DataFrame(
        {"Headline": ["A", None], "publication": ["Gazette", "Herald"], "Date": pd.to_datetime(["2022-06-29", None]),
         "body": [f"{LONG}.", f"{LONG} again."], "Desk": ["foreign", None], "pages": [3, 4]}
    )  # fmt: skip
    articles = analysis.read_articles(frame).set_index("outlet")
    assert articles.loc["Gazette", ["title", "text", "extra_desk", "extra_pages"]].tolist() == [
        "A",
        f"{LONG}.",
        "foreign",
        "3",
    ]
    assert articles["published"].notna().to_dict() == {"Gazette": True, "Herald": False}
    assert articles["source_file"].unique().tolist() == ["data frame"]
    analysis.schemas.TABLES["articles"].check(
        articles.reset_index()[list(analysis.read_articles(frame).columns)]
    )


def test_a_data_frame_without_a_text_is_an_error():
    with pytest.raises(ReadError, match="no column holds the text"):
        analysis.read_articles(pd.DataFrame({"a": [1]}))


def test_the_text_is_the_column_that_is_filled_and_the_id_the_one_that_differs():
    places = ["Harbour Times; Port Town, Fla.", "Gazette, Late Edition; Port Town", "FT.com (Online)"]
    frame = pd.DataFrame(
        {
            "ProQuest_document_ID": [101, 102, 103],
            "Title": ["A", "B", "C"],
            "Full_text": ["", "  \n ", f"{LONG}!"],
            "Full_Text2": [
                f"{LONG} {k}.{end}" for k, end in enumerate(["", "\n\nCopyright 2020 Gazette Ltd.", ""])
            ],
            "doc": ["envoy meet port talk railway"] * 3,
            "Publication_title": places,
            "Publication_date": ["May 1, 2020", "2 May 2020", None],
            "Publication_info": [None, None, "Gazette [Port Town]03 May 2020: A1."],
        }
    )
    articles = analysis.read_articles(frame)
    assert articles["article_id"].tolist() == ["101", "102", "103"]
    assert articles["text"].tolist() == [f"{LONG} {k}." for k in range(3)]
    assert articles["outlet"].tolist() == ["Harbour Times", "Gazette", "FT.com (Online)"]
    assert articles["published"].dt.day.tolist() == [1, 2, 3]
    assert articles["extra_doc"].nunique() == 1
    assert articles["extra_copyright"].dropna().tolist() == ["Copyright 2020 Gazette Ltd."]


def test_publication_names():
    assert publication_name("The Meridian, Ausgabe Nord; Port Town") == "The Meridian"
