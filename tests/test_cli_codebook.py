"""`framing codebook`: a check that can be read in a terminal, and conversions that say what they lose."""

import pandas as pd

from analysis.study.formats import read_codebook
from tests.conftest import DATA, record
from tests.test_cli import framing


def test_check(write_jsonl, tmp_path):
    path = write_jsonl(record(0), record(1, text="\x1b[31mSanctions\x07 bite. " * 9))
    result = framing(
        "codebook", "check", DATA / "codebook.yml", "--articles", path, "--out", tmp_path / "out"
    )
    assert result.exit_code == 0, result.stderr
    for heading in (
        "Coverage",
        "Patterns that fire most",
        "Dead patterns",
        "share words",
        "Read these first",
    ):
        assert heading in result.stdout
    assert "[sanctions]" in result.stdout and "\x1b" not in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) < 220
    written = {p.name: pd.read_csv(p) for p in (tmp_path / "out").iterdir()}
    assert set(written) == {f"codebook_{n}.csv" for n in ("themes", "patterns", "overlaps", "to_read")}
    assert not written["codebook_patterns.csv"]["pattern"].str.startswith("=").any()
    assert written["codebook_themes.csv"]["theme"].iloc[-1] == "(any theme)"


def test_check_of_a_liwc_dictionary_tells_its_notes(write_jsonl, tmp_path):
    book = tmp_path / "book.dic"
    book.write_text("%\n1\tsanctions\n%\nsanction*\t1\nkind\t<of>1\n", encoding="utf-8")
    result = framing("codebook", "check", book, "--articles", write_jsonl(record(0)))
    assert result.exit_code == 0
    assert "<of> tag left out: 'kind' (line 5)" in result.stderr


def test_refused_articles_are_told(write_jsonl, tmp_path):
    path = write_jsonl(record(0), record(1, text=""))
    result = framing("codebook", "check", DATA / "codebook.yml", "--articles", path)
    assert result.exit_code == 1 and "1 articles could not be read" in result.stderr


def test_convert(tmp_path):
    result = framing("codebook", "convert", DATA / "codebook.yml", tmp_path / "book.dic")
    assert result.exit_code == 0
    assert "30 themes" in result.stdout and "gaps, NEAR or stems left out" in result.stderr
    assert len(read_codebook(tmp_path / "book.dic").codebook.themes) == 30


def test_convert_to_an_unknown_format(tmp_path):
    result = framing("codebook", "convert", DATA / "codebook.yml", tmp_path / "book.docx")
    assert result.exit_code == 2 and ".docx" in result.stderr
    assert framing("codebook", "convert", tmp_path / "no.dic", tmp_path / "x.yml").exit_code == 2
