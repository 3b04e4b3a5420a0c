"""Files with more articles than fit into memory give the same as others."""

import json

from analysis.corpus import article_store
from analysis.ingest import read_to_store, spill
from tests.conftest import TEXT, record


def test_what_is_read_does_not_depend_on_where_it_is_kept(tmp_path, monkeypatch):
    rows = [
        record(1, date="03/04/2022", section="World"),
        record(2, date="29/04/2022", text=f"{TEXT} “Half a \ud83d character.”"),
        record(1, date="03/04/2022"),
        record(3, text=""),
        "no object",
        record(4, date="soon", text=f"{TEXT} Afterwards, they left."),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (tmp_path / "b.csv").write_text(f'id,text,date\n5,"{TEXT}",2022-06-29\n6\n', "utf-8")
    (tmp_path / "open.csv").write_text('id,text\n7,fine\n8,"never closed\n', "utf-8")
    kept = read_to_store(tmp_path)
    monkeypatch.setattr(spill, "IN_MEMORY", 0)
    monkeypatch.setattr(article_store, "IN_MEMORY", 0)
    written = read_to_store(tmp_path)
    assert written.articles.frame().equals(kept.articles.frame())
    assert written.rejects.equals(kept.rejects)
    assert (written.notes, written.formats) == (kept.notes, kept.formats)
    assert kept.rejects["reason"].tolist() == ["bad_json", "duplicate", "empty", "bad_row", "unreadable"]
