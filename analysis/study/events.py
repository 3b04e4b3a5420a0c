"""Events that figures mark, from the optional events.yml of a study."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from analysis.errors import StudyError
from analysis.study.schema import Name, StudyModel, validation_error
from analysis.study.yaml_files import load_yaml


class Event(StudyModel):
    """One event: its first day, and its label in figures."""

    date: date
    label: Name


class Events(StudyModel):
    """The events of a study."""

    events: tuple[Event, ...] = ()

    @classmethod
    def load(cls, path: Path | str) -> Events:
        """Read and check an events.yml; StudyError if it is not valid."""
        data = load_yaml(path)
        if not isinstance(data, dict):
            raise StudyError(
                "the key 'events' is missing",
                path=path,
                remedy="write 'events:' and a list of dates and labels",
            )
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise validation_error(error, data, path) from None
