"""Writing an export: formats, file names, and existing files."""

import pytest

import analysis
from analysis.errors import FramingError
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
