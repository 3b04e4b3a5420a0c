"""The study in data/coverage: no words of the articles, and everything is found again in them."""

import json
import subprocess
from io import StringIO

import pandas as pd
import pytest

import analysis
from analysis.annotators.quotes.cues import cue_entry
from analysis.corpus import WORD
from analysis.study import load_study
from tests.conftest import DATA, ROOT
from training.coverage.articles import load_articles
from training.coverage.coding import coded_tables

STUDY = DATA / "coverage"
SHARED = ROOT.parent / "shared" / "data"
LIMIT = 8_000_000  # bytes
RUN = 5  # words
ADDRESSES = {"url", "article_id", "family_id", "quote_id"}  # an address may be made of a headline
needs_articles = pytest.mark.skipif(
    not (SHARED / "coverage").is_dir(), reason="needs ../shared/data/coverage, which is not published"
)


@pytest.fixture(scope="module")
def tables():
    return analysis.load_tables(STUDY)


@pytest.fixture(scope="module")
def articles():
    with pytest.warns(UserWarning, match="cannot be read"):
        return load_articles(SHARED / "coverage", load_study(DATA).outlets)


def runs(text, length=RUN):
    words = [word.lower() for word in WORD.findall(text)]
    return {" ".join(words[first : first + length]) for first in range(len(words) - length + 1)}


def test_it_is_small_and_has_its_card(tables):
    assert sum(path.stat().st_size for path in STUDY.rglob("*") if not path.is_symlink()) < LIMIT
    assert json.loads((STUDY / "dataset.jsonld").read_text(encoding="utf-8"))["@type"] == "Dataset"
    card = (STUDY / "README.md").read_text(encoding="utf-8")
    assert "What it can and cannot stand for" in card and f"{len(tables.metadata):,} articles" in card


def test_every_article_has_an_outlet_and_a_period(tables):
    rows = tables.metadata
    assert rows[["outlet", "extra_period", "extra_collection"]].notna().all(axis=None)
    dated = rows.dropna(subset=["published"])
    late = dated["published"] >= pd.Timestamp("2022-02-24", tz="UTC")
    assert (dated["extra_period"].str.startswith("since") == late).all()


def test_the_coding_lies_within_the_articles(tables):
    lengths = tables.articles.set_index("article_id")["text"].str.len()
    spans = pd.read_csv(STUDY / "gold" / "quote_spans.csv")
    assert (spans["end"] <= spans["article_id"].map(lengths)).all() and (spans["start"] < spans["end"]).all()


def test_the_validations_belong_to_the_tables(tables):
    summaries = analysis.validation.load_summaries(STUDY, tables)
    assert set(summaries) == {"themes", "voice", "sides"}
    assert {"before 24 Feb 2022", "all"} <= set(summaries["themes"]["means"]["extra_period"])


@needs_articles
def test_no_five_words_of_an_article_are_in_the_study(tables, articles):
    published = set().union(*map(runs, articles["text"])) | set().union(*map(runs, articles["title"]))
    frames = {name: tables.data(name).frame() for name in (*tables.further, "articles")}
    frames |= {name: getattr(tables, name) for name in ("quotes", "mentions", "themes", "relations")}
    frames |= {path.name: pd.read_csv(path) for path in STUDY.rglob("*.csv")}
    patterns = {pattern for theme in tables.study.codebook.themes for pattern in theme.patterns}
    cues = {cue for cue in tables.quotes["cue_lemma"].dropna().unique() if cue_entry(cue)}  # of the list
    for name, frame in frames.items():
        for column in frame.columns.difference(ADDRESSES):
            cells = {cell for cell in frame[column].dropna().unique() if isinstance(cell, str)}
            cells -= patterns | cues
            assert not [cell for cell in cells if runs(cell) & published], (name, column)


@needs_articles
def test_no_sentence_of_an_article_is_in_the_repository(articles):
    """Ten words in a row; names of offices are shorter."""
    published = set().union(*(runs(text, 10) for text in articles["text"]))
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        if name.endswith((".md", ".py", ".yml", ".csv", ".tsv", ".ipynb", ".jsonl", ".html")):
            assert not runs((ROOT / name).read_text(encoding="utf-8"), 10) & published, name


@needs_articles
def test_the_articles_give_back_every_span(tables, articles):
    chosen = tables.metadata["article_id"].iloc[::40]
    joined, report = analysis.join_texts(tables.select(chosen), articles)
    assert set(report["match"]) == {"same text"} and report["spans_lost"].sum() == 0
    assert (joined.quotes["cue"].dropna().str.fullmatch("x+")).sum() == 0
    for row in joined.mentions.head(200).itertuples():
        assert (
            joined.articles.set_index("article_id")["text"][row.article_id][row.start : row.end] == row.text
        )


@needs_articles
def test_the_coding_is_what_the_readers_wrote():
    made = coded_tables(SHARED / "coverage_coded")
    for name, table in made.items():
        written = pd.read_csv(StringIO(table.to_csv(index=False)))
        pd.testing.assert_frame_equal(pd.read_csv(STUDY / "gold" / f"{name}.csv"), written)
