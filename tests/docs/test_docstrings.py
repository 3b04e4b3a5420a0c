"""The examples in docstrings run and print what they say; the public API has them."""

import doctest
import importlib
import inspect
import re
from pathlib import Path

import pandas as pd
import pytest
from numpydoc.validate import validate

import analysis
from tests.conftest import ROOT
from tests.docs.examples import failures

# What a script calls most; a reader of the reference gets something to copy for each.
WITH_EXAMPLES = [
    "analysis.annotate",
    "analysis.annotators.quotes.extract.quotes",
    "analysis.annotators.themes.extract.themes",
    "analysis.annotators.tone.targets.tone",
    "analysis.validation.agreement.agreement",
    "analysis.validation.codebook_check.check_codebook",
    "analysis.validation.sampling.draw_sample",
    "analysis.validation.correction.corrected_differences",
    "analysis.validation.correction.corrected_means",
    "analysis.compare.inference.differences.differences",
    "analysis.evidence.sentences.with_sentences",
    "analysis.compare.words.keyness.keyness",
    "analysis.compare.words.keyness.keyness_of_counts",
    "analysis.evidence.kwic.kwic",
    "analysis.compare.words.log_odds.log_odds",
    "analysis.compare.measures.rates.quoted_shares",
    "analysis.compare.measures.rates.theme_prevalence",
    "analysis.compare.measures.rates.theme_rates",
    "analysis.compare.measures.rates.voice_shares",
    "analysis.compare.measures.wire_copy.deduplicate",
    "analysis.compare.measures.wire_copy.theme_comparisons",
    "analysis.validation.classification_scores.scores",
    "analysis.compare.measures.tone.polarity_index",
    "analysis.compare.words.word_counts.word_counts",
    "analysis.corpus.filters.select",
    "analysis.corpus.sampling.sample",
    "analysis.exports.files.export",
    "analysis.figures.draw.draw",
    "analysis.figures.draw.numbers_and_figure",
    "analysis.ingest.read_articles",
    "analysis.study.load_study",
    "analysis.tables.Tables",
    "analysis.tables.load_tables",
]


def modules():
    """Names of the modules that have examples."""
    for path in sorted(Path(ROOT, "analysis").rglob("*.py")):
        if ">>> " in path.read_text(encoding="utf-8"):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("name", list(modules()))
def test_examples_print_what_they_say(name, workplace):
    found = doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(name), name)
    tests = [test for test in found if test.examples]
    assert tests, "the examples stand where no docstring is"
    names = {"analysis": analysis, "pd": pd}
    said = [failures(test.docstring, {**test.globs, **names}, test.name) for test in tests]
    assert not any(said), "".join(said)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_public_api_has_examples(name):
    module, _, attribute = name.rpartition(".")
    assert ">>> " in vars(importlib.import_module(module))[attribute].__doc__


def test_examples_are_not_skipped():
    sources = {path: path.read_text(encoding="utf-8") for path in Path(ROOT, "analysis").rglob("*.py")}
    skipping = [path.name for path, text in sources.items() if "doctest: +SKIP" in text]
    assert skipping == ["data_frames.py"]  # `interactive_tables` changes pandas for the rest of the process


# The checks of numpydoc that public docstrings pass. Not required: parameters of a class, which lists its attributes;
# a type or a description that repeats the name, and "See Also".
CHECKS = {
    *("GL03", "GL05", "GL06", "GL07", "GL08", "GL09", "GL10"),
    *("PR01", "PR02", "PR05", "PR06", "PR08", "PR09", "PR10"),
    *("RT01", "RT02", "RT04", "RT05", "SS01", "SS02", "SS03", "SS04", "YD01"),
}
OF_FUNCTIONS = {"PR01", "RT01"}


def documented():
    """The functions and classes on the pages of docs/reference/, by their full names."""
    for page in sorted((ROOT / "docs" / "reference").glob("*.md")):
        directives = re.findall(
            r"\.\. auto(module|function|class):: (\S+)((?:\n +:.*)*)", page.read_text(encoding="utf-8")
        )
        for kind, name, options in directives:
            if kind != "module":
                module, _, attribute = name.rpartition(".")
                yield getattr(importlib.import_module(module), attribute)
            elif ":members:" in options:
                only = re.search(r":members: (\S.*)", options)
                module = importlib.import_module(name)
                yield from (
                    value
                    for key, value in vars(module).items()
                    if (inspect.isfunction(value) or inspect.isclass(value)) and value.__doc__
                    if (key in re.split(r",\s*", only[1]) if only else value.__module__ == name)
                    if not key.startswith("_")
                )


@pytest.mark.parametrize(
    "public",
    sorted({f"{o.__module__}.{o.__qualname__}": o for o in documented()}.items()),
    ids=lambda p: p[0],
)
def test_a_public_docstring_is_numpydoc(public):
    name, value = public
    checks = CHECKS - (OF_FUNCTIONS if inspect.isclass(value) else set())
    found = [f"{code}: {message}" for code, message in validate(name)["errors"] if code in checks]
    assert not found, "\n".join(found)
