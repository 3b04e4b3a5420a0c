"""The command line: `framing COMMAND`, one module per group of commands.

Exit status 0: done. 1: done, but some articles were refused (listed, and in rejects.csv). 2: wrong usage, or
input or output that cannot be used.
"""

from __future__ import annotations

import signal

from analysis.cli import (
    actors,
    apply,
    bench,
    code,
    codebook,
    collect,
    copying,
    export,
    inspect,
    join,
    run,
    start,
    validate,
)
from analysis.cli.app import app

_ORDER = (
    "init",
    "collect",
    "inspect_files",
    "run",
    "annotate",
    "add",
    "figures",
    "report",
    "lab",
    "notebooks",
    "sample",
    "code",
    "validate",
    "apply",
    "export",
    "join",
    "copy_results",
)
"""The order of work, in which `framing --help` lists the commands."""


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


app.registered_commands.sort(key=lambda command: _place(getattr(command.callback, "__name__", "")))

__all__ = [
    "actors",
    "app",
    "apply",
    "bench",
    "code",
    "codebook",
    "collect",
    "copying",
    "export",
    "inspect",
    "join",
    "main",
    "run",
    "start",
    "validate",
]


def main() -> None:
    """Entry point of the console script."""
    signal.signal(signal.SIGINT, _stop_once)
    app()


def _stop_once(*_: object) -> None:
    """Stop at the first Ctrl-C, and let nothing interrupt the stopping."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
