"""`framing actors`: suggestions can be pasted into actors.yml, whoever wrote the articles; names are explained."""

import shutil

import pytest
import yaml

import analysis
from analysis.world.rows import COLUMNS
from tests.cli.conftest import framing
from tests.conftest import DATA, record

NAMED = (
    "Oskar Lindqvist, a Russian geologist, met the minister on Monday. The talks went on for two hours and ended "
    "without a statement. “We shall meet again,” Oskar Lindqvist said in the evening.\x1b[31m\n\n"
)


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    import json

    path = tmp_path_factory.mktemp("suggest") / "articles.jsonl"
    rows = [record(0, text=f"{NAMED} First."), record(1, text=f"{NAMED} Second."), record(2)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_output_is_yaml_that_the_study_takes(articles, tmp_path):
    result = framing("actors", "suggest", articles, "--study", DATA)
    assert result.exit_code == 0, result.stderr
    assert "# Oskar Lindqvist: person, 2 articles, 4 mentions" in result.stdout
    assert "a Russian geologist, met the minister" in result.stdout
    assert "\x1b" not in result.stdout
    (entry,) = [entry for entry in yaml.safe_load(result.stdout) if entry["id"] == "oskar_lindqvist"]
    assert entry["side"] == "russia"
    assert "of 3 articles are not in actors.yml" in result.stderr

    study = tmp_path / "study"
    study.mkdir()
    for name in ("codebook.yml", "outlets.yml"):
        shutil.copy(DATA / name, study)
    listed = (DATA / "actors.yml").read_text("utf-8")
    pasted = listed.replace("\nactors:\n", f"\nactors:\n{result.stdout}", 1)
    (study / "actors.yml").write_text(pasted, encoding="utf-8")
    assert analysis.load_study(study).actors["oskar_lindqvist"].short == ("Lindqvist",)
    again = framing("actors", "suggest", articles, "--study", study)
    assert "Lindqvist" not in again.stdout


def test_results_are_searched_with_their_own_study(articles, tmp_path, study):
    tables = analysis.annotate(analysis.read_articles(str(articles)), study, progress=False)
    tables.save(tmp_path / "results")
    from_results = framing("actors", "suggest", tmp_path / "results")
    assert from_results.exit_code == 0, from_results.stderr
    assert from_results.stdout == framing("actors", "suggest", articles, "--study", DATA).stdout


def test_lines_for_world_tsv_are_read_once_the_empty_cells_are_filled(articles, tmp_path):
    shown = framing("actors", "suggest", articles, "--study", DATA, "--write", "world").stdout
    header, line = shown.splitlines()[:2]
    row = dict(zip(header.split("\t"), line.split("\t"), strict=True))
    assert set(row) == {*COLUMNS, "change", "note"} - {"source"}
    assert row["name"] == "Oskar Lindqvist" and row["change"] == "add" and "a guess" in row["note"]
    study = tmp_path / "study"
    shutil.copytree(DATA, study, ignore=shutil.ignore_patterns("articles", "gold"))
    lines = [header, "\t".join((row | {"country": "RU", "role_class": "private"}).values())]
    (study / "world.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    explained = framing("actors", "explain", "Oskar Lindqvist", "--study", study).stdout
    assert "private" in explained and "Russia" in explained


def test_limits_and_refusals(articles, write_jsonl, tmp_path):
    assert framing("actors", "suggest", articles, "--study", DATA, "--min-articles", "3").stdout == ""
    bare = framing("actors", "suggest", articles, "--study", DATA, "--contexts", "0", "--top", "1")
    assert "geologist, met" not in bare.stdout and len(yaml.safe_load(bare.stdout)) == 1
    refused = framing("actors", "suggest", write_jsonl(record(0), record(1, text="")), "--study", DATA)
    assert refused.exit_code == 1
    assert "1 article refused and not searched" in refused.stderr
    missing = framing("actors", "suggest", tmp_path / "nothing.csv", "--study", DATA)
    assert missing.exit_code == 2 and "nothing.csv" in missing.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Ken McCallum", "--date", "2024-10-08"),
         "Director General of MI5 (intelligence), 2020-04 to open, held on 2024-10-08"),
        (("Sergey Lavrov",), "Sergey Lavrov: actor 'lavrov' of the study (person), side 'russia'"),
        (("\x1b[31mNobody",), "Neither the study nor the world's actors know ' [31mNobody'."),
    ],
)  # fmt: skip
def test_a_name_is_explained(arguments, words):
    result = framing("actors", "explain", *arguments, "--study", DATA)
    assert result.exit_code == 0, result.stderr
    assert words in result.stdout


def test_a_date_that_is_none_and_a_missing_study_are_refused(tmp_path):
    result = framing("actors", "explain", "Sergey Lavrov", "--study", DATA, "--date", "soon")
    assert result.exit_code == 2 and "'soon' does not match" in result.stderr
    result = framing("actors", "explain", "Sergey Lavrov", "--study", tmp_path / "nowhere")
    assert result.exit_code == 2 and "no such study folder" in result.stderr
