"""Codebooks in YAML: our own, which holds everything, and quanteda's, a mapping of categories to lists of words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.errors import StudyError
from analysis.study.codebook import MAX_PATTERNS, SHAPE, Codebook
from analysis.study.formats.dictionary import MAX_DEPTH, Category, Dictionary, Notes, Term
from analysis.study.formats.losses import Losses
from analysis.study.yaml_files import load_yaml, place


def read(path: Path, notes: Notes) -> Dictionary | Codebook:
    """Read a YAML codebook; one with the key 'themes' is ours."""
    data = load_yaml(path)
    if not data:
        raise StudyError("the file holds nothing", path=path, where="line 1", remedy=SHAPE)
    if not isinstance(data, dict) or "themes" in data or "title" in data or _has_themes(data):
        return Codebook.from_data(data, path=path)
    if not any(isinstance(value, list | dict) for value in data.values()):
        key = str(next(iter(data)))
        raise StudyError(
            f"the key '{key}' is none of a codebook's",
            path=path,
            where=place(path, [key], data),
            remedy=f"{SHAPE}; a dictionary of quanteda has names of categories, each with a list of words",
        )
    _check_size(data, path)
    return Dictionary(path.stem, [_category(str(key), value, path) for key, value in data.items()], "*?")


def _has_themes(data: dict[Any, Any]) -> bool:
    """Whether there are themes as we write them, below a key with another name."""
    entries = (entry for value in data.values() if isinstance(value, list) for entry in value)
    return any(isinstance(entry, dict) and {"id", "patterns"} <= set(entry) for entry in entries)


def _check_size(data: Any, path: Path) -> None:
    """Refuse a file whose references (`*name`) unfold to more than any dictionary holds."""
    waiting, size = [data], 0
    while waiting:
        value = waiting.pop()
        size += 1
        if size > 2 * MAX_PATTERNS:
            raise StudyError(f"unfolds to more than {2 * MAX_PATTERNS:,} entries", path=path)
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _category(name: str, value: Any, path: Path, above: tuple[str, ...] = ()) -> Category:
    where = " > ".join([*above, name])
    if len(above) > MAX_DEPTH:
        raise StudyError(f"more than {MAX_DEPTH} levels", path=path, where=" > ".join(above[:3]))
    category = Category(name)
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            category.children += [_category(str(k), v, path, (*above, name)) for k, v in entry.items()]
        elif isinstance(entry, str | int | float) and not isinstance(entry, bool):
            category.terms.append(Term(str(entry)))
        elif entry is not None:
            raise StudyError(
                f"{type(entry).__name__}; expected words or named categories",
                path=path,
                where=where,
                remedy="words such as yes, no and on stand in quotation marks in YAML",
            )
    return category


def write(codebook: Codebook, losses: Losses) -> bytes:
    """A codebook as YAML: every key that is not empty."""
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
