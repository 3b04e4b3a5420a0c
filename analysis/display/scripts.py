"""JavaScript modules of the package as one inline script: no build step, no files beside the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

_IMPORT = re.compile(r"^import .*? from .*?;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const )", re.MULTILINE)


def inline_script(modules: Sequence[Path], *, last: str = "") -> str:
    """Join ES modules into one script with a scope of its own.

    Modules import one another only by name, so imports can be left out once all are in the same scope.

    Parameters
    ----------
    modules : sequence of pathlib.Path
        In the order of their imports, the imported ones first. They may only use ``import { ... } from`` and
        ``export const`` at the beginning of a line.
    last : str, optional
        Statements to run at the end, in the same scope.

    Returns
    -------
    str
        A classic script that defines nothing outside its own scope.
    """
    return f'(() => {{\n"use strict";\n{joined_modules(modules)}{last}\n}})();'


def joined_modules(modules: Sequence[Path]) -> str:
    """Join ES modules in one scope, without their imports and exports; see `inline_script`."""
    parts = (_EXPORT.sub("", _IMPORT.sub("", path.read_text(encoding="utf-8"))) for path in modules)
    return "".join(part.strip() + "\n" for part in parts)
