"""Results without the words of their articles, written to be published."""

import json

import pandas as pd
import pytest
import yaml

import analysis
from analysis.compare.measures.frames import dyad_sentences
from analysis.corpus import WORD
from analysis.errors import FramingError
from analysis.evidence import kwic
from analysis.figures import draw_figures

NEED_WORDS = ["adoption", "keyness", "log_odds_words", "tone_model_and_vader"]
SAME = [
    "who_is_quoted",
    "theme_rates",
    "themes_together",
    "relation_over_time",
    "relationship_frames",
    "voice_shares",
]


@pytest.fixture(scope="module")
def folder(bundled, tmp_path_factory):
    out = tmp_path_factory.mktemp("standoff") / "public"
    analysis.export(bundled, out, to="standoff")
    return out


@pytest.fixture(scope="module")
def public(folder):
    return analysis.load_tables(folder)


def test_no_five_words_of_an_article_are_in_any_file(folder, bundled):
    published = set()
    for text in bundled.articles["text"]:
        words = [word.lower() for word in WORD.findall(text)]
        published |= set(zip(*(words[first:] for first in range(5)), strict=False))
    files = [path for path in folder.rglob("*") if path.is_file() and "study" not in path.parts]
    assert len(files) > 10
    for path in files:
        if path.suffix == ".parquet":
            table = pd.read_parquet(path).drop(columns="pattern", errors="ignore")
            content = "\n".join("\n".join(table[c].dropna().astype("str")) for c in table)
        else:
            content = path.read_text(encoding="utf-8")
        words = [word.lower() for word in WORD.findall(content)]
        assert not published & set(zip(*(words[first:] for first in range(5)), strict=False)), path


def test_statistics_and_figures_of_spans_are_the_same(public, bundled):
    with_words = {drawn.entry.name: drawn.numbers for drawn in draw_figures(bundled, only=SAME)}
    without = {drawn.entry.name: drawn.numbers for drawn in draw_figures(public, only=SAME)}
    for name in SAME:
        assert without[name].equals(with_words[name]), name
    dyad = ("russia", "iran")
    assert dyad_sentences(public, dyad).equals(dyad_sentences(bundled, dyad))


def test_figures_that_need_words_say_so(public):
    for drawn in draw_figures(public, only=NEED_WORDS):
        assert "these tables have no texts" in drawn.why_not


def test_what_reads_words_is_refused(public, bundled, tmp_path):
    with pytest.raises(FramingError, match="have no texts, and a search for patterns reads the words"):
        kwic(public, pattern="sanction*")
    with pytest.raises(FramingError, match="have no texts, and the export as xlsx"):
        analysis.export(public, tmp_path / "a.xlsx", to="xlsx")
    with pytest.raises(FramingError, match="no texts"):
        public.without_text()
    with pytest.raises(FramingError, match="no texts, and the search for sentences"):
        dyad_sentences(bundled.without_text(), ("russia", "iran"))


def test_metadata_and_citation_can_be_read(folder):
    metadata = json.loads((folder / "dataset.jsonld").read_text(encoding="utf-8"))
    assert metadata["@type"] == "Dataset" and metadata["temporalCoverage"].count("/") == 1
    assert yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))["type"] == "dataset"
    assert "| Meridian Post | 7 |" in (folder / "README.md").read_text(encoding="utf-8")


def test_a_full_folder_is_not_written_over(folder, bundled):
    with pytest.raises(FramingError, match="already exists"):
        analysis.export(bundled, folder, to="standoff")
