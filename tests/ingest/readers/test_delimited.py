"""CSV and TSV files as programs write them."""

import pytest

from analysis.ingest import read
from tests.ingest.writers import write_delimited

FIRST = "“We won’t,” he said.\r\n\r\nNext, a line;\tand more.\n"
ROWS = [
    ("7", "Gazette", "2022-06-29", 'The "port", again', FIRST, "A. B.", ""),
    ("8", "Herald", "", "", "Short.", "", ""),
]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_csv_of_spreadsheet_programs(tmp_path, encoding):
    write_delimited(tmp_path / "a.csv", ROWS, delimiter=";", encoding=encoding)
    (tmp_path / "b.csv").write_bytes("sep=;\r\n".encode(encoding) + (tmp_path / "a.csv").read_text(encoding).encode(
        encoding.replace("utf-16", "utf-16-le").replace("-sig", "")))  # fmt: skip
    for name in ("a.csv", "b.csv"):
        assert read(tmp_path / name).articles["title"].tolist() == ['The "port", again', ""]


def test_csv_rows_are_numbered_as_in_a_spreadsheet(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        'id,text,outlet\n1,"two\nlines here",A\n\n2,short\n3,too,many,cells\n4,fine words,B,\n', "utf-8"
    )
    reading = read(path)
    assert reading.articles["article_id"].tolist() == ["1", "4"]
    assert reading.rejects[["row", "reason"]].to_numpy().tolist() == [["4", "bad_row"], ["5", "bad_row"]]
    assert "the row has 2 cells, but row 1 names 3 columns" in reading.rejects["detail"][0]


def test_csv_with_quotation_marks_that_are_not_doubled(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"He said "yes" to it"\n2,"And a second one"\n', "utf-8")
    reading = read(path)
    assert reading.articles["article_id"].tolist() == ["1", "2"]
    assert "line 2" in reading.notes[0]


def test_csv_cells_may_be_larger_than_python_allows_by_itself(tmp_path):
    path = tmp_path / "a.csv"
    write_delimited(path, [("1", "A", "", "", "word " * 60_000, "", "")])
    assert read(path).articles["n_words"].tolist() == [60_000]
