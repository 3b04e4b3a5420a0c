"""What Sphinx has to be told about the docstrings of this project."""

from __future__ import annotations

from typing import Any


def list_references(_app: Any, _what: str, _name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """Make a list of the lines below `References`: one work a line, longer ones indented as in a bibliography."""
    for number, line in enumerate(lines[:-1]):
        if line.strip() == "References" and _is_underline(lines[number + 1]):
            first = number + 2
            last = next((n for n in range(first, len(lines) - 1) if _is_underline(lines[n + 1])), len(lines))
            lines[first:last] = ["", *map(_item, lines[first:last])]
            return


def _is_underline(line: str) -> bool:
    return set(line.strip()) == {"-"}


def _item(line: str) -> str:
    if not line.strip() or line.startswith(".."):
        return line
    return f"  {line.strip()}" if line[0].isspace() else f"- {line}"
