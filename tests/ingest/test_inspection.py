"""What `framing inspect` says of files."""

import json

from analysis.ingest import read_to_store
from analysis.ingest.inspection import describe, in_three_lines
from benchmarks.made_exports import factiva_html, made_articles, nexis_docx
from tests.conftest import TEXT, record


def test_everything_that_was_read_is_described(tmp_path):
    (tmp_path / "a.docx").write_bytes(nexis_docx(made_articles(4)))
    (tmp_path / "b.html").write_bytes(factiva_html(made_articles(4)))
    rows = [record(1, text=f"{TEXT} Nothing else was said by the officials."), record(1), record(2, text="")]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    lines = list(describe(read_to_store(tmp_path)))
    text = "\n".join(lines)
    assert f"{tmp_path / 'a.docx'}: Nexis, 4 articles" in lines
    assert f"{tmp_path / 'c.jsonl'}: jsonl, 1 article, 2 refused" in lines
    assert "9 articles, 2 refused" in lines
    assert (
        "outlets: Harbour Times 4, The Meridian (London) 2, Valley Post-Gazette 2, Example Gazette 1" in text
    )
    assert "languages: en 9" in lines
    assert "4 near-identical to another article" in text
    assert "extra_section" in text
    assert "row 3: empty" in text
    assert text.count("\n\n") == 3, "the first lines of three articles"


def test_three_lines_for_annotate(tmp_path):
    (tmp_path / "a.docx").write_bytes(nexis_docx(made_articles(3)))
    first, second, third = in_three_lines(read_to_store(tmp_path / "a.docx"))
    assert first == "1 file (Nexis): 3 articles"
    assert second.startswith("3 outlets; 2019-01-01 to 2021-03-03; languages: en 3")
    assert third.startswith("refused: 0;")
    russian = "Паром снова идёт на север, сообщил порт в пятницу; цены весной немного вырастут."
    (tmp_path / "b.jsonl").write_text(json.dumps(record(1, text=russian)), "utf-8")
    assert in_three_lines(read_to_store(tmp_path / "b.jsonl"))[2].startswith("refused: 1 (language 1);")


def test_nothing_at_all_is_described(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(record(1, text="", date=None)), "utf-8")
    assert "0 articles, 1 refused" in list(describe(read_to_store(tmp_path / "a.jsonl")))
