"""Where numbers come from: fingerprints of input and study, versions of programs and models."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# What can change a number; the rest of the environment only changes how it is shown.
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
    """A short fingerprint (16 hex digits of BLAKE2b) of some texts, each kept apart from the next."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def articles_fingerprint(articles: pd.DataFrame) -> str:
    """Fingerprint of what was measured: ids, outlets, dates, titles and texts, in order of the ids."""
    columns = ["article_id", "outlet", "published", "title", "text"]
    ordered = articles[columns].sort_values("article_id", kind="stable")
    return fingerprint(*(str(value) for row in ordered.itertuples(index=False) for value in row))


def version() -> str:
    """Version of the toolkit."""
    return metadata.version("media-framing")


@cache
def model_fingerprints() -> dict[str, str]:
    """Fingerprint of every model that ships with the toolkit, its settings included, by its folder under models.

    What else lies there measures nothing: eight_bit_sums.onnx only asks how the processor adds.
    """
    return {
        path.parent.relative_to(_MODELS).as_posix(): fingerprint(
            *(path.with_name(name).read_bytes() for name in (path.name, "config.json", "tokenizer.json"))
        )
        for path in sorted(_MODELS.glob("**/model.onnx"))
    }


def library_versions() -> dict[str, str]:
    """Versions of Python and of the libraries that can change a number."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in _LIBRARIES}}


def run_record(articles: pd.DataFrame, study_fingerprint: str, language_model: str) -> dict[str, Any]:
    """Everything that determines a run's tables, for run.json.

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles that are measured.
    study_fingerprint, language_model : str

    Returns
    -------
    dict
        The parts, and under "fingerprint" one fingerprint over them: equal fingerprints mean equal tables.
        No time of day is kept, so that the same run gives the same file.
    """
    parts: dict[str, Any] = {
        "toolkit": version(),
        "code": code_fingerprint(),
        "articles": articles_fingerprint(articles),
        "n_articles": len(articles),
        "study": study_fingerprint,
        "language_model": language_model,
        "models": model_fingerprints(),
        "libraries": library_versions(),
    }
    return {**parts, "fingerprint": fingerprint(json.dumps(parts, sort_keys=True))}


@cache
def code_fingerprint() -> str:
    """Fingerprint of the toolkit's own measuring code, so that a run is never resumed with other rules."""
    package = Path(__file__).parent
    files = (*package.glob("annotators/**/*"), *package.glob("study/**/*"), *package.glob("*.py"))
    wanted = sorted(p for p in files if p.suffix in {".py", ".yml", ".csv", ".json"})
    return fingerprint(
        *(part for p in wanted for part in (p.relative_to(package).as_posix(), p.read_bytes()))
    )


def read_run(path: Path) -> dict[str, Any]:
    """The record of a run that stands in a results folder; empty where there is none."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}
