"""Floors under the quotes of news that is not ours: every fourth article of PolNeAR's dev split, by its scorer."""

import json
import shutil
import subprocess
import sys

import pytest

from analysis.annotators.parsing.spacy_parser import parse_many
from analysis.annotators.quotes.extract import quote_records
from analysis.schemas import ROLES
from tests.conftest import DATA

SHARED = DATA.parent.parent / "shared"
SPLIT, SCORER = SHARED / "data" / "polnear" / "dev", SHARED / "eval" / "score_quotes.py"
# Measured on these 21: 77.8, 94.4, 96.6; on all 84: 74.8, 87.8, 94.9.
FLOORS = {"end to end": 76.5, "quoted": 92.5, "source": 95.5}


@pytest.mark.slow
def test_floors_on_news_with_all_layers(tmp_path):
    if not (SPLIT.is_dir() and SCORER.is_file()):
        pytest.skip(f"PolNeAR ({SPLIT}) or its scorer is not here; neither is part of the repository")
    paths = sorted((SPLIT / "text").glob("*.txt"))[::4]
    for part in ("text", "attributions"):
        (tmp_path / part).mkdir()
    for path in paths:
        shutil.copy(path, tmp_path / "text")
        for coded in (SPLIT / "attributions").glob(f"{path.stem}_*.ann"):
            shutil.copy(coded, tmp_path / "attributions")
    texts = [(path.read_bytes().decode("utf-8"), None) for path in paths]
    with (tmp_path / "found.jsonl").open("w", encoding="utf-8") as out:
        for path, document in zip(paths, parse_many(texts), strict=True):
            quotes = [dict(zip(ROLES, record.spans, strict=True)) for record in quote_records(document)]
            out.write(json.dumps({"article_id": path.stem, "quotes": quotes}) + "\n")
    command = [sys.executable, SCORER, tmp_path / "found.jsonl", tmp_path, "--json", tmp_path / "scores.json"]
    subprocess.run(command, check=True, capture_output=True)
    scores = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    reached = {
        "end to end": scores["end_to_end"]["F"],
        "quoted": scores["quoted_e2e"]["F"],
        "source": scores["source_accuracy"],
    }
    assert {name: score for name, score in reached.items() if score < FLOORS[name]} == {}, reached
