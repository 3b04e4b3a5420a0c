"""Writing an export: formats, file names, and existing files."""

import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

import analysis
from analysis.errors import FramingError
from analysis.exports import files
from tests.exports.made_up import article, made_tables


def test_export_does_not_overwrite_unasked(bundled, tmp_path):
    small = bundled.select(bundled.articles["article_id"].head(1))
    for to, out in (
        ("xlsx", tmp_path / "x.xlsx"),
        ("qdpx", tmp_path / "new" / "x.qdpx"),
        ("csv", tmp_path / "csv"),
    ):
        analysis.export(small, out, to=to)
        with pytest.raises(FramingError, match="already exists"):
            analysis.export(small, out, to=to)
        assert analysis.export(small, out, to=to, overwrite=True).files[0].exists()


@pytest.mark.parametrize(
    ("out", "to", "told"),
    [
        ("x.xlsx", "docx", "choose xlsx, csv, qdpx"),
        ("x.docx", "xlsx", "for example x.xlsx"),
        ("x", "qdpx", "x.qdpx"),
    ],
)
def test_wrong_formats_are_told(out, to, told, tmp_path):
    with pytest.raises(FramingError, match=told):
        analysis.export(made_tables([article()]), tmp_path / out, to=to)
    assert not list(tmp_path.iterdir())


def test_tables_are_expected(tmp_path):
    with pytest.raises(FramingError, match="load_tables"):
        analysis.export("results", tmp_path / "x.xlsx", to="xlsx")


def test_an_export_that_does_not_fit_on_the_disk_is_not_begun(bundled, tmp_path, monkeypatch):
    """The size is estimated from a sample: here 2 of 12 articles."""
    some = bundled.select(bundled.articles["article_id"].head(12))
    written = analysis.export(some, tmp_path / "whole", to="csv").files
    free = 0.6 * sum(path.stat().st_size for path in written)
    monkeypatch.setattr(files, "_MANY", 11)
    monkeypatch.setattr(files, "_SAMPLED", 2)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    with pytest.raises(FramingError, match=r"needs about .* are free"):
        analysis.export(some, tmp_path / "new", to="csv")
    assert [path.name for path in tmp_path.iterdir()] == ["whole"]


def test_a_workbook_needs_space_in_the_temporary_folder(bundled, tmp_path, monkeypatch):
    some = bundled.select(bundled.articles["article_id"].head(2))
    monkeypatch.setattr(files, "_MANY", 1)
    monkeypatch.setattr(files, "_SAMPLED", 1)
    free = {tmp_path: 1e9, Path(tempfile.gettempdir()): 0}
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=free[folder]))
    with pytest.raises(FramingError, match="TMPDIR"):
        analysis.export(some, tmp_path / "x.xlsx", to="xlsx")
    assert not list(tmp_path.iterdir())
