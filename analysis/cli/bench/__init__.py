"""`framing bench PART`: how good and how fast a part of the toolkit is on this machine, one module per part."""

from __future__ import annotations

from analysis.cli.bench import quotes, themes, tone

__all__ = ["quotes", "themes", "tone"]
