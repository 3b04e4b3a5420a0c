"""How the toolkit's objects show themselves in a notebook: HTML made of escaped text, readable without colour."""

from analysis.display.data_frames import interactive_tables

__all__ = ["interactive_tables"]
