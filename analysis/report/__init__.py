"""The page: findings, figures, the method and an article reader in an HTML file that opens offline."""

from analysis.report.page import write_report

__all__ = ["write_report"]
