"""HTML of the toolkit's objects in notebooks: escaped text, readable without colour."""

from analysis.display.data_frames import interactive_tables

__all__ = ["interactive_tables"]
