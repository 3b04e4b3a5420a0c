"""Comparisons: tables in, tidy results out, one statistic per file.

Every row of a result has numerator, denominator, n, estimate, `ci95_low`, `ci95_high` and method, and a note where
there is no interval or where it is not reliable.

===============================  ====================================================================================
How much, in whose words         `rates`: theme rates and prevalence, voice and quoted shares, VADER
In what tone towards whom        `tone`; word lists beside it: `tone`, `tone_dictionary`
How speakers are presented       `quoting`: cues, direct or indirect, beside whom
Own words or only quoted         `adoption`: themes and loaded terms
How two sides relate             `relations`: acts of one on the other; `frames`: sentences with both
Themes per unit, and together    `cooccurrence`: articles, paragraphs, sentences
Do groups differ                 `differences`, `reprints` (with and without wire copy), `wild_bootstrap`,
                                 `multiple_testing`
Do voices or sides differ        `within_article`: within the same articles
Groups of outlets                `outlet_groups`
What words set groups apart      `word_counts`, then `keyness`, `log_odds`, `dispersion`; both in one: `contrasts`
===============================  ====================================================================================

`measures`, `inference` and `words` hold these modules; each can be imported from here: `from analysis.compare import
rates`. `_core` has what they share: intervals, groups, voices, ratios.
"""

from __future__ import annotations

import importlib
from typing import Any

_PACKAGE_OF = {
    **dict.fromkeys(
        (
            "adoption",
            "cooccurrence",
            "frames",
            "outlet_groups",
            "quoting",
            "rates",
            "relations",
            "tone",
            "tone_dictionary",
            "wire_copy",
        ),
        "measures",
    ),
    **dict.fromkeys(("differences", "multiple_testing", "wild_bootstrap", "within_article"), "inference"),
    **dict.fromkeys(("contrasts", "dispersion", "keyness", "log_odds", "word_counts"), "words"),
}

__all__ = sorted(_PACKAGE_OF)


def __getattr__(name: str) -> Any:
    if name in _PACKAGE_OF:
        return importlib.import_module(f"analysis.compare.{_PACKAGE_OF[name]}.{name}")
    raise AttributeError(f"module 'analysis.compare' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__doc__", "__file__", "__name__", "__path__"]
