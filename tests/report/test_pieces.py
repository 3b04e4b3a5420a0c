"""Articles in pieces: in the page, or in files beside it that are replaced with it."""

import base64
import gzip
import json
import re

import pytest

from analysis.report.pieces import write_pieces

PAIR = ("russia", "iran")


def unpacked(packed):
    return json.loads(gzip.decompress(base64.b64decode(packed)))


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr("analysis.report.pieces.INLINE_ARTICLES", 20)
    monkeypatch.setattr("analysis.report.pieces.PIECE", 25)


def test_few_articles_stand_in_the_page(bundled, tmp_path):
    pieces = write_pieces(bundled, PAIR, tmp_path)
    (piece,) = map(unpacked, pieces.inline)
    assert len(piece["articles"]) == pieces.n_articles == 52 and pieces.index == {}
    texts = dict(zip((a["id"] for a in piece["articles"]), piece["texts"], strict=True))
    assert texts == bundled.articles.set_index("article_id")["text"].to_dict()
    assert list(tmp_path.iterdir()) == []


def test_many_are_files_and_an_index_says_which_to_load(bundled, tmp_path, small):
    pieces = write_pieces(bundled, PAIR, tmp_path)
    files = sorted((tmp_path / "articles").iterdir())
    assert [path.name for path in files] == ["piece-0000.js", "piece-0001.js", "piece-0002.js"]
    found = []
    for number, path in enumerate(files):
        call = re.fullmatch(r'framingPiece\((\d+),"([A-Za-z0-9+/=]+)"\);\n', path.read_text())
        articles = unpacked(call[2])["articles"]
        assert int(call[1]) == number
        values = {
            name: {pieces.index["values"][name][i] for i in known}
            for name, known in pieces.index["has"][number].items()
        }
        assert values["outlet"] == {article["outlet"] for article in articles}
        assert values["theme"] >= {hit[2] for article in articles for hit in article["themes"]}
        found += [article["id"] for article in articles]
    assert sorted(found) == sorted(bundled.articles["article_id"]) and pieces.inline == []


def test_articles_that_the_page_has_no_room_for_are_files(bundled, tmp_path):
    needed = sum(map(len, write_pieces(bundled, PAIR, tmp_path).inline))
    assert write_pieces(bundled, PAIR, tmp_path, room=needed + 100).inline
    pieces = write_pieces(bundled, PAIR, tmp_path, room=needed - 1)
    assert (
        pieces.inline == [] and len(pieces.index["has"]) == len(list((tmp_path / "articles").iterdir())) > 0
    )


def test_pieces_of_an_earlier_page_go_and_other_files_stay(bundled, tmp_path, small):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("piece-0007.js", "notes.txt"):
        (folder / name).touch()
    write_pieces(bundled, PAIR, tmp_path)
    names = {path.name for path in folder.iterdir()}
    assert "piece-0007.js" not in names and "notes.txt" in names and len(names) == 4
    first = (folder / "piece-0000.js").read_bytes()
    write_pieces(bundled, PAIR, tmp_path)
    assert (folder / "piece-0000.js").read_bytes() == first


def test_of_very_many_there_is_a_sample(bundled, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.report.pieces.MOST_ARTICLES", 3)
    assert write_pieces(bundled, PAIR, tmp_path).n_articles == 3


def test_without_text_the_marks_are_there_and_no_words(bundled, tmp_path):
    few = bundled.select(bundled.articles["article_id"].head(3))
    (piece,) = map(unpacked, write_pieces(few.without_text(), PAIR, tmp_path).inline)
    assert piece["texts"] == [""] * 3
    assert not {"source", "cue"} & {
        name for article in piece["articles"] for q in article["quotes"] for name in q
    }
    assert sum(len(article["themes"]) for article in piece["articles"]) == len(few.themes)
    assert {article["title"] for article in piece["articles"]} == {""}
