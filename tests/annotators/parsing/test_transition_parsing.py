"""Documents parsed side by side come out as spaCy parses them one by one."""

import pytest

from analysis.annotators.parsing.spacy_parser import load_model
from analysis.annotators.parsing.token_vectors import token_vectors
from analysis.annotators.parsing.transition_parsing import predict_states
from tests.conftest import TEXT

TEXTS = [
    "",
    "One. Two, by Leyla Ansari of the Oman News Agency.",
    TEXT,
    "\n\n",
    "Mr. Putin’s “talks” (in Tehran) ...",
]


@pytest.mark.parametrize("texts", [TEXTS, ["", " "], TEXTS[1:2]])
def test_documents_side_by_side_are_parsed_as_each_alone(texts):
    model = load_model()
    with model.select_pipes(enable=["tok2vec", "parser"]):
        expected = [[(token.head.i, token.dep_) for token in model(text)] for text in texts]
    docs = [model.make_doc(text) for text in texts]
    parser = model.get_pipe("parser")
    vectors = token_vectors(model.get_pipe("tok2vec").model, docs)
    parser.set_annotations(docs, predict_states(parser, docs, vectors))
    assert [[(token.head.i, token.dep_) for token in doc] for doc in docs] == expected


def test_documents_without_tokens():
    model = load_model()
    assert len(predict_states(model.get_pipe("parser"), [model.make_doc("")], [])) == 1
