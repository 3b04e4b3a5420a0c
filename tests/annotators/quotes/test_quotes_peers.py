"""The benchmark that sets quotes beside those of other systems."""

import json
import sys

import pytest

from benchmarks import quotes as benchmark

TEXT = (
    "Anna Weber came late. “The bridge will open in spring,” Anna Weber said.\n\nNo one else spoke of “it”."
)


def test_the_baseline_takes_the_nearest_name_of_the_paragraph():
    first, second = benchmark.quoted_beside_a_name(TEXT)
    name = TEXT.rindex("Anna Weber")
    assert first["source"] == [[name, name + len("Anna Weber")]]
    assert [TEXT[slice(*span)] for span in first["content"]] == ["The bridge will open in spring,"]
    assert second == {"content": [[TEXT.rindex("it"), TEXT.rindex("it") + 2]], "source": [], "cue": []}


@pytest.mark.parametrize(
    ("python", "reason"),
    [(None, "no --peers"), ("no/such/python", "does not run"), (sys.executable, "textacy")],
)
def test_a_system_that_is_not_installed_says_so(python, reason):
    answer = benchmark.textacy([TEXT], python)
    assert reason in answer.refused and not answer.quotes


def test_the_command_writes_predictions_and_times(tmp_path, capsys):
    (tmp_path / "text").mkdir()
    # Bytes, so that line ends reach the offsets as they are.
    (tmp_path / "text" / "one.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    benchmark.main([str(tmp_path), "--out", str(tmp_path / "out")])
    said = capsys.readouterr().out
    assert all(system in said for system in ("framing", "tagger", "regex", "not measured: no --peers"))
    for system in ("framing", "tagger", "regex"):
        (line,) = map(json.loads, (tmp_path / "out" / f"{system}.jsonl").read_text().splitlines())
        assert line["article_id"] == "one"
        assert any(
            "will open" in TEXT[start:end] for found in line["quotes"] for start, end in found["content"]
        )


def test_a_split_without_texts_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit):
        benchmark.main([str(tmp_path), "--out", str(tmp_path)])
    assert "holds no text" in capsys.readouterr().err
