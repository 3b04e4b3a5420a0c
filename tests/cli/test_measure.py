"""A second run never replaces other results by accident."""

import json
import shutil

import pytest

from analysis.annotators import pipeline
from analysis.provenance import read_run
from tests.cli.conftest import framing
from tests.conftest import DATA, record


@pytest.fixture
def out(write_jsonl, tmp_path):
    """A results folder of one article."""
    folder = tmp_path / "out"
    assert framing("annotate", write_jsonl(record(1)), "--study", DATA, "--out", folder).exit_code == 0
    return folder


def annotate(source, out, *options, study=DATA):
    return framing("annotate", source, "--study", study, "--out", out, *options)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_same_articles_may_be_measured_again(out, write_jsonl):
    assert annotate(write_jsonl(record(1)), out).exit_code == 0


@pytest.mark.parametrize("options", [[], ["--resume"]], ids=["plain", "resume"])
def test_results_of_other_articles_stay_and_the_message_names_the_ways_out(out, write_jsonl, options):
    before = contents(out)
    result = annotate(write_jsonl(record(2)), out, *options)
    assert result.exit_code == 2
    assert f"{out}: holds the results of other articles" in result.stderr
    for way in ("--overwrite", "--out", "framing add"):
        assert way in result.stderr
    assert contents(out) == before


@pytest.mark.parametrize("options", [[], ["--resume"]], ids=["plain", "resume"])
def test_after_a_change_of_the_study_the_message_names_framing_apply(out, write_jsonl, tmp_path, options):
    study = shutil.copytree(DATA, tmp_path / "study", ignore=shutil.ignore_patterns("articles", "coverage"))
    codebook = study / "codebook.yml"
    codebook.write_text(
        codebook.read_text(encoding="utf-8").replace("title: ", "title: New "), encoding="utf-8"
    )
    result = annotate(write_jsonl(record(1)), out, *options, study=study)
    assert result.exit_code == 2
    assert f"framing apply {out} --study" in result.stderr
    assert "--resume" not in result.stderr


def test_overwrite_replaces_them(out, write_jsonl):
    assert annotate(write_jsonl(record(2), record(3)), out, "--overwrite").exit_code == 0
    assert read_run(out / "run.json")["n_articles"] == 2


@pytest.mark.parametrize(
    ("key", "said"), [("study", "another study"), ("code", "another version of the toolkit")]
)
def test_the_message_says_what_is_different(out, write_jsonl, key, said):
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    (out / "run.json").write_text(json.dumps({**run, key: "x", "fingerprint": "x"}), encoding="utf-8")
    result = annotate(write_jsonl(record(1)), out)
    assert result.exit_code == 2
    assert said in result.stderr


def test_what_a_stopped_run_has_finished_is_not_thrown_away(write_jsonl, tmp_path, monkeypatch):
    def stopped(articles, study):
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.annotators.shard.CHUNK", 1)
    batch, out = pipeline.annotate_batch, tmp_path / "out"
    monkeypatch.setattr(
        pipeline,
        "annotate_batch",
        lambda a, study: stopped(a, study) if a[0].article_id == "a2" else batch(a, study),
    )
    assert annotate(write_jsonl(record(1), record(2)), out, "--workers", "1").exit_code == 130
    monkeypatch.setattr(pipeline, "annotate_batch", batch)
    result = annotate(write_jsonl(record(1)), out)
    assert result.exit_code == 2
    assert "a stopped run has finished" in result.stderr
    assert annotate(write_jsonl(record(1)), out, "--resume").exit_code == 0
    assert contents(out).keys() == {"rejects.csv", "run.json"}


def test_shares_are_measured_by_themselves_and_joined_at_the_end(write_jsonl, tmp_path):
    source, out = write_jsonl(record(1)), tmp_path / "out"
    first = annotate(source, out, "--shard", "1/2")
    assert first.exit_code == 0
    assert "without --shard" in first.stdout
    assert annotate(source, out, "--shard", "2/2").exit_code == 0
    assert not (out / "run.json").exists()
    assert "1 article measured" in annotate(source, out, "--resume").stdout


@pytest.mark.parametrize("share", ["0/2", "3/2", "half", "1"])
def test_a_share_that_is_none_is_named(write_jsonl, tmp_path, share):
    result = annotate(write_jsonl(record(1)), tmp_path / "out", "--shard", share)
    assert result.exit_code == 2
    assert f"--shard is '{share}'" in result.stderr


def test_articles_are_added(out, write_jsonl):
    result = framing("add", out, write_jsonl(record(1), record(2), name="more.jsonl"))
    assert result.exit_code == 0
    assert f"1 new, 1 already measured; 2 articles in {out}" in result.stdout


def test_only_what_was_refused_of_the_further_articles_is_told(out, write_jsonl):
    first = framing("add", out, write_jsonl(record(3, text=""), name="empty.jsonl"))
    assert first.exit_code == 1 and "1 article refused (" in first.stderr
    again = framing("add", out, write_jsonl(record(1), name="known.jsonl"))
    assert again.exit_code == 0 and "refused" not in again.stderr


def test_an_address_is_no_folder(write_jsonl):
    result = annotate(write_jsonl(record(1)), "s3://bucket/results")
    assert result.exit_code == 2
    assert "into a folder, not to an address" in result.stderr
