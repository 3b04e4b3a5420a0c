"""`framing inspect`, and that it agrees with what is measured."""

import pandas as pd

import analysis
from analysis.ingest import read
from benchmarks.made_exports import factiva_html, made_articles, nexis_docx
from tests.cli.conftest import framing


def test_what_files_hold_is_shown_and_written(tmp_path):
    (tmp_path / "a.docx").write_bytes(nexis_docx(made_articles(3)))
    (tmp_path / "b.html").write_bytes(factiva_html(made_articles(2)))
    done = framing(
        "inspect", tmp_path / "a.docx", tmp_path / "*.html", "--out", tmp_path / "articles.parquet"
    )
    assert done.exit_code == 0
    assert done.stdout.startswith(
        f"{tmp_path / 'a.docx'}: Nexis, 3 articles\n{tmp_path / 'b.html'}: Factiva, 2 articles\n"
    )
    table = pd.read_parquet(tmp_path / "articles.parquet")
    again = read(tmp_path / "articles.parquet").articles
    assert table["article_id"].tolist() == again["article_id"].tolist()
    columns = [name for name in table.columns if name != "source_file"]
    pd.testing.assert_frame_equal(table[columns], again[columns])
    analysis.schemas.TABLES["articles"].check(table)


def test_refused_articles_give_exit_status_1_and_no_file_2(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n1,\n2,Some words.\n", "utf-8")
    done = framing("inspect", tmp_path / "a.csv")
    assert (done.exit_code, "row 2: empty" in done.stdout) == (1, True)
    assert framing("inspect", tmp_path / "nowhere.csv").exit_code == 2
    assert (
        "end its name with .parquet"
        in framing("inspect", tmp_path / "a.csv", "--out", tmp_path / "b.csv").stderr
    )


def test_outlets_of_a_study_get_their_names(tmp_path, study):
    name = study.outlets.outlets[0].name
    (tmp_path / "a.csv").write_text(f"outlet,text\n{name.upper()},Some words of an article.\n", "utf-8")
    assert f"outlets: {name} 1" in framing("inspect", tmp_path / "a.csv", "--study", "data").stdout


def test_columns_are_named(tmp_path):
    (tmp_path / "a.csv").write_text(
        "Wortlaut,Tag des Drucks\nSome words of an article.,2024-03-01\n", "utf-8"
    )
    done = framing(
        "inspect", tmp_path / "a.csv", "--column", "text=Wortlaut", "--column", "date=Tag des Drucks"
    )
    assert done.exit_code == 0 and "dates: 2024-03-01" in done.stdout
    undated = framing("inspect", tmp_path / "a.csv", "--column", "text=Wortlaut")
    assert (
        "not used: Tag des Drucks (if one of them holds it, name it: --column outlet=NAME" in undated.stderr
    )
    for given, message in (("text", "not a field and a column"), ("body=Wortlaut", "unknown field 'body'")):
        assert message in framing("inspect", tmp_path / "a.csv", "--column", given).stderr
