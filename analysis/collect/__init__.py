"""Collect articles that are open: fetch pages politely, keep them, extract their text."""

from __future__ import annotations

from analysis.collect.collecting import FATES, Collected, Listing, Source, collect
from analysis.collect.fetching import Fetcher, Limits

__all__ = ["FATES", "Collected", "Fetcher", "Limits", "Listing", "Source", "collect"]
