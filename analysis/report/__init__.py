"""The page: figures, their numbers, the method and an article reader in one HTML file that opens offline."""

from analysis.report.page import write_report

__all__ = ["write_report"]
