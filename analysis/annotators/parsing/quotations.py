"""Which quotation, if any, a place in a text stands in."""

from __future__ import annotations

from bisect import bisect_right

from analysis.annotators.parsing.document import Span
from analysis.annotators.parsing.quotation_marks import quoted_regions


class Quotations:
    """The outermost quotations of a text, by their marks."""

    def __init__(self, text: str) -> None:
        self._spans = sorted(region.outer for region in quoted_regions(text) if region.depth == 0)
        self._starts = [span.start for span in self._spans]

    def at(self, offset: int) -> Span | None:
        """The quotation around an offset, with its marks; None outside of quotations."""
        place = bisect_right(self._starts, offset) - 1
        return self._spans[place] if place >= 0 and offset < self._spans[place].end else None
