"""CoNLL-U: read back by our own reader, tokens on their words, trees with one root or more."""

from dataclasses import replace

import pytest

import analysis
from analysis.errors import FramingError


@pytest.fixture(scope="module")
def written(bundled, tmp_path_factory):
    few = bundled.select(bundled.articles["article_id"].iloc[:3])
    path = tmp_path_factory.mktemp("conllu") / "a.conllu"
    return few, analysis.export(few, path, to="conllu").files[0].read_text(encoding="utf-8")


def test_tokens_stand_on_their_words_and_heads_in_their_sentence(written):
    tables, content = written
    texts = tables.articles.set_index("article_id")["text"]
    article, tokens = None, 0
    for block in content.strip().split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        article = next(
            (line[14:] for line in block.splitlines() if line.startswith("# newdoc id = ")), article
        )
        assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
        assert any(row[6] == "0" and row[7] == "root" for row in rows)
        for row in rows:
            assert len(row) == 10 and all(row) and 0 <= int(row[6]) <= len(rows)
            place = dict(part.split("=") for part in row[9].split("|"))
            assert texts[article][int(place["start"]) : int(place["end"])] == row[1]
        tokens += len(rows)
    assert tokens > tables.articles["n_words"].sum()


def test_the_text_is_read_back(written, tmp_path):
    tables, content = written
    (tmp_path / "a.conllu").write_text(content, encoding="utf-8")
    articles = analysis.read_articles(tmp_path / "a.conllu")
    squeezed = ["".join(text.split()) for text in articles["text"]]
    assert sorted(squeezed) == sorted("".join(text.split()) for text in tables.articles["text"])


def test_tables_without_parses_are_refused(bundled, tmp_path):
    with pytest.raises(FramingError, match="no parses"):
        analysis.export(replace(bundled, further={}), tmp_path / "a.conllu", to="conllu")
