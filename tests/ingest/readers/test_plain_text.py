"""Text files: the whole file is the text, its name is the id, and its folder is the outlet."""

import gzip

from analysis.ingest import read


def test_a_text_file_is_one_article_with_its_name_for_an_id(tmp_path):
    (tmp_path / "Gazette").mkdir()
    (tmp_path / "Gazette" / "port.txt").write_text("Envoys meet.\n\nThey talked.", encoding="utf-8")
    (article,) = read(tmp_path).articles.to_dict("records")
    assert (article["article_id"], article["outlet"]) == ("port", "Gazette")
    assert article["text"] == "Envoys meet.\n\nThey talked."


def test_a_compressed_text_file_is_read(tmp_path):
    (tmp_path / "port.txt.gz").write_bytes(gzip.compress(b"Envoys meet in the port."))
    assert read(tmp_path / "port.txt.gz").articles["article_id"].tolist() == ["port"]
