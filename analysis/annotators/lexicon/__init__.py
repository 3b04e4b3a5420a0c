"""Word lists of the rules, as data: one folder per language, one YAML file per subject.

Every file is read and checked here, once per process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGE = "en"


@cache
def lexicon(subject: str, language: str = LANGUAGE) -> Mapping[str, Any]:
    """Everything in one file.

    Parameters
    ----------
    subject : str
        Name of the file without `.yml`, for example "cues".
    language : str, default "en"
        ISO 639-1 code, the name of the folder.

    Returns
    -------
    mapping
        As the file has it: names to lists of words, to mappings, or to further names.

    Raises
    ------
    ValueError
        A list holds something that is not text ("no", "on" and "yes" need quotes in YAML), or a word twice.
    """
    import yaml

    path = files(__name__).joinpath(language, f"{subject}.yml")
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for problem in _problems(data, ()):
        raise ValueError(f"{path}: {problem}")
    return data


@cache
def words(subject: str, name: str, language: str = LANGUAGE) -> frozenset[str]:
    """One list of words as a set; see `lexicon`."""
    return frozenset(lexicon(subject, language)[name])


def _problems(value: Any, keys: tuple[str, ...]) -> Iterator[str]:
    where = " > ".join(keys)
    if isinstance(value, dict):
        for key, below in value.items():
            if not isinstance(key, str):
                yield f"{where}: the key {key!r} is not text; put it in quotes"
            else:
                yield from _problems(below, (*keys, key))
    elif isinstance(value, list):
        texts = [item for item in value if isinstance(item, str)]
        for item in value:
            if isinstance(item, dict):
                yield from _problems(item, keys)
            elif not isinstance(item, str):
                yield f"{where}: {item!r} is not text; put it in quotes"
        if repeated := sorted({text for text in texts if texts.count(text) > 1}):
            yield f"{where}: listed twice: {', '.join(repeated)}"
