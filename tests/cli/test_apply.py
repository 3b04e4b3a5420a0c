"""`framing apply`: a changed study and corrections, and their exit statuses."""

import json
import shutil

import pandas as pd

import analysis
from analysis.revision.corrections import CORRECTIONS_FILE, add_correction
from tests.cli.conftest import framing
from tests.conftest import DATA


def test_a_changed_study_and_corrections_are_applied(results, tmp_path):
    folder, study = tmp_path / "results", tmp_path / "study"
    shutil.copytree(results, folder)
    shutil.copytree(DATA, study, ignore=shutil.ignore_patterns("articles", "gold"))
    before = analysis.load_tables(folder)
    book = (study / "codebook.yml").read_text(encoding="utf-8")
    (study / "codebook.yml").write_text(book.replace("      - Idlib\n", "      - envoys\n"), encoding="utf-8")
    quote = before.quotes.iloc[0]
    add_correction(folder / CORRECTIONS_FILE, before, quote["quote_id"], "quotes.speaker", "zarif", who="ann")
    done = framing("apply", folder, "--study", study, "--workers", 1)
    assert done.exit_code == 0, done.stderr
    assert "1 correction applied" in done.stdout
    after = analysis.load_tables(folder)
    assert after.study.fingerprint() == analysis.load_study(study).fingerprint() == after.run["study"]
    assert (after.themes["text"].str.casefold() == "envoys").sum() >= 2
    assert after.quotes.iloc[0]["side"] == "iran"

    (folder / CORRECTIONS_FILE).unlink()
    assert framing("apply", folder, "--study", DATA, "--workers", 1).exit_code == 0
    again = analysis.load_tables(folder)
    assert again.run == before.run
    pd.testing.assert_frame_equal(again.quotes, before.quotes)
    pd.testing.assert_frame_equal(again.themes, before.themes)


def test_corrections_that_do_not_fit_are_listed(results, tmp_path):
    folder = tmp_path / "results"
    shutil.copytree(results, folder)
    lines = [
        "row,column,old,new,who,when",
        "a1-q0000,quotes.side,mars,iran,ann,",
        "x-q1,quotes.side,,iran,ann,",
    ]
    (tmp_path / "mine.csv").write_text("\n".join(lines), encoding="utf-8")
    done = framing("apply", folder, "--corrections", tmp_path / "mine.csv")
    assert done.exit_code == 1
    assert "0 corrections applied" in done.stdout
    assert "2 of the corrections" in done.stderr and "quotes.side of x-q1 no longer exists" in done.stderr
    assert len(json.loads((folder / "run.json").read_text(encoding="utf-8"))["corrections"]["stale"]) == 2
