"""`framing bench PART`: measure the accuracy and speed of a part of the toolkit on this machine."""

from __future__ import annotations

from analysis.cli.bench import quotes, themes, tone

__all__ = ["quotes", "themes", "tone"]
