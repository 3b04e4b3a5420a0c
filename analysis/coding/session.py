"""Requests of the coding page and their answers, as JSON; the same in a browser and in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.coding.adjudication import disagreements, live_agreement
from analysis.coding.store import QUOTES, CodingFile, Unit, check_coder
from analysis.errors import FramingError

Json = dict[str, Any]
_ROLES = ("content", "source", "cue")


class Session:
    """One coder at work, or somebody who settles disagreements.

    Parameters
    ----------
    file : CodingFile
    coder : str
        Who codes. Answers of others are never sent to a coder.
    adjudicate : bool, default False
        Show the answers of all coders and keep decisions, instead of coding.
    """

    def __init__(self, file: CodingFile, coder: str, *, adjudicate: bool = False) -> None:
        check_coder(coder)
        self.file = file
        self.coder = coder
        self.adjudicate = adjudicate
        actions: dict[str, Callable[[Mapping[str, Any]], Json]] = {"open": self._open}
        if adjudicate:
            actions |= {"review": self._review, "decide": self._decide}
        else:
            actions |= {"unit": self._unit, "save": self._save, "undo": self._undo}
        self._actions = actions

    def handle(self, request: Any) -> Json:
        """Answer a request.

        Parameters
        ----------
        request : dict
            `do` names the action; the other keys are its arguments.

        Returns
        -------
        dict
            The answer; `{"error": message}` if the request cannot be carried out.
        """
        action = self._actions.get(request.get("do", "")) if isinstance(request, dict) else None
        if action is None:
            return {"error": "unknown request"}
        try:
            return action(request)
        except FramingError as error:
            return {"error": str(error)}
        except (KeyError, TypeError, ValueError) as error:
            return {"error": f"invalid request: {error}"}

    def _open(self, _: Mapping[str, Any]) -> Json:
        file = self.file
        about = {
            "task": file.task,
            "instruction": file.instruction,
            "questions": [{**asdict(question), "allowed": question.allowed} for question in file.questions],
            "names": file.actor_names,
            "sides": file.sides,
            "coder": self.coder,
            "adjudicate": self.adjudicate,
        }
        return about | (self._review({}) if self.adjudicate else self._shown(file.unit(self.coder)))

    def _unit(self, request: Mapping[str, Any]) -> Json:
        position = request.get("position")
        return self._shown(self.file.unit(self.coder, None if position is None else int(position)))

    def _save(self, request: Mapping[str, Any]) -> Json:
        content = dict(request["content"])
        if self.file.task == QUOTES:
            content["quotes"] = _moved(
                content.get("quotes", ()), PlainNewlines(self.file.text(request["code"])).original_offset
            )
        self.file.save(self.coder, str(request["code"]), content, seconds=float(request.get("seconds", 0)))
        return {"progress": self.file.progress(self.coder)}

    def _undo(self, _: Mapping[str, Any]) -> Json:
        unit = self.file.undo(self.coder)
        return {"nothing": True} if unit is None else self._shown(unit)

    def _shown(self, unit: Unit | None) -> Json:
        shown = None if unit is None else asdict(unit)
        if unit is not None and shown is not None and self.file.task == QUOTES:
            newlines = PlainNewlines(unit.text)
            shown["text"] = newlines.text
            quotes = _moved(unit.content.get("quotes", ()), newlines.plain_offset)
            shown["content"] = {**unit.content, "quotes": quotes}
        return {"unit": shown, "progress": self.file.progress(self.coder)}

    def _review(self, _: Mapping[str, Any]) -> Json:
        return {"agreement": live_agreement(self.file), "disagreements": disagreements(self.file)}

    def _decide(self, request: Mapping[str, Any]) -> Json:
        self.file.decide(
            str(request["code"]), str(request["question"]), str(request["answer"]), who=self.coder
        )
        return {"decided": True}


def _moved(quotes: Any, move: Callable[[int], int]) -> list[Json]:
    """Quotes with the offsets of another text."""
    return [
        {**quote, **{role: [[move(int(a)), move(int(b))] for a, b in quote.get(role, ())] for role in _ROLES}}
        for quote in quotes
    ]
