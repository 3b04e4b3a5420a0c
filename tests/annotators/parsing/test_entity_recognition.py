"""Entities are those that spaCy finds."""

import pytest

from analysis.annotators.parsing.entity_recognition import find_entities
from analysis.annotators.parsing.spacy_parser import load_model
from tests.conftest import TEXT

TEXTS = [
    "",
    TEXT,
    "\n\n",
    "Leyla Ansari of the Oman News Agency met the Bank of New South Wales\n\nand Hassan\n Rouhani in New York",
    "The United Arab Emirates",  # an entity up to the end of the text
    "Tehran",
]


@pytest.mark.parametrize("texts", [TEXTS, [""], TEXTS[4:]])
def test_entities_are_those_of_spacy(texts):
    model = load_model()
    with model.select_pipes(disable=["ner", "attribute_ruler", "lemmatizer"]):
        docs = list(map(model, texts))
    recognizer = model.get_pipe("ner")
    found = list(find_entities(recognizer, docs))
    recognized = [[(e.start, e.end, e.label_) for e in recognizer(doc).ents] for doc in docs]
    assert found == recognized
    assert any(found) == any(text.strip() for text in texts)
