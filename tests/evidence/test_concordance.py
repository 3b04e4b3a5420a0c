"""Concordances: sorted, aligned in notebooks and terminals, and exported safely."""

import openpyxl
import pandas as pd

import analysis


def test_sorting(made_up):
    by_left = analysis.kwic(made_up, pattern="wheat", sort="left")["left"].tolist()
    assert [left.split()[-1:] for left in by_left] == [[], ["No"], ["on"]]
    assert analysis.kwic(made_up, pattern="wheat", sort="right")["right"].str.strip().tolist()[0][0] == "l"
    assert analysis.kwic(made_up, pattern="wheat", sort="outlet")["outlet"].is_monotonic_increasing


def test_shown_with_the_hit_in_the_middle_and_escaped(made_up):
    page = analysis.kwic(made_up, theme="sanctions")._repr_html_()
    assert "<b>sanctions</b>" in page and "2 hits" in page
    assert "&lt;b&gt;they&lt;/b&gt;" in page and "<b>they" not in page
    assert "text-align: right" in page and "nan" not in page.lower()
    chosen = analysis.kwic(made_up, theme="sanctions")[["outlet", "hit"]]
    assert "<table" in chosen._repr_html_()


def test_many_hits_are_shown_in_part(bundled):
    found = analysis.kwic(bundled, pattern="the")
    assert f"{len(found):,} hits; the first 60 are shown" in found._repr_html_()
    assert found._repr_html_().count("<tr>") == 61


def test_exports_are_harmless(made_up, tmp_path):
    found = analysis.kwic(made_up, pattern="wheat")
    found.to_csv(tmp_path / "k.csv")
    found.to_excel(tmp_path / "k.xlsx")
    back = pd.read_csv(tmp_path / "k.csv")
    assert back["outlet"].tolist()[0] == "'@Gazette" and "'=1+1" in set(back["title"])
    assert len(back) == 3 and back.columns[0] == "left"
    sheet = openpyxl.load_workbook(tmp_path / "k.xlsx").active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "'=1+1" in {cell.value for cell in cells}


def test_a_terminal_gets_one_short_line_per_hit(bundled):
    from analysis.evidence.concordance import MAX_LINES

    hits = analysis.kwic(bundled, theme="sanctions")
    *lines, count = str(hits).splitlines()
    assert len(lines) == MAX_LINES < len(hits)
    assert count.startswith(f"{len(hits)} hits; the first {MAX_LINES}")
    assert all(len(line) < 160 and "[" in line for line in lines)
    assert len({line.index("[") for line in lines}) == 1
    assert str(hits[["theme"]]).splitlines()[0].split() == ["theme"]
