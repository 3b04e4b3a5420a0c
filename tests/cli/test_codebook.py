"""`framing codebook`: a check that can be read in a terminal, and conversions that say what they lose."""

import re

import pandas as pd
import pytest

from analysis.study.formats import read_codebook
from tests.cli.conftest import framing
from tests.conftest import DATA, record


def test_check(write_jsonl, tmp_path):
    path = write_jsonl(record(0), record(1, text="\x1b[31mSanctions\x07 bite. " * 9))
    result = framing(
        "codebook", "check", DATA / "codebook.yml", "--articles", path, "--out", tmp_path / "out"
    )
    assert result.exit_code == 0, result.stderr
    for heading in (
        "Coverage",
        "Most frequent patterns",
        "Dead patterns",
        "share words",
        "Read these first",
    ):
        assert heading in result.stdout
    assert re.match(r"2 articles; 30 themes with \d+ patterns and \d+ exceptions\n", result.stdout)
    assert "95 % from" in result.stdout and "95 % (Wilson) interval" in result.stdout
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
    assert result.exit_code == 1 and "1 refused and not searched: empty 1" in result.stderr


def test_convert(tmp_path):
    result = framing("codebook", "convert", DATA / "codebook.yml", tmp_path / "book.dic")
    assert result.exit_code == 0
    found = read_codebook(tmp_path / "book.dic").codebook
    mine = read_codebook(DATA / "codebook.yml").codebook
    n_terms = sum(len(theme.patterns) for theme in found.themes)
    n_patterns = sum(len(theme.patterns) for theme in mine.themes)
    first, patterns, exceptions = result.stdout.splitlines()
    assert first.endswith(f"book.dic: 30 of 30 themes, {n_terms:,} terms")
    told = re.fullmatch(r"  of ([\d,]+) patterns (\d+) as they are, (\d+) changed, (\d+) left out", patterns)
    assert int(told[1]) == n_patterns == sum(int(told[n]) for n in (2, 3, 4))
    assert re.fullmatch(r"  of (\d+) exceptions 0 as they are, 0 changed, \1 left out", exceptions)
    assert "patterns left out: gaps and NEAR" in result.stderr and "--losses FILE" in result.stderr
    assert [theme.id for theme in found.themes] == [theme.id for theme in mine.themes]
    assert [theme.label for theme in found.themes] == [theme.label for theme in mine.themes]


def test_losses_are_listed_one_by_one(tmp_path):
    book, losses = tmp_path / "book.csv", tmp_path / "losses.csv"
    book.write_text("theme,kind,pattern\nsea,pattern,=SCO\nsea,pattern,a NEAR/2 b\nsea,exception,c d\n")
    result = framing("codebook", "convert", book, tmp_path / "book.lc3", "--losses", losses)
    assert result.exit_code == 0 and str(losses) in result.stdout
    table = pd.read_csv(losses, keep_default_na=False).drop(columns="reason")
    assert [tuple(row) for row in table.itertuples(index=False) if row.what in ("pattern", "exception")] == [
        ("sea", "exception", "c d", "left out", ""),
        ("sea", "pattern", "'=SCO", "changed", "SCO"),
        ("sea", "pattern", "a NEAR/2 b", "left out", ""),
    ]
    result = framing("codebook", "convert", book, tmp_path / "other.lc3", "--losses", "-")
    assert "sea,pattern,'=SCO,changed,the format is not case-sensitive,SCO" in result.stdout


def test_convert_keeps_files_that_exist(tmp_path):
    book, target = tmp_path / "book.lc3", tmp_path / "book.dic"
    book.write_text("+sea\nfish\n")
    target.write_text("my work")
    for arguments in ((book, target), (book, tmp_path / "new.dic", "--losses", target), (book, book)):
        result = framing("codebook", "convert", *arguments)
        assert result.exit_code == 2 and "already exists" in result.stderr and "--overwrite" in result.stderr
        assert target.read_text() == "my work" and not (tmp_path / "new.dic").exists()
    assert framing("codebook", "convert", book, target, "--overwrite").exit_code == 0
    assert target.read_text().startswith("%")


BAD = {
    "not: a codebook\n": ["line 1", "'not'", "title and a list of themes"],
    "- fish\n": ["line 1", "'title' and 'themes'"],
    "": ["line 1", "the file is empty"],
    "title: t\n": ["line 1", "themes: this key is required"],
    "title: t\nthemes: []\n": ["line 2", "too few entries"],
    "title: t\ntheme:\n- {THEME, patterns: [x]}\n": ["line 2", "did you mean 'themes'?"],
    "title: t\ncolour: red\nthemes:\n- {THEME, patterns: [x]}\n": ["line 2", "valid keys are title, scope"],
    "title: t\nthemes:\n- {THEME,\n   patern: [x]}\n": ["line 4", "did you mean 'patterns'?"],
    "title: t\nthemes:\n- {THEME, patterns: []}\n": ["line 3", "neither patterns nor subthemes"],
    "title: t\nthemes:\n- {THEME,\n   patterns: [x,\n   '']}\n": ["line 5", "entry 2", "empty"],
    "title: t\nthemes:\n- {THEME,\n   patterns: [x,\n   '*']}\n": ["line 5", "every word"],
    "title: t\nthemes:\n- {THEME,\n   patterns: [x,\n   '\"a b']}\n": ["line 5", "unpaired quotation mark"],
    "title: t\nthemes:\n- {THEME, patterns: [x]}\n- {THEME, patterns: [y]}\n": ["line 4", "own id"],
    "title: t\nthemes:\n- {THEME, parent: b, patterns: [x]}\n": ["line 3", "no theme 'b'"],
    "title: t\nthemes:\n- {THEME, parent: a, patterns: [x]}\n": ["line 3", "circular parents", "remove"],
    "title: t\nthemes:\n- {THEME, patterns: [x}\n": ["line 3", "expected ',' or ']'"],
}


@pytest.mark.parametrize("content", BAD)
def test_bad_codebooks_are_refused_with_file_line_and_remedy(write_jsonl, tmp_path, content):
    book = tmp_path / "book.yml"
    book.write_text(content.replace("THEME", "id: a, label: A, definition: d"))
    result = framing("codebook", "check", book, "--articles", write_jsonl(record(0)))
    assert result.exit_code == 2
    for part in ("book.yml", *BAD[content]):
        assert part in result.stderr


def test_too_many_patterns_in_yaml(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.study.codebook.MAX_PATTERNS", 1_000)
    book = tmp_path / "book.yml"
    words = "".join(f"  - w{number}\n" for number in range(2_000))
    book.write_text(f"title: t\nthemes:\n- id: a\n  label: A\n  definition: d\n  patterns:\n{words}")
    result = framing("codebook", "convert", book, tmp_path / "book.dic")
    assert result.exit_code == 2 and "2,000 patterns; the maximum is 1,000" in result.stderr
    assert "book.yml, line 2" in result.stderr and "split" in result.stderr


def test_convert_to_an_unknown_format(tmp_path):
    result = framing("codebook", "convert", DATA / "codebook.yml", tmp_path / "book.docx")
    assert result.exit_code == 2 and ".docx" in result.stderr
    assert framing("codebook", "convert", tmp_path / "no.dic", tmp_path / "x.yml").exit_code == 2
