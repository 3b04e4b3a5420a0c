"""Base of the models that read a study's files, and validation errors in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from analysis.errors import StudyError
from analysis.study.yaml_files import place

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

_PATTERNS = {
    "id": "expected lower-case letters, digits and underscores, starting with a letter",
    "side": "expected the id of a side",
    "colour": "expected a colour as #RRGGBB",
}


class StudyModel(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def validation_error(error: ValidationError, data: dict[str, Any], path: Path | str | None) -> StudyError:
    """Turn a pydantic error into a message for the author of the file.

    Parameters
    ----------
    error : ValidationError
    data : dict
        Contents of the file.
    path : path, optional

    Returns
    -------
    StudyError
        The first problem with its place in the file. A misspelled key takes precedence, since it often causes others.
    """
    problems = error.errors()
    meant = [_meant(error.title, found["loc"]) if _is_extra(found) else None for found in problems]
    first = next((number for number, key in enumerate(meant) if key), 0)
    problem = problems[first]
    n_more = len(problems) - 1
    more = f"; {n_more} more problem{'s' if n_more > 1 else ''} in this file" if n_more else ""
    remedy = f"did you mean '{meant[first]}'?" if meant[first] else None
    if _is_extra(problem) and remedy is None:
        remedy = f"valid keys are {', '.join(_keys_at(error.title, problem['loc'][:-1]))}"
    if problem["type"] == "missing":
        remedy = f"add '{problem['loc'][-1]}: ...'"
    if problem["type"] == "string_type" and not isinstance(problem["input"], dict | list):
        remedy = "put it in quotation marks; without them, YAML does not read no, on and 2015 as text"
    where = place(path, problem["loc"], data)
    return StudyError(f"{_message(problem)}{more}", path=path, where=where, remedy=remedy)


def _message(problem: Any) -> str:
    """A pydantic problem in plain words."""
    kind = problem["type"]
    if kind.startswith("date"):
        return "expected a date such as 2024-03-31"
    return {
        "missing": "this key is required",
        "extra_forbidden": "unknown key",
        "string_too_short": "must not be empty",
        "too_short": f"too few entries; the minimum is {problem.get('ctx', {}).get('min_length', 1)}",
        "string_pattern_mismatch": _PATTERNS.get(str(problem["loc"][-1]), problem["msg"]),
        "string_type": f"expected text, found {problem['input']!r:.40}",
        "tuple_type": "expected a list such as [one, two]",
    }.get(kind, problem["msg"].replace("Input should be", "expected", 1))


def _is_extra(problem: Any) -> bool:
    return bool(problem["type"] == "extra_forbidden")


def _meant(model: str, loc: Sequence[str | int]) -> str | None:
    """The valid key that is most similar to an unknown one; None if none is similar."""
    near = get_close_matches(str(loc[-1]).lower(), _keys_at(model, loc[:-1]), n=1, cutoff=0.7)
    return near[0] if near else None


def _keys_at(model: str, loc: Sequence[str | int]) -> list[str]:
    """The valid keys of a mapping at a place in a study file."""
    here: type[BaseModel] = next(c for c in StudyModel.__subclasses__() if c.__name__ == model)
    for key in loc:
        field = here.model_fields.get(str(key))
        inner = (a for a in get_args(field.annotation) if isinstance(a, type)) if field else ()
        here = next((a for a in inner if issubclass(a, BaseModel)), here)
    return [field.alias or name for name, field in here.model_fields.items()]
