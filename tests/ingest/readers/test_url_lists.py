"""A list of addresses never becomes empty articles."""

import pytest

from analysis.errors import ReadError
from analysis.ingest import read


def test_a_list_of_addresses_is_refused_with_the_way_to_its_articles(tmp_path):
    (tmp_path / "stories.csv").write_text(
        "media_name,title,url\ngazette.example,Envoys,https://gazette.example/a\n"
    )
    with pytest.raises(
        ReadError, match=r"a list of 1 addresses without the texts .*framing collect stories.csv"
    ):
        read(tmp_path / "stories.csv")
    (tmp_path / "a.txt").write_text("The envoys met in the port on Wednesday and spoke about the railway.")
    found = read(tmp_path)
    assert list(found.rejects["reason"]) == ["url_list"] and len(found.articles) == 1


def test_a_list_whose_addresses_are_missing_does_not_stop_the_other_files(tmp_path):
    (tmp_path / "stories.csv").write_text("title,url\nEnvoys,\n")
    (tmp_path / "a.txt").write_text("The envoys met in the port on Wednesday and spoke about the railway.")
    found = read(tmp_path)
    assert list(found.rejects["reason"]) == ["url_list"] and len(found.articles) == 1
