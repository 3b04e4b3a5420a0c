"""What happened when: days that figures mark, from the optional events.yml of a study."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from analysis.errors import StudyError
from analysis.study.actors import Name, _Model, _study_error
from analysis.study.yaml_files import load_yaml


class Event(_Model):
    """One event: its (first) day and what figures call it."""

    date: date
    label: Name


class Events(_Model):
    """The events of a study."""

    events: tuple[Event, ...] = ()

    @classmethod
    def load(cls, path: Path | str) -> Events:
        """Read and check an events.yml; StudyError where it does not hold what it should."""
        data = load_yaml(path)
        if not isinstance(data, dict):
            raise StudyError("expected the key 'events'", path=path)
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise _study_error(error, data, path) from None
