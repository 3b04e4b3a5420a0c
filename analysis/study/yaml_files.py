"""Safe reading of the YAML files of a study, with line numbers for error messages."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import StudyError

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 5_000_000  # more than a codebook of 100,000 patterns
MAX_ALIASES = 200  # references (*name); the limit stops "billion laughs" files
_SYNTAX = (
    "check this line and the one before it: put values with any of { } [ ] : # or with * & ! % @ at the start "
    "in quotation marks, close all brackets and quotation marks, and indent the keys of one entry equally"
)


def load_yaml(path: Path | str) -> Any:
    """Read one YAML file.

    Only plain values are created: mappings, lists, text, numbers, dates, booleans. Tags for Python objects are
    refused, and so are repeated keys in one mapping, of which YAML would keep only the last.

    Parameters
    ----------
    path : path

    Returns
    -------
    object
        The contents of the file; None if it is empty.

    Raises
    ------
    StudyError
        If the file is missing, too large, not UTF-8 or not valid YAML, or repeats a key.
    """
    import yaml

    path = Path(path)
    text = _read(path)
    try:
        return deepcopy(_parsed(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}" if mark else None
        remedy = None if type(error) is yaml.MarkedYAMLError else _SYNTAX  # our own messages need no remedy
        raise StudyError(error.problem or "not valid YAML", path=path, where=where, remedy=remedy) from None
    except yaml.YAMLError as error:
        raise StudyError(f"not valid YAML: {error}", path=path) from None
    except RecursionError:
        raise StudyError(
            "too many nested levels", path=path, remedy="study files need only a few levels"
        ) from None


@lru_cache(maxsize=16)
def _parsed(text: str) -> Any:
    """The contents of a file. They are kept: results have a copy of their study, and a large file takes a second."""
    import yaml

    return yaml.load(text, Loader=_loader())  # noqa: S506  a subclass of SafeLoader


def place(path: Path | str | None, keys: Sequence[str | int], data: Any) -> str:
    """Describe the place of an entry for error messages: "line 12, themes > sanctions > patterns, entry 2".

    Parameters
    ----------
    path : path, optional
        The YAML file in which the line is looked up.
    keys : sequence of str or int
        Keys, and positions from 0, that lead to the entry. If a key is missing, the line is that of its parent.
    data : object
        Contents of the file. Entries of lists are named by their id if they have one.
    """
    names: list[str] = []
    for level, key in enumerate(keys):
        data = _entry(data, key)
        if isinstance(key, str):
            names.append(key)
        elif level > 1 and names:
            names[-1] += f", entry {key + 1}"
        else:
            name = data.get("id") if isinstance(data, dict) else None
            names.append(str(name) if name else f"number {key + 1}")
    line = _line(Path(path), keys) if path is not None else None
    return ", ".join([*([f"line {line}"] if line else []), " > ".join(names)])


def _entry(data: Any, key: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(key)
    return data[key] if isinstance(data, list) and isinstance(key, int) and key < len(data) else None


def _line(path: Path, keys: Sequence[str | int]) -> int | None:
    """The line of an entry, or of its nearest existing parent; None if the file is not YAML."""
    import yaml

    if path.suffix.lower() not in (".yml", ".yaml") or not path.is_file():
        return None
    node = yaml.compose(_read(path), Loader=_loader())
    line = node.start_mark.line if node else 0
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = (node.value[key], node.value[key])
        else:
            found = None
        if found is None:
            break
        line, node = found[0].start_mark.line, found[1]
    return line + 1


def _read(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise StudyError(f"the file has {size:,} bytes; the maximum is {MAX_BYTES:,}", path=path)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StudyError(
            f"byte {error.start} is not UTF-8", path=path, remedy="save the file as UTF-8"
        ) from None
    except FileNotFoundError:
        raise StudyError("no such file", path=path, remedy="every study folder needs this file") from None
    except OSError as error:
        raise StudyError(error.strerror or str(error), path=path) from None


def _loader() -> type[yaml.SafeLoader]:
    """A safe loader that refuses repeated keys and too many references."""
    import yaml

    class Loader(yaml.SafeLoader):
        def __init__(self, stream: Any) -> None:
            super().__init__(stream)
            self.references = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                self.references += 1
                if self.references > MAX_ALIASES:
                    mark = self.peek_event().start_mark
                    raise yaml.MarkedYAMLError(
                        problem=f"more than {MAX_ALIASES} references", problem_mark=mark
                    )
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
            seen: dict[Hashable, int] = {}
            for key_node, _ in node.value:
                if key_node.tag == "tag:yaml.org,2002:merge":
                    continue
                key = self.construct_object(key_node, deep=True)
                line = key_node.start_mark.line + 1
                if isinstance(key, Hashable) and key in seen:
                    problem = f"repeated key '{key}'; it is already on line {seen[key]}"
                    raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
                if isinstance(key, Hashable):
                    seen[key] = line
            return super().construct_mapping(node, deep=deep)

    return Loader
