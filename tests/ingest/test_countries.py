"""Countries of outlets have one name each."""

import csv
import json
from pathlib import Path

import pytest

from analysis import load_study, read_articles
from analysis.ingest.countries import country_name

DATA = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("given", "name"),
    [("US", "United States"), ("us", "United States"), ("UK", "United Kingdom"), ("TR", "Turkey"),
     ("Türkiye", "Turkey"), ("Islamic Republic of Iran", "Iran"), ("Ruritania", "Ruritania"), ("", "")],
)  # fmt: skip
def test_one_name(given, name):
    assert country_name(given) == name


def test_the_list_is_sound_and_speaks_as_the_study_does():
    with (DATA / "analysis/ingest/countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["code"].casefold() for row in rows]
    assert len(set(codes)) == len(codes) > 240
    assert all(country_name(row["name"]) == row["name"] for row in rows), "a name is no other country's code"
    names = {row["name"] for row in rows}
    assert {outlet.country for outlet in load_study(DATA / "data").outlets.outlets} <= names | {None}


def test_codes_in_a_source_become_names(tmp_path):
    path = tmp_path / "a.jsonl"
    text = "The ferry sailed at noon and came back at night. " * 5
    lines = [
        {"outlet": f"Paper {i}", "country": code, "title": f"{i}", "text": text + str(i)}
        for i, code in enumerate(["US", "Chad"])
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert sorted(read_articles(path)["outlet_country"]) == ["Chad", "United States"]
