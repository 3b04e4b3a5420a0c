"""Record where numbers come from: fingerprints of the input and the study, versions of libraries and models."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# Libraries that can change a number.
_LIBRARIES = (
    "pandas",
    "pyarrow",
    "numpy",
    "scipy",
    "spacy",
    "nltk",
    "vaderSentiment",
    "onnxruntime",
    "tokenizers",
    "pyahocorasick",
)
_MODELS = Path(__file__).parent / "models"


def fingerprint(*parts: str | bytes) -> str:
    """Return a short fingerprint (16 hex digits of BLAKE2b) of a sequence of texts."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def articles_fingerprint(parts: Iterable[pd.DataFrame]) -> str:
    """Return the fingerprint of what was measured: ids, outlets, dates, titles and texts.

    Parameters
    ----------
    parts : iterable of pandas.DataFrame
        The articles in pieces of any size and in any order.
    """
    columns = ["article_id", "outlet", "published", "title", "text"]
    rows = (row for part in parts for row in part[columns].itertuples(index=False))
    return fingerprint(*sorted(fingerprint(*map(str, row)) for row in rows))


def version() -> str:
    """Return the version of the toolkit."""
    return metadata.version("media-framing")


@cache
def model_fingerprints() -> dict[str, str]:
    """Return the fingerprint of every model of the toolkit with its settings, by its folder in `models`.

    eight_bit_sums.onnx is left out: it measures nothing and only tests how the processor adds.
    """
    return {
        path.parent.relative_to(_MODELS).as_posix(): fingerprint(
            *(path.with_name(name).read_bytes() for name in (path.name, "config.json", "tokenizer.json"))
        )
        for path in sorted(_MODELS.glob("**/model.onnx"))
    }


def library_versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that can change a number."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in _LIBRARIES}}


def run_record(
    parts: Iterable[pd.DataFrame], n_articles: int, study_fingerprint: str, language_model: str
) -> dict[str, Any]:
    """Return everything that determines the tables of a run, for run.json.

    Parameters
    ----------
    parts : iterable of pandas.DataFrame
        The articles that are measured, in pieces.
    n_articles : int
    study_fingerprint, language_model : str

    Returns
    -------
    dict
        The parts, and their joint fingerprint under "fingerprint". Equal fingerprints mean equal tables. No time of
        day is recorded, so that the same run gives the same file.
    """
    record: dict[str, Any] = {
        "toolkit": version(),
        "code": code_fingerprint(),
        "articles": articles_fingerprint(parts),
        "n_articles": n_articles,
        "study": study_fingerprint,
        "language_model": language_model,
        "models": model_fingerprints(),
        "libraries": library_versions(),
    }
    return {**record, "fingerprint": fingerprint_of(record)}


def fingerprint_of(parts: dict[str, Any]) -> str:
    """Return the joint fingerprint of the parts of a run's record."""
    return fingerprint(json.dumps(parts, sort_keys=True))


def environment_fingerprint(run: Mapping[str, Any]) -> str:
    """Return the fingerprint of what measured: everything in its record but articles and corrections."""
    others = {"articles", "n_articles", "fingerprint", "corrections"}
    return fingerprint(
        json.dumps({name: run[name] for name in sorted(run) if name not in others}, sort_keys=True)
    )


@cache
def code_fingerprint() -> str:
    """Return the fingerprint of the code that measures, so that a run is never resumed with other code."""
    package = Path(__file__).parent
    files = (*package.glob("annotators/**/*"), *package.glob("study/**/*"), *package.glob("*.py"))
    wanted = sorted(p for p in files if p.suffix in {".py", ".yml", ".csv", ".json"})
    return fingerprint(
        *(part for p in wanted for part in (p.relative_to(package).as_posix(), p.read_bytes()))
    )


def describe_run(run: dict[str, Any]) -> dict[str, str]:
    """Return the record of a run as one text per entry, for readers."""
    described = {
        name.replace("_", " "): ", ".join(f"{key} {part}" for key, part in sorted(value.items()))
        if isinstance(value, dict)
        else str(value)
        for name, value in sorted(run.items())
    }
    if "corrections" in run:
        stale = len(run["corrections"]["stale"])
        described["corrections"] = f"{n_corrections(run):,} applied, {stale:,} that do not fit the tables"
    return described


def n_corrections(run: dict[str, Any]) -> int:
    """Return the number of corrections by hand that the tables of a run hold."""
    return len(run.get("corrections", {}).get("applied", ()))


def corrections_note(run: dict[str, Any]) -> str:
    """Return a sentence on the corrections by hand that the numbers hold; empty if there are none."""
    n = n_corrections(run)
    return f"The numbers include {n:,} correction{'' if n == 1 else 's'} by hand." if n else ""


def published_run(run: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a run without the measured rows of corrections, which can hold words of articles."""
    if "corrections" not in run:
        return run
    corrections = {name: value for name, value in run["corrections"].items() if name != "rows"}
    return {**run, "corrections": corrections}


def read_run(path: Path) -> dict[str, Any]:
    """Return the record of a run from a results folder; empty if there is none."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}
