"""One module for each source format; each module has a `READER`.

A module that is put into this folder is found by itself. `records.Reader` says what a reader gives. `EXPORTS` are
recognised by their content, in the order of the modules' names; `READERS` go by the file name ending. Files of
`COMPANIONS` come with others that describe them.
"""

from __future__ import annotations

import importlib
import pkgutil

from analysis.ingest.records import Reader

_MODULES = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
_ALL: list[Reader] = [module.READER for module in _MODULES]
COMPANIONS: list[Reader] = [reader for reader in _ALL if reader.companions]
EXPORTS: list[Reader] = [reader for reader in _ALL if reader.recognises is not None]
READERS: dict[str, Reader] = {
    suffix: reader for reader in _ALL if reader.recognises is None for suffix in reader.suffixes
}
