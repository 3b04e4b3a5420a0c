"""Reading the YAML files of a study: safely, within bounds, and with the line of what is wrong."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import StudyError

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 5_000_000  # a codebook of 100,000 patterns fits; a file of this size is no codebook
MAX_ALIASES = 200  # references (*name): enough for any study, too few for a "billion laughs" file


def load_yaml(path: Path | str) -> Any:
    """Read one YAML file.

    Only plain values are built (mappings, lists, text, numbers, dates, booleans); a tag that asks for a Python
    object is refused, and so is a key that stands twice in one mapping, of which YAML would keep only the last.

    Parameters
    ----------
    path : path

    Returns
    -------
    object
        What the file holds; None where it is empty.

    Raises
    ------
    StudyError
        The file is missing, too large, not UTF-8, not YAML, or repeats a key.
    """
    import yaml

    path = Path(path)
    text = _read(path)
    try:
        return yaml.load(text, Loader=_loader())  # noqa: S506  a subclass of SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}" if mark else None
        raise StudyError(error.problem or "not valid YAML", path=path, where=where) from None
    except yaml.YAMLError as error:
        raise StudyError(f"not valid YAML: {error}", path=path) from None
    except RecursionError:
        raise StudyError("nested too deeply", path=path, remedy="a study needs a few levels") from None


def _read(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise StudyError(f"{size:,} bytes; at most {MAX_BYTES:,} are read", path=path)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StudyError(
            f"byte {error.start} is not UTF-8", path=path, remedy="save the file as UTF-8"
        ) from None
    except FileNotFoundError:
        raise StudyError("no such file", path=path, remedy="a study folder holds this file") from None
    except OSError as error:
        raise StudyError(error.strerror or str(error), path=path) from None


def _loader() -> type[yaml.SafeLoader]:
    """A safe loader that refuses repeated keys and a flood of aliases."""
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
                    problem = f"the key '{key}' is already on line {seen[key]}"
                    raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
                if isinstance(key, Hashable):
                    seen[key] = line
            return super().construct_mapping(node, deep=deep)

    return Loader
