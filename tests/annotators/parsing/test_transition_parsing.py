"""Documents parsed side by side come out as spaCy parses them one by one."""

import pytest

from analysis.annotators.parsing.spacy_parser import load_model
from analysis.annotators.parsing.transition_parsing import predict_states
from tests.conftest import TEXT

TEXTS = [
    "",
    "One. Two, by Leyla Ansari of the Oman News Agency.",
    TEXT,
    "\n\n",
    "Mr. Putin’s “talks” (in Tehran) ...",
]


def read(doc):
    return [(token.text, token.head.i, token.dep_, token.ent_iob_, token.ent_type_) for token in doc]


@pytest.mark.parametrize("texts", [TEXTS, ["", " "], TEXTS[1:2]])
def test_documents_side_by_side_are_parsed_as_each_alone(texts):
    model = load_model()
    with model.select_pipes(enable=["tok2vec", "parser", "ner"]):
        expected = [read(model(text)) for text in texts]
    docs = [model.make_doc(text) for text in texts]
    tok2vec = model.get_pipe("tok2vec")
    tok2vec.set_annotations(docs, tok2vec.predict(docs))
    for name in ("parser", "ner"):
        component = model.get_pipe(name)
        component.set_annotations(docs, predict_states(component, docs))
    assert [read(doc) for doc in docs] == expected
