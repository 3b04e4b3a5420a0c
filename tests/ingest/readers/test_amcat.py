"""AmCAT: projects (NDJSON), and tables as AmCAT writes them."""

import json

import pytest

from analysis.ingest import read
from analysis.ingest.records import UnreadableFile
from benchmarks.made_corpora import amcat_project
from benchmarks.made_exports import made_articles


def test_users_and_settings_of_a_project_are_neither_articles_nor_rejects(tmp_path):
    (tmp_path / "a.ndjson").write_bytes(amcat_project(made_articles(2)))
    reading = read(tmp_path / "a.ndjson")
    assert len(reading.articles) == 2 and reading.rejects.empty
    assert "@" not in reading.articles.to_csv()


def test_bad_lines_and_unknown_records_are_refused_one_by_one(tmp_path):
    lines = (
        amcat_project(made_articles(1)) + b'{"_type": "document", \n[1]\n{"_type": "letter", "text": "A"}\n'
    )
    (tmp_path / "a.ndjson").write_bytes(lines)
    reading = read(tmp_path / "a.ndjson")
    assert len(reading.articles) == 1
    assert reading.rejects[["row", "reason"]].to_numpy().tolist() == [
        ["5", "bad_json"], ["6", "bad_json"], ["7", "format"],
    ]  # fmt: skip


def test_a_project_without_documents_is_refused(tmp_path):
    (tmp_path / "a.ndjson").write_text('{"_type": "settings", "id": "ports"}\n')
    with pytest.raises(UnreadableFile, match="no document"):
        read(tmp_path / "a.ndjson")


def test_answers_of_the_interface_and_tables_are_read(tmp_path):
    row = {
        "_id": "x",
        "date": "2022-06-29",
        "medium": "Harbour Times",
        "headline": "Wait",
        "text": "Ships wait.",
    }
    (tmp_path / "a.json").write_text(json.dumps({"meta": {"total": 1}, "results": [{**row, "mediumid": 3}]}))
    (tmp_path / "b.csv").write_text(f".id,{','.join(list(row)[1:])}\n{','.join(row.values())}\n")
    for name in ("a.json", "b.csv"):
        (found,) = read(tmp_path / name).articles.to_dict("records")
        assert (found["article_id"], found["outlet"], found["title"]) == ("x", "Harbour Times", "Wait")
