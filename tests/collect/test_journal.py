"""The journal: what it notes is there again, a half line is not, and damage is a clear error."""

import pytest

from analysis.collect.journal import Visit, read_journal
from analysis.errors import ReadError
from analysis.ingest.url_lists import Listed

ONE, TWO = Listed("https://a.example/1", "Gazette", "Послы"), Listed("https://a.example/2")


def test_what_was_noted_is_there_again_and_a_half_line_is_cut_off(tmp_path):
    journal = read_journal(tmp_path / "j")
    assert journal.add_listed("feed", [ONE, TWO], ('"1"', "")) == 2
    assert journal.add_listed("other", [ONE]) == 0
    journal.add_visit(Visit(ONE.url, "saved", end=120))
    with (tmp_path / "j").open("ab") as stream:
        stream.write(b'{"visit": {"url"')
    again = read_journal(tmp_path / "j")
    assert again == journal and again.end == 120
    again.add_visit(Visit(TWO.url, "not_found"))
    assert read_journal(tmp_path / "j").pending() == []


def test_what_is_pending_depends_on_the_last_visit(tmp_path):
    journal = read_journal(tmp_path / "j")
    journal.add_listed("list", [ONE, TWO])
    journal.add_visit(Visit(ONE.url, "saved"))
    journal.add_visit(Visit(TWO.url, "busy", passing=True))
    assert journal.pending() == [TWO] and journal.pending(refresh=True) == [ONE, TWO]


@pytest.mark.parametrize(
    "line", ["no json", "[1]", '{"source": "a", "other": 1}', '{"visit": {"x": 1}}', "{}"]
)
def test_a_file_that_is_no_journal_is_a_clear_error(tmp_path, line):
    (tmp_path / "j").write_text(line + "\n")
    with pytest.raises(ReadError, match="line 1: not a line of a journal"):
        read_journal(tmp_path / "j")
