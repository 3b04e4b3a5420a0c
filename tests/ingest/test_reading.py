"""Files, folders and globs: what is read, in which order, what is refused, and how it is told."""

import os
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.corpus import screen
from analysis.errors import FramingError, ReadError, RejectedArticles
from analysis.ingest import read, read_articles
from analysis.schemas import TABLES
from tests.conftest import record

RUSSIAN = "Президент встретился в порту со своим коллегой, и стороны обсудили торговлю и положение в регионе."


def reasons(reading):
    return reading.rejects[["row", "reason"]].fillna("").to_numpy().tolist()


def test_a_folder_is_read_with_all_below_it_in_a_fixed_order(tmp_path):
    for name in ("b/two.txt", "a/one.txt", "a/deep/three.txt", ".hidden/no.txt", ".no.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"The text of {name}.", "utf-8")
    reading = read(tmp_path)
    assert reading.articles["article_id"].tolist() == ["one", "three", "two"]
    assert reading.notes == ()
    assert read(tmp_path / "*" / "*.txt").articles["article_id"].tolist() == ["one", "two"]
    assert read(f"{tmp_path}/**/t*.txt").articles["article_id"].tolist() == ["three", "two"]


def test_text_files_are_known_by_their_path_where_two_have_one_name(tmp_path):
    for name in ("x/one.txt", "y/one.txt", "two.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"\ufeffTitle\r\n\r\nThe text of {name}.\r\n", "utf-8", newline="")
    articles = read(tmp_path).articles
    assert articles["article_id"].tolist() == ["two", "x/one", "y/one"]
    assert articles["text"][0] == "Title\r\n\r\nThe text of two.txt.\r\n"
    assert articles["title"].tolist() == ["", "", ""]
    assert articles["outlet"].tolist() == ["unknown", "x", "y"]


def test_in_a_folder_a_file_that_cannot_be_read_is_refused_and_the_rest_goes_on(tmp_path):
    (tmp_path / "good.txt").write_text("The text.", "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 30)
    (tmp_path / "columns.csv").write_text("headline,outlet\nA,B\n", "utf-8")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF")
    (tmp_path / "cut.json").write_text('[{"text": "A"}, {"te', "utf-8")
    (tmp_path / "book.xlsx").write_bytes(b"no workbook")
    (tmp_path / "table.parquet").write_bytes(b"PAR1 no table")
    (tmp_path / "open.csv").write_text('id,text\n1,fine\n2,"never closed\n3,x\n', "utf-8")
    (tmp_path / "README.md").write_text("About these files.", "utf-8")
    reading = read(tmp_path)
    assert reading.articles["article_id"].tolist() == ["good"]
    found = {Path(row.source_file).name: row.reason for row in reading.rejects.itertuples()}
    assert found == {
        "binary.csv": "binary",
        "book.xlsx": "unreadable",
        "columns.csv": "no_text",
        "cut.json": "bad_json",
        "empty.txt": "empty",
        "open.csv": "unreadable",
        "paper.pdf": "format",
        "table.parquet": "unreadable",
    }
    assert "README.md" in reading.notes[0]
    TABLES["rejects"].check(reading.rejects)
    told_twice = reading.rejects["detail"].str.contains(str(tmp_path), regex=False)
    assert not told_twice.any()  # source_file names the file
    for name in found:
        with pytest.raises(ReadError, match=name.replace(".", r"\.")):
            read(tmp_path / name)


@pytest.mark.parametrize("name", ["nowhere", "nowhere/*.csv", "folder", "file.docx", "file"])
def test_sources_without_anything_to_read_are_errors(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "picture.png").write_bytes(b"")
    (tmp_path / "file.docx").write_bytes(b"PK")
    (tmp_path / "file").write_bytes(b"text")
    with pytest.raises(ReadError, match=name.split("/")[0]):
        read(tmp_path / name)


def test_an_empty_name_is_not_the_current_folder():
    with pytest.raises(ReadError, match="name of a file or folder is empty"):
        read(["", "here.csv"])


def test_ids_given_are_kept_and_others_are_fingerprints(write_jsonl):
    rows = [
        record(1, id=17),
        record(2, id=" b "),
        {**record(3), "id": None},
        {**record(3, outlet="Herald"), "id": ""},
    ]
    articles = read(write_jsonl(*rows)).articles
    assert {"17", "b"} < set(articles["article_id"])
    made = articles["article_id"][articles["article_id"].str.len() == 16]
    assert len(made) == 2
    assert made.tolist() == [
        i for i in read(write_jsonl(*reversed(rows))).articles["article_id"] if i in set(made)
    ]


def test_the_same_article_twice_and_another_by_its_id(write_jsonl):
    once, anonymous = record(1), {**record(2), "id": None}
    reading = read(
        write_jsonl(
            once, once, record(1, text="Another text."), record(1, date="2021-01-01"), anonymous, anonymous
        )
    )
    assert reasons(reading) == [
        ["2", "duplicate"],
        ["3", "duplicate_id"],
        ["4", "duplicate_id"],
        ["6", "duplicate"],
    ]
    assert len(reading.articles) == 2
    assert "'a1'" in reading.rejects["detail"][1]


def test_an_id_is_free_for_another_where_the_first_article_was_refused(write_jsonl):
    reading = read(write_jsonl(record(1, text=""), record(1)))
    assert reasons(reading) == [["1", "empty"]]
    assert reading.articles["article_id"].tolist() == ["a1"]


def test_wire_copy_in_two_outlets_is_two_articles_of_one_family(write_jsonl):
    text = " ".join(f"word{number}" for number in range(80))
    rows = [{"id": None, "outlet": name, "text": text} for name in ("Gazette", "Herald")]
    articles = read(write_jsonl(*rows)).articles
    assert articles["article_id"].nunique() == 2
    assert articles["family_id"].nunique() == 1


def test_articles_that_cannot_be_measured_are_refused_with_the_reason(write_jsonl):
    rows = [
        record(1),
        record(2, text=" \n"),
        record(3, text=RUSSIAN),
        record(4, text="A word of it. " * 360_000),
    ]
    reading = read(write_jsonl(*rows))
    assert reading.articles["article_id"].tolist() == ["a1", "a3"]
    assert reading.articles["language"].tolist() == ["en", "ru"]
    assert reasons(reading) == [["2", "empty"], ["4", "too_long"]]
    assert reading.rejects["article_id"].tolist() == ["a2", "a4"]
    assert reading.rejects["title"].tolist() == ["Envoys meet in the port"] * 2
    assert screen(reading).rejects["reason"].tolist() == ["empty", "too_long", "language"]


def test_what_is_doubtful_is_told_and_kept(write_jsonl):
    garbled = "The envoy wonâ€™t sign."
    path = write_jsonl(
        record(1, date="some day in June"), record(2, date="03/04/2022"), record(3, text=garbled)
    )
    reading = read(path)
    assert reading.rejects.empty
    assert reading.articles["published"].isna().tolist() == [True, False, False]
    assert reading.articles["text"][2] == garbled
    dates, garbling, order = reading.notes
    assert dates.startswith(f"{path}: row 1: the date")
    assert garbling.startswith(f"{path}: row 3: the text looks garbled")
    assert "1 date such as 03/04/2022" in order


@dataclass
class Listed:
    name: str
    country: str | None


class Outlets:
    def find(self, name):
        listed = {
            "gazette online": Listed("Example Gazette", "Atlantis"),
            "papers": Listed("Port Papers", None),
        }
        return listed.get(name)


def test_outlets_get_their_canonical_name_and_country(write_jsonl):
    rows = [
        record(1, outlet=" gazette  online ", country="Nowhere"),
        record(2, outlet="Herald", country="Utopia"),
        record(3, outlet=None),
        record(4, outlet="papers", country="Utopia"),
    ]
    articles = read(write_jsonl(*rows), outlets=Outlets()).articles
    assert articles["outlet"].tolist() == ["Example Gazette", "Herald", "unknown", "Port Papers"]
    assert articles["outlet_country"].fillna("").tolist() == ["Atlantis", "Utopia", "", "Utopia"]


def test_markup_in_titles_and_outlets_is_kept_as_text(write_jsonl):
    row = read(write_jsonl(record(1, title="<script>alert(1)</script>", outlet="<b>A</b>"))).articles.iloc[0]
    assert (row.title, row.outlet) == ("<script>alert(1)</script>", "<b>A</b>")


def test_read_articles_warns_once_with_the_counts(write_jsonl):
    path = write_jsonl(record(1), *(record(i, text="") for i in range(2, 7)), record(1))
    with pytest.warns(RejectedArticles) as caught:
        articles = read_articles(path)
    assert len(caught) == 1
    said = str(caught[0].message)
    assert said.startswith("6 articles refused (duplicate 1, empty 5)")
    assert "articles.jsonl, row 2" in said
    assert said.endswith("...")
    pd.testing.assert_frame_equal(articles, read(path).articles)


def test_read_articles_warns_of_doubtful_ones_and_is_silent_otherwise(write_jsonl):
    with pytest.warns(UserWarning, match="row 1: the date"):
        read_articles(write_jsonl(record(1, date="some day")))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(analysis.read_articles(str(write_jsonl(record(1))))) == 1


def test_reading_twice_gives_the_same_tables(tmp_path, write_jsonl):
    write_jsonl(*(record(i) for i in range(5)), record(2), {"title": "no text"}, name="b.jsonl")
    write_jsonl(*(record(i) for i in range(3, 9)), name="a.jsonl")
    one, other = read(tmp_path), read(tmp_path)
    pd.testing.assert_frame_equal(one.articles, other.articles)
    pd.testing.assert_frame_equal(one.rejects, other.rejects)
    assert [Path(path).name for path in one.rejects["source_file"]] == ["b.jsonl"] * 4


def test_a_text_has_its_folder_for_an_outlet(tmp_path):
    """One folder for each outlet; a year or a day is none, and neither is the folder that is read."""
    for name in (
        "Iran Daily/one.txt",
        "Iran Daily/2022/two.txt",
        "2022-06/three.txt",
        "four.txt",
        "texts/Iran Daily/five.txt",
        "gazette online/politics/six.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"The text of {name}, which is in English.", encoding="utf-8")
    articles = read(tmp_path, outlets=Outlets()).articles.set_index("article_id")
    assert articles["outlet"].to_dict() == {
        "one": "Iran Daily",
        "two": "Iran Daily",
        "three": "unknown",
        "four": "unknown",
        "five": "Iran Daily",
        "six": "Example Gazette",
    }
    assert read(tmp_path / "Iran Daily" / "one.txt").articles["outlet"].tolist() == ["unknown"]
    assert set(read(tmp_path / "*" / "*.txt").articles["outlet"]) == {"Iran Daily", "unknown"}


@pytest.mark.skipif(os.name != "posix", reason="only POSIX file names can be bytes")
def test_a_file_name_that_is_not_utf8(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("The text.", "utf-8")
        (tmp_path / os.fsdecode(b"empty\xe9.txt")).write_bytes(b"")
    except OSError:
        pytest.skip("this file system allows only UTF-8")
    reading = read(tmp_path)
    assert reading.articles["article_id"].tolist() == [r"caf\xe9"]
    assert reading.articles["source_file"].tolist() == [rf"{tmp_path}/caf\xe9.txt"]
    assert reading.rejects["source_file"].tolist() == [rf"{tmp_path}/empty\xe9.txt"]


def test_a_path_that_is_too_long_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ReadError, match="aaa: cannot be opened"):
        read(tmp_path / ("a" * 300))


def test_a_deeply_nested_cell_of_a_frame_is_refused_alone():
    nested = []
    for _ in range(450):
        nested = [nested]
    frame = pd.DataFrame({"text": ["First text.", "Second text."], "author": [nested, ["A", ["B"]]]})
    reading = read(frame)
    assert reasons(reading) == [["1", "nested"]]
    assert reading.articles["author"].tolist() == ["A; B"]


ODD = {"Ressort": ["Politik", "Sport"], "Wortlaut": ["The ferry sails again.", "The cup was lost."],
       "Tag": ["2024-03-01", "2024-03-02"]}  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "jsonl", "array.json", "frame"])
def test_columns_of_any_table_can_be_named(form, tmp_path):
    frame, path = pd.DataFrame(ODD), tmp_path / f"a.{form}"
    if form == "csv":
        frame.to_csv(path, index=False)
    elif form == "xlsx":
        frame.to_excel(path, index=False)
    elif form == "parquet":
        frame.to_parquet(path)
    elif form != "frame":
        frame.to_json(path, orient="records", lines=form == "jsonl")
    source = frame if form == "frame" else path
    with pytest.raises(ReadError, match=r"Wortlaut.*--column text=NAME"):
        read(source)
    articles = read(source, columns={"text": "Wortlaut", "date": "Tag"}).articles
    assert articles["text"].tolist() == ODD["Wortlaut"]
    assert articles["published"].dt.day.tolist() == [1, 2]
    assert articles["extra_ressort"].tolist() == ODD["Ressort"]
    with pytest.raises(
        ReadError, match=r"no column is called 'Text' \(text\); the columns are: Ressort, Wortlaut, Tag"
    ):
        read(source, columns={"text": "Text"})


def test_columns_are_named_for_tables_alone(tmp_path):
    (tmp_path / "one.txt").write_text("The ferry sails again.", "utf-8")
    with pytest.raises(FramingError, match="no file is a table"):
        read(tmp_path, columns={"text": "Wortlaut"})
    pd.DataFrame(ODD).to_csv(tmp_path / "a.csv", index=False)
    pd.DataFrame({"text": ["The port is closed."]}).to_csv(tmp_path / "b.csv", index=False)
    found = read(tmp_path, columns={"text": "Wortlaut"})
    assert len(found.articles) == 3 and found.rejects["reason"].tolist() == ["no_column"]


def test_a_list_of_addresses_with_a_named_text_is_a_table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("url,Wortlaut\nhttps://harbour.example/1,The ferry sails again.\n", "utf-8")
    with pytest.raises(ReadError, match="--column text=NAME"):
        read(path)
    assert read(path, columns={"text": "Wortlaut"}).articles["url"].tolist() == ["https://harbour.example/1"]


def test_a_date_that_cannot_be_read_is_shown(write_jsonl):
    notes = read(write_jsonl(record(1, date="2016"), record(2, date="spring " * 20))).notes
    assert notes[0].endswith(
        "rows 1, 2: the date cannot be read ('2016') and is left empty; write it as 2022-06-29"
    )


def test_results_are_no_articles(bundled, tmp_path):
    bundled.select(bundled.articles["article_id"].head(1)).save(tmp_path / "in" / "results")
    (tmp_path / "in" / "a.txt").write_text("The ferry sails again.", "utf-8")
    found = read(tmp_path / "in")
    assert found.articles["article_id"].tolist() == ["a"]
    assert found.notes == (f"{tmp_path / 'in' / 'results'}: skipped, because it holds results",)
    (tmp_path / "in" / "a.txt").unlink()
    for folder in (tmp_path / "in", tmp_path / "in" / "results"):
        with pytest.raises(ReadError, match="this folder holds results, not articles"):
            read(folder)


def test_of_a_study_folder_only_the_articles_are_read(tmp_path):
    study = tmp_path / "study"
    for name in ("actors.yml", "outlets.yml", "world.tsv", "gold/quotes.csv", "articles/a.txt"):
        (study / name).parent.mkdir(parents=True, exist_ok=True)
        (study / name).write_text("text\nThe ferry sails again.\n", "utf-8")
    found = read(study)
    assert found.articles[["article_id", "outlet"]].to_numpy().tolist() == [["a", "unknown"]]
    assert found.notes == (f"{study}: a study folder; only the articles in its folder articles are read",)
    assert len(read(tmp_path).articles) == 1
    (study / "articles/a.txt").unlink()
    for folder in (study, tmp_path):
        with pytest.raises(ReadError, match=re.escape(f"put articles into {study / 'articles'}")):
            read(folder)
