"""The recipes of CONTRIBUTING.md, followed in a copy of the package: one new file or package is enough."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import DATA, ROOT, TEXT

READER = '''
"""Articles between lines of equals signs."""

from analysis.ingest.encoding import read_text
from analysis.ingest.records import Reader, Record


def read_ticker(path):
    """Each part of the file is one article; its first line is the title."""
    for number, part in enumerate(read_text(path).split("=====\\n"), start=1):
        yield Record(str(number), {"title": part.partition("\\n")[0], "text": part})


READER = Reader((".ticker",), read_ticker)
'''

MEASURE = '''
"""Words that weaken a statement."""

import re

from analysis.annotators.article import Measure
from analysis.schemas import Column, Table

HEDGES = Table(
    "hedges",
    ("article_id", "start"),
    {
        "article_id": Column("text", "the article"),
        "sentence": Column("integer", "number of the sentence"),
        "voice": Column("text", "whose words"),
        "quote_id": Column("text", "the quote it stands in", nullable=True),
        "start": Column("integer", "first character"),
        "end": Column("integer", "one past the last character"),
        "text": Column("text", "the words"),
    },
    "one hedge",
)


def hedge_rows(article):
    """One row per hedge."""
    for match in re.finditer(r"\\b(?:perhaps|reportedly)\\b", article.document.text):
        yield article.hit(*match.span())


MEASURES = (Measure(HEDGES, hedge_rows),)
'''


def link_or_copy(source, target):
    """Models are large: a hard link is enough where the temporary folder is on the same disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@pytest.fixture
def checkout(tmp_path):
    """A copy of the package that a recipe can add files to; with its bytecode, which takes seconds to make."""
    shutil.copytree(ROOT / "analysis", tmp_path / "analysis", copy_function=link_or_copy)
    (tmp_path / "data").mkdir()
    for name in ("actors.yml", "codebook.yml", "outlets.yml"):
        shutil.copyfile(DATA / name, tmp_path / "data" / name)
    return tmp_path


def run(checkout, code):
    """Run a script with the copy, and return the lines that it prints."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=checkout,
        env={"PATH": "", "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_a_new_reader_is_one_file(checkout):
    (checkout / "analysis" / "ingest" / "readers" / "ticker.py").write_text(READER, encoding="utf-8")
    (checkout / "news").mkdir()
    (checkout / "news" / "june.ticker").write_text(f"{TEXT}\n=====\n{TEXT} Again.\n", encoding="utf-8")
    code = "import analysis; print(*analysis.read_articles('news')['title'], sep='\\n')"
    assert run(checkout, code) == ["Envoys meet in the port"] * 2


def test_a_new_measure_is_one_package(checkout):
    package = checkout / "analysis" / "annotators" / "hedges"
    package.mkdir()
    (package / "__init__.py").write_text('"""Words that weaken a statement."""\n', encoding="utf-8")
    (package / "rows.py").write_text(MEASURE, encoding="utf-8")
    (checkout / "news.txt").write_text(
        f"{TEXT} The bridge, reportedly old, is perhaps closed.\r\n", encoding="utf-8"
    )
    code = """
import analysis
articles = analysis.read_articles("news.txt")
analysis.annotate(articles, analysis.load_study("data"), progress=False).save("results")
tables = analysis.load_tables("results").select(articles["article_id"])
print(*tables.further["hedges"]["text"], sep="\\n")
print(*tables.further["hedges"]["voice"].unique())
"""
    assert run(checkout, code) == ["reportedly", "perhaps", "outlet"]
