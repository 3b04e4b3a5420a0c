"""Word lists of the rules, as data: one folder per language, one YAML file per subject.

Every file is read and checked here, once per process. In a list that is read with `words` or `alternation`, brackets
hold letters that may be missing: "analyst(s)" stands for "analyst" and "analysts".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

LANGUAGE = "en"


@cache
def lexicon(subject: str, language: str = LANGUAGE) -> Mapping[str, Any]:
    """Read and check one file.

    Parameters
    ----------
    subject : str
        Name of the file without `.yml`, for example "cues".
    language : str, default "en"
        ISO 639-1 code, the name of the folder.

    Returns
    -------
    mapping
        The contents of the file: names to lists of words, or to further mappings.

    Raises
    ------
    ValueError
        A list or a key holds something that is not text ("no", "on" and "yes" need quotes in YAML), or a list holds
        a word twice.
    """
    import yaml

    path = files(__name__).joinpath(language, f"{subject}.yml")
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for problem in _problems(data, ()):
        raise ValueError(f"{path}: {problem}")
    return data


@cache
def words(subject: str, *names: str, language: str = LANGUAGE) -> frozenset[str]:
    """Return the words of one or several lists of a file as a set.

    Parameters
    ----------
    subject : str
        Name of the file without `.yml`.
    *names : str
        Names of lists in the file.
    language : str, default "en"

    Returns
    -------
    frozenset of str
    """
    entries = (entry for name in names for entry in lexicon(subject, language)[name])
    return frozenset(form for entry in entries for form in _forms(entry))


@cache
def alternation(subject: str, *names: str, language: str = LANGUAGE) -> str:
    """Return a regular expression that matches any word of some lists; see `words`.

    Where one word begins another, the longer one is tried first. The group is not captured. Case and word
    boundaries are left to the caller.
    """
    longest_first = sorted(words(subject, *names, language=language), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def not_after(subject: str, name: str, language: str = LANGUAGE) -> str:
    """Return a regular expression that refuses a word right after one of a list and a space; see `words`."""
    return "".join(f"(?<!{re.escape(word)} )" for word in sorted(words(subject, name, language=language)))


def _forms(entry: str) -> Iterator[str]:
    """All words that an entry with optional letters stands for: "analyst(s)"."""
    always_and_optional = re.split(r"\(([^()]*)\)", entry)
    choices = ([part] if place % 2 == 0 else ["", part] for place, part in enumerate(always_and_optional))
    yield from map("".join, product(*choices))


def _problems(value: Any, keys: tuple[str, ...]) -> Iterator[str]:
    where = " > ".join(keys)
    if isinstance(value, dict):
        for key, below in value.items():
            if not isinstance(key, str):
                yield f"{where}: the key {key!r} is not text; put it in quotes"
            else:
                yield from _problems(below, (*keys, key))
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from _problems(item, keys)
            elif not isinstance(item, str):
                yield f"{where}: {item!r} is not text; put it in quotes"
        forms = [form for item in value if isinstance(item, str) for form in _forms(item)]
        if repeated := sorted({form for form in forms if forms.count(form) > 1}):
            yield f"{where}: listed twice: {', '.join(repeated)}"
