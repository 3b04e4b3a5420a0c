"""The sentence of each row: the right one, and rows unchanged."""

from analysis.evidence.sentences import with_sentences


def test_rows_get_the_outlet_and_the_sentence_that_they_are_in(made_up):
    found = with_sentences(made_up.themes, made_up)
    assert found["sentence_text"].tolist() == [
        "“No more sanctions on wheat,” the envoy said.",
        "Sanctions bite, <b>they</b> say.",
    ]
    assert found["outlet"].tolist() == ["Harbour News", "Harbour News"]


def test_rows_keep_their_order_and_columns(made_up):
    rows = made_up.themes.iloc[::-1]
    found = with_sentences(rows, made_up)
    assert found["start"].tolist() == rows["start"].tolist()
    assert found[list(rows.columns)].equals(rows.reset_index(drop=True))


def test_no_rows(made_up):
    found = with_sentences(made_up.themes.iloc[:0], made_up)
    assert found.empty and "sentence_text" in found
