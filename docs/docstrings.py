"""What Sphinx has to be told about the docstrings of this project."""

from __future__ import annotations

from typing import Any


def list_references(_app: Any, _what: str, _name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """Make a list of the lines below `References`: one work a line, longer ones indented as in a bibliography."""
    for number, line in enumerate(lines[:-1]):
        if line.strip() == "References" and set(lines[number + 1].strip()) == {"-"}:
            first = number + 2
            lines[first:] = ["", *map(_item, lines[first:])]
            return


def _item(line: str) -> str:
    if not line.strip() or line.startswith(".."):
        return line
    return f"  {line.strip()}" if line[0].isspace() else f"- {line}"
