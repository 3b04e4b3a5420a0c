"""Comparisons: tables in, tidy results out, one statistic per module.

Every row of a result has numerator, denominator, n, estimate, `ci95_low`, `ci95_high` and method, and a note that
says why there is no interval or what limits it. Rates, shares and means also tell how much rests on one outlet.

=============================  =====================================================================
Themes and voices              `rates`: theme rates and prevalence, shares of voices, VADER scores
Tone towards actors            `tone`; `tone_dictionary`: tone by a word list of your own
How speakers are presented     `quoting`: cues, direct and indirect quotes, who is quoted together
Speakers without a known side  `unknown_sides`: bounds for the shares of the sides
Own words or quotes            `adoption`: themes and loaded terms
Relation of two sides          `relations`: acts; `frames`: sentences that mention both sides
Themes by unit of text         `cooccurrence`: articles, paragraphs, sentences
Differences between groups     `units`, then `differences`; `wild_bootstrap`, `multiple_testing`
Effect of wire copy            `wire_copy`: differences that do not depend on it
Differences within articles    `within_article`: between voices or sides
Groups of outlets              `outlet_groups`
Words that distinguish groups  `word_counts`, then `keyness`, `log_odds`, `dispersion`; `contrasts`
=============================  =====================================================================

The modules are in `measures`, `inference` and `words`. Each can be imported from here:
``from analysis.compare import rates``. What they share is in `_core`.
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
            "narrowing",
            "outlet_groups",
            "quoting",
            "rates",
            "relations",
            "tone",
            "tone_dictionary",
            "units",
            "unknown_sides",
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
