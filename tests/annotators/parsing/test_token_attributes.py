"""Parts of speech and lemmas are those of spaCy's own components."""

import pytest

from analysis.annotators.parsing.spacy_parser import load_model
from analysis.annotators.parsing.token_attributes import TokenAttributes
from tests.conftest import TEXT

IN_CONTEXT = [
    "They're gonna talk; there's no deal, there were talks. Let's go, y'all. C'm on, I ain't got ta.",
    "He had done it. Did she have it? That, which they've said, isn't nothin'. But \n no one ca n't.",
    " \n\n ",
]


@pytest.fixture(scope="module")
def model():
    return load_model()


@pytest.fixture(scope="module")
def attributes(model):
    return TokenAttributes(model)


@pytest.mark.parametrize("text", [TEXT, *IN_CONTEXT, ""])
def test_attributes_are_those_of_spacys_components(model, attributes, text):
    with model.select_pipes(disable=["attribute_ruler", "lemmatizer", "ner"]):
        doc = model(text)
    found = attributes.of(doc)
    for name in ("attribute_ruler", "lemmatizer"):
        doc = model.get_pipe(name)(doc)
    assert found == [(token.lemma_, token.pos_, token.tag_, token.dep_) for token in doc]


def test_kept_forms_are_dropped_when_there_are_many(model, attributes, monkeypatch):
    doc = model(TEXT)
    expected = attributes.of(doc)
    monkeypatch.setattr("analysis.annotators.parsing.token_attributes._MOST", 1)
    assert attributes.of(model("Trade.")) and len(attributes._attributes) == 2
    assert attributes.of(doc) == expected
