"""One module for each source format; each module has a `READER`.

A module that is put into this folder is found by itself. `records.Reader` says what a reader gives.
"""

from __future__ import annotations

import importlib
import pkgutil

from analysis.ingest.records import Reader

_MODULES = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
READERS: dict[str, Reader] = {
    suffix: module.READER for module in _MODULES for suffix in module.READER.suffixes
}
