"""What limits the results: said once on the page, under "How sure is this?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare._core.results import NEUTRAL
from analysis.compare.measures.tone import calibration
from analysis.provenance import corrections_note
from analysis.report.outlet_findings import not_compared
from analysis.study.outlets import named_by_kind

if TYPE_CHECKING:
    from analysis.tables import Tables

Pair = tuple[str, str] | None


def caveats(tables: Tables, pair: Pair, unknown_share: str) -> list[tuple[str, str]]:
    """What holds for all numbers of the page, besides whether they were validated.

    Parameters
    ----------
    tables : Tables
    pair : (str, str) or None
        The two sides of the study.
    unknown_share : str
        Share of the attributed words without a known side, as text; empty if there are none.

    Returns
    -------
    list of (str, str)
        Heading and text.
    """
    made = [
        (
            "Intervals",
            "Numbers in brackets are 95 % intervals. They treat the articles as a sample and cover the error of "
            "sampling, not the error of measuring. Near-identical articles (a family) count as one.",
        ),
        (
            "Which articles",
            "The results describe the articles that were read. They stand for other coverage only as far as these "
            "articles were drawn from it.",
        ),
        (
            "Differences",
            "A difference between outlets is called significant if p is below .05 after Benjamini-Hochberg and its "
            "interval excludes 0, however near-identical articles are counted. Each is about that outlet, not about "
            f"others of its kind or country. The order of themes and frames is not tested.{_on_outlets(tables)}",
        ),
        (
            "Single outlets",
            "Where one outlet gives more than a third of what a sentence counts, the page says so next to it.",
        ),
        (
            "Themes",
            "A word list finds mentions of a subject, not opinions on it, and misses what is put in other words.",
        ),
    ]
    if unknown_share:
        made.append(
            (
                "Unknown speakers",
                f"{unknown_share} of the attributed words come from speakers whose side is not known. They are "
                "missing data, not a side.",
            )
        )
    if pair:
        made.append(("Tone", about_zero(pair)))
    if corrections := corrections_note(tables.run):
        made.append(("Corrections", corrections))
    if not tables.has_text:
        made.append(
            (
                "No texts",
                "These results were published without the words of the articles. Every number still leads to its "
                "places: outlet, date, sentence number and, where it is known, the address of the article. "
                "analysis.join_texts puts the words back for whoever has the articles.",
            )
        )
    return made


def _on_outlets(tables: Tables) -> str:
    """A sentence on the outlets that are not compared; empty if all are."""
    left_out = not_compared(tables)
    if not left_out:
        return ""
    return f" The sentences on outlets compare news outlets. Left out: {named_by_kind(left_out)}."


def about_zero(pair: tuple[str, str]) -> str:
    """What zero means on the scale of tone.

    Parameters
    ----------
    pair : (str, str)
    """
    known = calibration(pair)
    scale = (
        "The tone index goes from −1 to 1. It has no clear direction if its interval contains 0, and is close to "
        f"zero within ±{NEUTRAL:g}. Its intervals are not adjusted for multiple comparisons."
    )
    if known is None:
        return (
            f"{scale} It was not calibrated for these sides, so zero need not be neutral for a reader. Code a sample "
            "to find out."
        )
    return (
        f"{scale} In the outlets' own words, zero is what readers of {known.n_articles:,} articles on the subject, "
        "language models, coded as neutral. For one article and side, the index has a rank correlation of "
        f"{known.spearman:.2f} with their codes ({known.spearman_further:.2f} in {known.n_further:,} further "
        f"articles) and an error of {known.rmse:.2f} (root mean square): differences in tone can be errors of the "
        "model until a coded sample corrects them. The index also depends on how long an article is: outlets with "
        "longer articles tend to have a lower one. Attributed words are not calibrated."
    )
