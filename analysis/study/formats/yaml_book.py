"""Codebooks in YAML: our own format, and quanteda's mapping of categories to lists of words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.errors import StudyError
from analysis.study.codebook import EXPECTED, MAX_PATTERNS, Codebook
from analysis.study.formats.dictionary import MAX_DEPTH, Category, Dictionary, Notes, Term
from analysis.study.formats.losses import Losses
from analysis.study.yaml_files import load_yaml, place


def read(path: Path, notes: Notes) -> Dictionary | Codebook:
    """Read a YAML codebook. With the key 'themes' or 'title', it is in our own format."""
    data = load_yaml(path)
    if not data:
        raise StudyError("the file is empty", path=path, where="line 1", remedy=EXPECTED)
    if not isinstance(data, dict) or "themes" in data or "title" in data or _has_themes(data):
        return Codebook.from_data(data, path=path)
    if not any(isinstance(value, list | dict) for value in data.values()):
        key = str(next(iter(data)))
        raise StudyError(
            f"unknown key '{key}'",
            path=path,
            where=place(path, [key], data),
            remedy=f"{EXPECTED}; a quanteda dictionary has names of categories, each with a list of words",
        )
    _check_size(data, path)
    return Dictionary(path.stem, [_category(str(key), value, path) for key, value in data.items()], "*?")


def _has_themes(data: dict[Any, Any]) -> bool:
    """Whether there are themes in our format below a key with another name."""
    entries = (entry for value in data.values() if isinstance(value, list) for entry in value)
    return any(isinstance(entry, dict) and {"id", "patterns"} <= set(entry) for entry in entries)


def _check_size(data: Any, path: Path) -> None:
    """Refuse a file whose references (`*name`) expand to too many entries."""
    waiting, size = [data], 0
    while waiting:
        value = waiting.pop()
        size += 1
        if size > 2 * MAX_PATTERNS:
            raise StudyError(
                f"the references in this file expand to more than {2 * MAX_PATTERNS:,} entries", path=path
            )
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _category(name: str, value: Any, path: Path, above: tuple[str, ...] = ()) -> Category:
    where = " > ".join([*above, name])
    if len(above) > MAX_DEPTH:
        raise StudyError(
            f"more than {MAX_DEPTH} levels of categories", path=path, where=" > ".join(above[:3])
        )
    category = Category(name)
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            category.children += [_category(str(k), v, path, (*above, name)) for k, v in entry.items()]
        elif isinstance(entry, str | int | float) and not isinstance(entry, bool):
            category.terms.append(Term(str(entry)))
        elif entry is not None:
            raise StudyError(
                f"expected words or named categories, found {entry!r:.40}",
                path=path,
                where=where,
                remedy="put words such as yes, no and on in quotation marks",
            )
    return category


def write(codebook: Codebook, losses: Losses) -> bytes:
    """Write a codebook as YAML with all keys that are not empty."""
    import yaml

    themes = [
        {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in theme.model_dump().items()
            if value
        }
        for theme in codebook.themes
    ]
    scope = {} if codebook.scope == "theme" else {"scope": codebook.scope}
    text = yaml.safe_dump(
        {"title": codebook.title, **scope, "themes": themes}, allow_unicode=True, sort_keys=False, width=110
    )
    return str(text).encode("utf-8")
