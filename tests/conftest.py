"""What several tests share: the bundled study, its tables, and small made-up articles."""

import json
from pathlib import Path

import pytest
from hypothesis import settings

import analysis
from analysis.ingest import read

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
TEXT = (
    "Envoys meet in the port\n\n"
    "The two sides met on Tuesday. “We want more trade with Iran,” a Russian diplomat said, “and fewer sanctions.” "
    "Officials in Tehran said that the talks about the railway had gone well.\n\n"
    "Russia and Iran have moved closer since the sanctions of the United States."
)


# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def study():
    return analysis.load_study(DATA)


@pytest.fixture(scope="session")
def bundled(study):
    """The tables of the bundled corpus, measured once per test process."""
    articles = read(str(DATA / "articles"), outlets=study.outlets).articles
    return analysis.annotate(articles, study, progress=False)


def record(number=0, **changes):
    """One made-up article as a record of a JSONL file."""
    return {
        "id": f"a{number}",
        "outlet": "Example Gazette",
        "date": "2022-06-29",
        "title": "Envoys meet in the port",
        "text": f"{TEXT} Report number {number}.",
        **changes,
    }


@pytest.fixture
def write_jsonl(tmp_path):
    """Write records into a JSONL file and return its path."""

    def write(*records, name="articles.jsonl"):
        path = tmp_path / name
        lines = (json.dumps(r, ensure_ascii=False) for r in records)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
