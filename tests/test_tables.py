"""Tables on disk: whole, checked, and the same bytes for the same content."""

import csv
import dataclasses

import pandas as pd
import pytest

from analysis.errors import FramingError, ReadError
from analysis.rejects import reject
from analysis.schemas import TABLES, Column
from analysis.tables import Tables, load_tables


def test_saving_and_loading_gives_the_same_tables(bundled, tmp_path):
    loaded = load_tables(bundled.save(tmp_path / "results"))
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(bundled, name))
    assert loaded.run == bundled.run
    assert loaded.study.fingerprint() == bundled.study.fingerprint()


def test_saving_twice_gives_the_same_bytes(bundled, tmp_path):
    one, two = bundled.save(tmp_path / "one"), bundled.save(tmp_path / "two")
    files = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
    assert files
    for file in files:
        assert (one / file).read_bytes() == (two / file).read_bytes(), file


def test_every_table_keeps_its_contract(bundled):
    bundled.check()


def test_a_value_outside_the_contract_names_table_and_column(bundled):
    quotes = bundled.quotes.assign(kind="hearsay")
    with pytest.raises(FramingError, match=r"'quotes'[\s\S]*kind[\s\S]*hearsay"):
        dataclasses.replace(bundled, quotes=quotes).check()


def test_a_span_that_ends_before_it_starts_is_refused(bundled):
    mentions = bundled.mentions.assign(end=bundled.mentions["start"] - 1)
    with pytest.raises(FramingError, match="start <= end"):
        dataclasses.replace(bundled, mentions=mentions).check()


def test_missing_folder_and_unfinished_folder_are_told_apart(bundled, tmp_path):
    with pytest.raises(ReadError, match="no such results folder"):
        load_tables(tmp_path / "nowhere")
    with pytest.raises(ReadError, match="no results in this folder"):
        load_tables(tmp_path)
    folder = bundled.save(tmp_path / "results")
    (folder / "run.json").unlink()
    with pytest.raises(ReadError, match="--resume"):
        load_tables(folder)


def test_a_part_that_is_missing_or_damaged_is_named(bundled, tmp_path):
    folder = bundled.save(tmp_path / "results")
    [part] = (folder / "themes").iterdir()
    part.write_bytes(b"not a table")
    with pytest.raises(ReadError, match=r"part-0000-\w+\.parquet.*damaged"):
        _ = load_tables(folder).themes
    part.unlink()
    with pytest.raises(ReadError, match=r"part-0000-\w+\.parquet.*cannot be read: No such file"):
        _ = load_tables(folder).themes


def test_tables_do_not_depend_on_the_number_of_shards(bundled, in_shards):
    assert len(bundled.data("themes").shards) == 1
    assert len(in_shards.data("themes").shards) == 8
    loaded = load_tables(in_shards.data("themes").dataset.folder)  # frames of the fixture stay unread
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(bundled, name))


def test_a_table_of_another_measure_is_kept(bundled, tmp_path):
    more = bundled.articles[["article_id"]].assign(n_letters=bundled.articles["text"].str.len())
    tables = dataclasses.replace(bundled, further={"letters": more})
    loaded = load_tables(tables.save(tmp_path))
    pd.testing.assert_frame_equal(loaded.further["letters"], more)


def test_the_name_of_another_table_is_known_without_reading_it(bundled, tmp_path):
    more = bundled.articles[["article_id"]]
    folder = dataclasses.replace(bundled, further={"letters": more}).save(tmp_path)
    loaded = load_tables(folder)
    [part] = (folder / "letters").iterdir()
    part.write_bytes(b"not a table")
    assert "letters" in loaded.further
    assert "words" not in loaded.further


def test_a_study_that_was_changed_later_is_named(bundled, tmp_path):
    folder = bundled.save(tmp_path)
    with (folder / "study" / "codebook.yml").open("a", encoding="utf-8") as file:
        file.write("# a comment\n")
    with pytest.raises(ReadError, match=r"study: the study was changed after"):
        load_tables(folder)


def test_empty_tables_have_the_contract_dtypes(tmp_path):
    empty = Tables.from_rows({}, articles=TABLES["articles"].empty())
    loaded = load_tables(empty.save(tmp_path))
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), TABLES[name].empty())


def test_select_keeps_only_what_belongs_to_the_articles(bundled):
    wanted = bundled.articles["article_id"].iloc[:3].tolist()
    chosen = bundled.select(wanted)
    assert chosen.articles["article_id"].tolist() == sorted(wanted)
    assert set(chosen.quotes["article_id"]) <= set(wanted)
    assert set(chosen.quote_spans["quote_id"]) == set(chosen.quotes["quote_id"])


def test_a_rejected_article_is_not_measured_as_well(bundled):
    wanted = bundled.articles["article_id"].iloc[0]
    failed = {"source_file": "x", "article_id": wanted, "reason": "failed", "detail": "why"}
    tables = Tables.from_rows({"rejects": [failed]}, articles=bundled.articles).with_rejects()
    assert wanted not in set(tables.articles["article_id"])
    assert len(tables.articles) == len(bundled.articles) - 1


def test_a_folder_of_an_older_version_says_to_measure_again(bundled, tmp_path):
    bundled.mentions.to_parquet(tmp_path / "mentions.parquet")
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FramingError, match=r"older version.*framing annotate"):
        load_tables(tmp_path)


def test_a_column_that_was_added_later_says_to_measure_again(bundled, tmp_path, monkeypatch):
    folder = bundled.save(tmp_path)
    quotes = TABLES["quotes"]
    newer = dataclasses.replace(quotes, columns={**quotes.columns, "tense": Column("text", "new")})
    monkeypatch.setitem(TABLES, "quotes", newer)
    with pytest.raises(FramingError, match=r"(?s)another version.*framing annotate"):
        load_tables(folder)


def test_a_spreadsheet_runs_nothing_of_the_rejects(bundled, tmp_path):
    formula = '=HYPERLINK("http://tracker.example","Open")'
    row = reject(f"{formula}.csv", "empty", "+1", row="2", article_id=formula, title="@SUM(1)")
    tables = Tables.from_rows({"rejects": [row]}, articles=bundled.articles)
    tables.save(tmp_path)
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as file:
        _, cells = csv.reader(file)
    assert [cell[:2] for cell in cells] == ["'=", "2", "'=", "'@", "em", "'+"]
    pd.testing.assert_frame_equal(load_tables(tmp_path).rejects, tables.rejects)


def test_a_folder_is_opened_without_loading_its_tables(bundled_results, monkeypatch):
    def fail(*_):
        pytest.fail("a table was loaded")

    monkeypatch.setattr("analysis.dataset.storage.OnDisk.frame", fail)
    assert "articles 52, sentences 9" in repr(load_tables(bundled_results))


def test_iter_gives_every_row_once_and_names_the_tables(bundled):
    assert sum(len(rows) for rows in bundled.iter("quotes")) == len(bundled.quotes)
    with pytest.raises(FramingError, match=r"no table 'quote'.*quotes"):
        list(bundled.iter("quote"))


def test_shards_are_whole_articles(bundled):
    (part,) = bundled.shards()
    assert part.quotes["quote_id"].tolist() == bundled.quotes["quote_id"].tolist()


def test_a_sample_is_always_the_same_and_the_whole_if_it_is_large_enough(bundled):
    held = bundled.select(bundled.articles["article_id"])
    in_memory = dataclasses.replace(held)
    one, other = in_memory.sample(10), in_memory.sample(10)
    assert len(one.articles) == 10
    assert one.articles.equals(other.articles)
    assert bundled.sample(52) is bundled
    assert bundled.sample(10).articles["article_id"].tolist() == one.articles["article_id"].tolist()
    with pytest.raises(FramingError, match="at least 1"):
        bundled.sample(0)


def test_sql_on_saved_and_made_tables(bundled):
    sql = "SELECT count(*) AS n FROM quotes JOIN articles USING (article_id)"
    assert (
        bundled.sql(sql)["n"].tolist()
        == dataclasses.replace(bundled).sql(sql)["n"].tolist()
        == [len(bundled.quotes)]
    )
