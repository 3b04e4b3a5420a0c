"""Queries read the tables of the results and nothing else."""

import pandas as pd
import pytest

from analysis import load_tables
from analysis.dataset.metadata import article_index
from analysis.dataset.query import count, query
from analysis.dataset.storage import InMemory
from analysis.errors import FramingError, ReadError

SECRET = pd.DataFrame({"n": [1]})
COUNTED = "SELECT article_id, count(*) AS n FROM rows GROUP BY ALL"


def test_tables_on_disk_and_in_memory_give_the_same(bundled, bundled_results):
    sql = "SELECT side, count(*) AS n FROM quotes GROUP BY side ORDER BY side"
    names = ("quotes", "articles")
    on_disk = load_tables(bundled_results)
    found = [
        query({name: tables.data(name) for name in names}, sql)
        for tables in (on_disk, on_disk.select(bundled.articles["article_id"]), _in_memory(bundled))
    ]
    assert found[0]["n"].sum() == len(bundled.quotes)
    for other in found[1:]:
        pd.testing.assert_frame_equal(found[0], other)


def _in_memory(tables):
    return tables.select(tables.articles["article_id"])._with(quotes=tables.quotes, articles=tables.articles)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{root}/data/outlets.yml')",
        "SELECT * FROM '{root}/data/articles/*'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_text('{results}/run.json')",
        "SELECT * FROM read_parquet('{results}/quotes/../tones/*.parquet')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "SELECT * FROM SECRET",
        "COPY quotes TO '{results}/quotes/new.csv'",
        "DROP VIEW quotes",
        "ATTACH '{results}/new.db'",
        "SET memory_limit = '100GB'",
        "SELECT 1; SELECT 2",
        "SELECT nothing FROM quotes",
    ],
)
def test_nothing_but_the_tables_is_read_or_written(sql, bundled_results):
    tables = load_tables(bundled_results)
    before = sorted(bundled_results.rglob("*"))
    with pytest.raises(FramingError):
        query(
            {"quotes": tables.data("quotes")},
            sql.format(root=bundled_results.parent, results=bundled_results),
        )
    assert sorted(bundled_results.rglob("*")) == before


@pytest.mark.parametrize(
    "sql",
    [
        "WITH few AS (SELECT * FROM Quotes LIMIT 3) SELECT count(*) AS n FROM few",
        'SELECT count(*) AS n FROM "quotes" AS q WHERE quote_id IN (SELECT quote_id FROM themes)',
        "SELECT count(*) AS n FROM quotes JOIN articles USING (article_id)",
        "SUMMARIZE quotes",
    ],
)
def test_tables_are_known_however_they_are_named(sql, bundled):
    assert len(bundled.sql(sql))


def test_tables_that_a_query_does_not_name_are_not_read(bundled, tmp_path):
    tables = load_tables(bundled.save(tmp_path))
    next((tmp_path / "articles").glob("*.parquet")).unlink()
    assert tables.sql("SELECT count(*) AS n FROM themes")["n"].item() == len(bundled.themes)
    with pytest.raises(ReadError, match="articles"):
        tables.sql("SELECT count(*) AS n FROM articles")


def test_a_damaged_part_is_not_counted(bundled, tmp_path):
    folder = bundled.save(tmp_path / "results")
    part = next((folder / "themes").glob("*.parquet"))
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)
    tables = load_tables(folder)
    with pytest.raises(ReadError, match="checksum"):
        list(count(tables.data("themes"), COUNTED, article_index(tables.data("articles"))))


def test_counts_of_a_table_without_rows():
    empty = InMemory(pd.DataFrame({"article_id": pd.Series(dtype="str")}))
    (found,) = count(empty, COUNTED, article_index(empty))
    assert found.num_rows == 0
