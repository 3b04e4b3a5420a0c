"""Temporary files of several tables are whole or not there."""

import pytest

from analysis.dataset.streams import read_tables, write_tables
from tests.dataset.conftest import rows_of


def test_tables_come_back_as_they_were_written(tmp_path):
    tables = {**rows_of("a", "b"), "empty": rows_of()["themes"]}
    write_tables(tmp_path / "0.arrow", tables)
    found = read_tables(tmp_path / "0.arrow")
    assert list(found) == list(tables)
    assert all(found[name].equals(table, check_metadata=True) for name, table in tables.items())


def test_no_tables_are_no_error(tmp_path):
    write_tables(tmp_path / "0.arrow", {})
    assert read_tables(tmp_path / "0.arrow") == {}


@pytest.mark.parametrize(
    "damage", [lambda c: c[:-1], lambda c: c[:40] + b"x" + c[41:], lambda c: b"", lambda c: b"{}"]
)
def test_a_file_that_is_damaged_or_missing_counts_as_not_there(tmp_path, damage):
    path = tmp_path / "0.arrow"
    assert read_tables(path) is None
    write_tables(path, rows_of("a"))
    path.write_bytes(damage(path.read_bytes()))
    assert read_tables(path) is None
