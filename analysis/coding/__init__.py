"""Coding by hand in a browser or in JupyterLab: samples, answers, agreement and adjudication in one file."""

from analysis.coding.store import CodingFile

__all__ = ["CodingFile"]
