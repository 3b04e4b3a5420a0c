"""Excel workbooks."""

import pandas as pd

from analysis.ingest import read


def test_workbooks_with_several_sheets_numbers_and_dates(tmp_path):
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"note": ["made by hand"]}).to_excel(book, sheet_name="About", index=False)
        one = pd.DataFrame(
            {"id": [1, 2], "date": [pd.Timestamp("2022-06-29"), None], "text": ["First text.", ""]}
        )
        one.to_excel(book, sheet_name="June", index=False)
        pd.DataFrame({"id": [3], "body": ["Third text."], "date": [44741]}).to_excel(
            book, sheet_name="July", index=False
        )
    reading = read(path)
    assert reading.articles["article_id"].tolist() == ["1", "3"]
    assert reading.articles["published"].dt.strftime("%Y-%m-%d").tolist() == ["2022-06-29"] * 2
    assert reading.rejects[["row", "reason", "article_id"]].to_numpy().tolist() == [["June, 3", "empty", "2"]]
    assert "'About'" in reading.notes[0]


def test_line_ends_as_excel_itself_writes_them(tmp_path):
    pd.DataFrame({"text": ["First line._x000D_\nSecond line."]}).to_excel(tmp_path / "a.xlsx", index=False)
    assert read(tmp_path / "a.xlsx").articles["text"].tolist() == ["First line.\r\nSecond line."]


def test_a_text_that_fills_an_excel_cell_is_told(tmp_path):
    pd.DataFrame({"text": ["Cut off here. " * 2340 + "Cut off"]}).to_excel(tmp_path / "a.xlsx", index=False)
    assert "row 2" in read(tmp_path / "a.xlsx").notes[0]
