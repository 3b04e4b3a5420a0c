"""What the command line says and does with input that cannot be used: clear, with the right exit status."""

import errno
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from tests.conftest import DATA, record

RUSSIAN = (
    "Президент России встретился с президентом Ирана в Ашхабаде. Стороны обсудили торговлю, транспорт и "
    "положение в Сирии, а также договорились продолжить переговоры о железной дороге."
)


@pytest.fixture
def framing(tmp_path):
    """Run the command line; returns exit status, standard output and standard error."""

    def run(*arguments, study=DATA, out=None):
        out = tmp_path / "out" if out is None else out
        result = CliRunner().invoke(
            app, ["annotate", *map(str, arguments), "--study", str(study), "--out", str(out)]
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def broken_study(tmp_path):
    """A copy of the study in which one piece of text of one file is replaced."""

    def make(name, old, new):
        folder = tmp_path / "study"
        shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("articles", "gold"))
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return make


def rejects(tmp_path):
    return pd.read_csv(tmp_path / "out" / "rejects.csv")


def test_good_input_exits_0(framing, write_jsonl):
    status, said, complaints = framing(write_jsonl(record()))
    assert (status, complaints) == (0, "")
    assert "1 article measured" in said


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("empty.jsonl", b"", "empty"),
        ("binary.csv", bytes(range(256)) * 40, "binary"),
        ("no_text.csv", b"headline,outlet\nA,B\n", "headline"),
    ],
)
def test_unusable_file_exits_2_and_names_it(framing, tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_bytes(content)
    status, _, complaints = framing(path)
    assert status == 2
    assert name in complaints
    assert expected in complaints
    assert "Traceback" not in complaints


def test_missing_folder_exits_2_and_names_it(framing, tmp_path):
    status, _, complaints = framing(tmp_path / "nowhere")
    assert status == 2
    assert "nowhere" in complaints


def test_repeated_id_keeps_the_first_and_lists_the_second(framing, write_jsonl, tmp_path):
    path = write_jsonl(record(1), record(1, text=record(2)["text"]), record(3))
    status, said, complaints = framing(path)
    assert status == 1
    assert "2 articles measured" in said
    assert "duplicate_id" in complaints
    listed = rejects(tmp_path)
    assert listed["reason"].tolist() == ["duplicate_id"]
    assert str(listed["row"].iloc[0]) == "2"
    assert path.name in listed["source_file"].iloc[0]


def test_article_of_5_megabytes_is_refused_and_the_others_measured(framing, write_jsonl, tmp_path):
    status, said, _ = framing(write_jsonl(record(1), record(2, text="A word of it. " * 360_000)))
    assert status == 1
    assert "1 article measured" in said
    assert rejects(tmp_path)["reason"].tolist() == ["too_long"]


def test_article_in_russian_is_refused_and_the_others_measured(framing, write_jsonl, tmp_path):
    status, said, _ = framing(write_jsonl(record(1), record(2, text=RUSSIAN)))
    assert status == 1
    assert "1 article measured" in said
    listed = rejects(tmp_path)
    assert listed["reason"].tolist() == ["language"]
    assert "ru" in listed["detail"].iloc[0]


def test_an_article_that_breaks_an_annotator_is_listed_and_the_others_measured(
    framing, write_jsonl, tmp_path, monkeypatch
):
    from analysis.annotators.themes import rows

    find = rows.find_themes

    def breaks(text, codebook, **options):
        if "Report number 2" in text:
            raise RuntimeError("out of tea")
        return find(text, codebook, **options)

    monkeypatch.setattr(rows, "find_themes", breaks)
    status, said, _ = framing(write_jsonl(record(1), record(2), record(3)))
    assert status == 1
    assert "2 articles measured" in said
    listed = rejects(tmp_path)
    assert listed["article_id"].tolist() == ["a2"]
    assert "out of tea" in listed["detail"].iloc[0]
    assert "a2" not in set(pd.read_parquet(tmp_path / "out" / "articles")["article_id"])


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("codebook.yml", "patterns:\n", "patterns:\n      - ''\n", ["patterns", "empty"]),
        ("codebook.yml", "patterns:\n", "patterns:\n      - '**'\n", ["patterns", "**"]),
        ("codebook.yml", "id: afghanistan", "id: sanctions", ["sanctions", "twice"]),
    ],
)
def test_broken_codebook_exits_2_and_names_the_key(
    framing, write_jsonl, broken_study, name, old, new, expected
):
    status, _, complaints = framing(write_jsonl(record()), study=broken_study(name, old, new))
    assert status == 2
    assert name in complaints
    for word in expected:
        assert word in complaints


def test_alias_of_two_actors_exits_2_and_names_both(framing, write_jsonl, broken_study):
    stanza = (
        "- {id: second_putin, name: Another Putin, kind: person, side: russia, aliases: [Vladimir Putin]}\n"
    )
    folder = broken_study("actors.yml", "- id: raisi\n", f"{stanza}  - id: raisi\n")
    status, _, complaints = framing(write_jsonl(record()), study=folder)
    assert status == 2
    for word in ("actors.yml", "Vladimir Putin", "putin", "second_putin"):
        assert word in complaints


def test_output_folder_that_cannot_be_made_exits_2(framing, write_jsonl, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    status, _, complaints = framing(write_jsonl(record()), out=tmp_path / "file" / "out")
    assert status == 2
    assert "cannot make this output folder" in complaints


def test_disk_error_half_way_loses_nothing(framing, write_jsonl, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.annotators.shard.CHUNK", 4)
    source = write_jsonl(*(record(i) for i in range(10)))
    replace, written = Path.replace, []

    def full_after_two(self, target):
        if self.name.endswith(".arrow.partial") and "known" not in self.name:
            if len(written) == 2:
                raise OSError(errno.ENOSPC, "No space left on device")
            written.append(self)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full_after_two)
    status, _, complaints = framing(source, "--workers", "1")
    assert status == 2
    assert "No space left on device" in complaints
    assert "--resume" in complaints
    assert not list((tmp_path / "out").rglob("*.partial"))
    assert len(list((tmp_path / "out").rglob("0*.arrow"))) == 2

    monkeypatch.setattr(Path, "replace", replace)
    measured = []
    from analysis.annotators import pipeline

    batch = pipeline.annotate_batch
    monkeypatch.setattr(pipeline, "annotate_batch", lambda a, study: measured.extend(a) or batch(a, study))
    status, said, _ = framing(source, "--resume", "--workers", "1")
    assert status == 0
    assert "10 articles measured" in said
    assert len(measured) == 10 - 8  # two batches of 4 were kept
    [resumed] = (tmp_path / "out" / "quotes").iterdir()
    assert framing(source, out=tmp_path / "afresh")[0] == 0
    assert resumed.read_bytes() == (tmp_path / "afresh" / "quotes" / resumed.name).read_bytes()
