"""Credits: the speaker named after a quotation, as in collections of opinions and under pull quotes.

`"..." Anna Weber, The Daily Ledger`, on the same line or the next, without a verb that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from analysis.annotators.lexicon import alternation
from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.parsing.quotation_marks import quotations

_NAME = (
    rf"[A-Z][\w.’'&-]*(?: (?:{alternation('reporting_clauses', 'inside_a_credit')} )?[A-Z][\w.’'&-]*){{0,6}}"
)
_END = r"\.?[^\S\n]*(?=\n|\Z)"
_CREDIT = re.compile(
    rf"[^\S\n]*(?:\n\s*)?(?:By (?P<signed>{_NAME}(?:, [\w’'& -]{{2,60}})?)|(?P<listed>{_NAME}, {_NAME})){_END}"
    rf"|[^\S\n]+(?P<alone>{_NAME}){_END}"
)


def with_credits(document: Document, attributions: Iterable[Attribution]) -> list[Attribution]:
    """Give quotations without source and cue the source that is named after their closing mark.

    A name on the next line counts after "By", or with a second name after a comma: a newspaper, an office.
    One on the line of the quotation ends the line.

    Parameters
    ----------
    document : Document
    attributions : iterable of Attribution

    Returns
    -------
    list of Attribution
        All of them, in the order given.
    """
    return [_with_credit(document, attribution) for attribution in attributions]


def _with_credit(document: Document, attribution: Attribution) -> Attribution:
    if attribution.source or attribution.cue:
        return attribution
    quotation = quotations(document).at(attribution.content[-1].end - 1)
    credit = _CREDIT.match(document.text, quotation.end) if quotation else None
    if credit is None or credit.lastgroup is None:
        return attribution
    return replace(attribution, source=(Span(*credit.span(credit.lastgroup)),))
