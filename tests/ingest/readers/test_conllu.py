"""CoNLL-U: documents, paragraphs, and texts put together from tokens."""

import pytest

from analysis.ingest import read
from analysis.ingest.readers.conllu import read_conllu
from analysis.ingest.records import Refusal, UnreadableFile


def tokens(*forms):
    """Lines of tokens; a form with '+' has no space after it."""
    return "".join(
        f"{n}\t{form.rstrip('+')}\t_\t_\t_\t_\t0\t_\t_\t{'SpaceAfter=No' if form.endswith('+') else '_'}\n"
        for n, form in enumerate(forms, start=1)
    )


def items(tmp_path, text):
    (tmp_path / "a.conllu").write_text(text, encoding="utf-8")
    return list(read_conllu(tmp_path / "a.conllu"))


def texts(tmp_path, text):
    return [item.fields["text"] for item in items(tmp_path, text)]


def test_texts_are_put_together_from_tokens(tmp_path):
    text = f"{tokens('“+', 'No+', '”+', ',', 'she', 'said+', '.')}\n{tokens('They', 'left+', '.')}\n"
    assert texts(tmp_path, text) == ["“No”, she said. They left."]


def test_words_of_several_tokens_are_written_once_and_tokens_outside_the_text_never(tmp_path):
    lines = ["1-2\tdidn’t\t" + "_\t" * 7 + "_", "1\tdid\t" + "_\t" * 7 + "_", "2\tn’t\t" + "_\t" * 7 + "_",
             "2.1\tgo\t" + "_\t" * 7 + "_", "3\tgo\t" + "_\t" * 7 + "SpaceAfter=No"]  # fmt: skip
    assert texts(tmp_path, "\n".join(lines)) == ["didn’t go"]


def test_spaces_as_udpipe_writes_them(tmp_path):
    line = "1\tA\t" + "_\t" * 7 + r"SpacesAfter=\s\n" + "\n2\tb\t" + "_\t" * 7 + "_\n"
    assert texts(tmp_path, line) == ["A \nb"]


def test_paragraphs_and_documents(tmp_path):
    text = (
        f"# newdoc id = one\n# newpar\n# text = First.\n{tokens('First.')}\n# newpar\n{tokens('Second.')}\n"
        f"# newdoc\n{tokens('Third.')}\n# newdoc id = empty\n"
    )
    first, second, empty = items(tmp_path, text)
    assert (first.fields["text"], first.fields["article_id"]) == ("First.\n\nSecond.", "one")
    assert second.fields["text"] == "Third." and "article_id" not in second.fields
    assert (empty.row, empty.reason) == ("12", "no_text")


def test_a_line_that_is_no_token_refuses_its_document_alone(tmp_path):
    text = f"# newdoc id = a\n{tokens('Whole.')}\n# newdoc id = b\n1\tHalf\n\n"
    whole, half = items(tmp_path, text)
    assert whole.fields["text"] == "Whole."
    assert isinstance(half, Refusal) and "line 5 has 2 columns instead of 10" in half.detail


def test_columns_may_be_named(tmp_path):
    text = "# global.columns = ID FORM MISC\n1\tA\tSpaceAfter=No\n2\tb\t_\n"
    assert texts(tmp_path, text) == ["Ab"]


def test_a_long_file_without_documents_is_refused(tmp_path):
    (tmp_path / "a.conllu").write_text(f"{tokens(*['word'] * 10)}\n" * 2_001, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"20,010 words .*newdoc"):
        read(tmp_path / "a.conllu")


def test_a_file_without_sentences_is_refused(tmp_path):
    (tmp_path / "a.conllu").write_text("# global.columns = ID FORM\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="no sentence"):
        read(tmp_path / "a.conllu")
