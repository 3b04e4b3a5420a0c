"""Answers are saved when they are given, by coder, and can be taken back."""

import subprocess
import sys
import time

import pytest

from analysis.coding.store import CodingFile
from analysis.errors import FramingError, ReadError
from tests.coding.conftest import SIDES


def code(file, coder, unit, **answers):
    file.save(coder, unit, {"answers": answers}, seconds=10)


def test_coders_go_on_where_they_stopped_and_do_not_see_each_other(made_file):
    file = made_file()
    code(file, "ann", "u1", trade="yes")
    assert file.unit("ann").code == "u1"  # one question is open
    code(file, "ann", "u1", trade="yes", war="no")
    again = CodingFile(file.path)
    assert again.unit("ann").code == "u2" and again.unit("ben").code == "u1"
    assert again.unit("ben", 1).content == {}
    assert again.unit("ann", 1).content["answers"] == {"trade": "yes", "war": "no"}
    assert again.progress("ann") == {"total": 10, "done": 1, "remaining_seconds": 180}
    assert again.coders() == ["ann"]


def test_a_killed_process_loses_no_saved_answer(made_file):
    file = made_file()
    script = (
        "import os, sys; from analysis.coding.store import CodingFile\n"
        f"file = CodingFile({str(file.path)!r})\n"
        "file.save('ann', 'u1', {'answers': {'trade': 'yes', 'war': 'no'}})\n"
        "os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == -9
    assert CodingFile(file.path).contents("ann")["u1"]["answers"]["war"] == "no"


def test_undo_takes_back_one_save_after_the_other(made_file):
    file = made_file()
    code(file, "ann", "u1", trade="yes")
    code(file, "ann", "u1", trade="yes", war="no")
    assert file.undo("ann").content["answers"] == {"trade": "yes"}
    assert file.undo("ann").content == {}
    assert file.undo("ann") is None and file.coders() == []


def test_answers_have_the_form_of_a_coding_sheet(made_file):
    file = made_file(4, task="sides", questions=SIDES)
    code(file, "ann", "u1", quote="yes", speaker="the envoy", side="iran")
    code(file, "ann", "u2", quote="no")
    code(file, "ann", "u3", quote="unclear")
    answers = file.answers("ann")
    assert answers.index.tolist()[:2] == ["secret-1", "secret-2"]
    assert answers.iloc[:3]["side"].tolist() == ["iran", "outlet", "unclear"]
    assert answers.iloc[3].isna().all()
    assert file.progress("ann")["done"] == 3


def test_unknown_answers_units_and_names_are_refused(made_file):
    file = made_file()
    for coder, unit, content, message in (
        ("ann", "u1", {"answers": {"trade": "perhaps"}}, "'perhaps' is no answer to 'trade'"),
        ("ann", "u1", {"answers": {"peace": "yes"}}, "no question 'peace'"),
        ("ann", "u99", {"answers": {}}, "'u99' is not in this sample"),
        ("../ann", "u1", {"answers": {}}, "invalid name of a coder"),
    ):
        with pytest.raises(FramingError, match=message):
            file.save(coder, unit, content)
    assert file.coders() == []


def test_quotes_need_content_and_are_complete_when_the_coder_says_so(made_file):
    file = made_file(2, task="quotes")
    quote = {"content": [[6, 11]], "source": [[0, 5]], "speaker": "Ann Envoy", "side": "iran"}
    file.save("ann", "u1", {"quotes": [quote]})
    assert file.progress("ann")["done"] == 0
    file.save("ann", "u1", {"quotes": [quote], "done": True})
    assert file.progress("ann")["done"] == 1
    with pytest.raises(FramingError, match="no content"):
        file.save("ann", "u1", {"quotes": [{**quote, "content": []}]})
    with pytest.raises(FramingError, match="'mars' is no side"):
        file.save("ann", "u1", {"quotes": [{**quote, "side": "mars"}]})


def test_ten_thousand_units_are_saved_and_found_in_milliseconds(made_file):
    file = made_file(10_000)
    began = time.process_time()
    for number in range(20):
        unit = file.unit("ann")
        assert unit.position == number + 1
        code(file, "ann", unit.code, trade="yes", war="no")
        file.progress("ann")
    assert (time.process_time() - began) / 20 < 0.1


def test_a_file_is_never_overwritten_and_other_files_are_refused(made_file, tmp_path):
    made_file()
    with pytest.raises(FramingError, match="exists already"):
        made_file()
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    with pytest.raises(ReadError, match="no coding file"):
        CodingFile(tmp_path / "notes.txt")
    with pytest.raises(ReadError, match="there is no such"):
        CodingFile(tmp_path / "none.sqlite")
