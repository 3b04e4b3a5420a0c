"""The command line: `framing COMMAND`, one module per group of commands.

Exit status 0: done. 1: done, but some articles were refused (listed, and in rejects.csv). 2: wrong usage, or
input or output that cannot be used.
"""

from __future__ import annotations

from analysis.cli import actors, bench, codebook, export, run, start, validate
from analysis.cli.app import app

__all__ = ["actors", "app", "bench", "codebook", "export", "main", "run", "start", "validate"]


def main() -> None:
    """Entry point of the console script."""
    app()
