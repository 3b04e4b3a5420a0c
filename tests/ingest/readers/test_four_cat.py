"""4CAT: what its columns become, and posts as the platform sent them."""

import json

import pytest

from analysis.ingest import read
from analysis.ingest.records import UnreadableFile


def test_columns_of_posts_keep_their_names_and_the_chat_is_the_outlet(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,thread_id,timestamp,body,author,chat,forwarded\n"
        "portnews-7,portnews,2022-06-29 10:00:00,The ships wait.,ada,portnews,harbour\n"
    )
    (row,) = read(tmp_path / "a.csv").articles.to_dict("records")
    assert (row["article_id"], row["outlet"], row["author"]) == ("portnews-7", "portnews", "ada")
    assert (row["extra_thread_id"], row["extra_forwarded"]) == ("portnews", "harbour")
    assert row["published"].isoformat() == "2022-06-29T10:00:00+00:00"


def test_the_time_in_utc_is_used(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,thread_id,timestamp,body,unix_timestamp\n1,1,2022-06-29 12:00:00,The ships wait.,1656496800\n"
    )
    (row,) = read(tmp_path / "a.csv").articles.to_dict("records")
    assert row["published"].isoformat() == "2022-06-29T10:00:00+00:00"
    assert row["extra_timestamp"] == "2022-06-29 12:00:00"


def test_posts_without_words_are_refused_one_by_one(tmp_path):
    (tmp_path / "a.csv").write_text("id,thread_id,timestamp,body\n1,1,2022-06-29,\n2,1,2022-06-29,Ships.\n")
    reading = read(tmp_path / "a.csv")
    assert (len(reading.articles), reading.rejects["reason"].tolist()) == (1, ["empty"])


def test_posts_as_the_platform_sent_them_are_refused_with_the_way_out(tmp_path):
    post = {"id": "7", "desc": "The ships wait.", "__import_meta": {"source_platform": "video.example"}}
    (tmp_path / "a.ndjson").write_text(f"{json.dumps(post)}\n" * 2)
    with pytest.raises(UnreadableFile, match=r"as the platform sent them.*as CSV"):
        read(tmp_path / "a.ndjson")
