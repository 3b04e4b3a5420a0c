"""Key findings: sentences generated from the tables that claim no more than their intervals.

A difference is stated only if its interval excludes 0 after correction for multiple comparisons. If nothing differs
significantly, that is the finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.compare._core.concentration import concentration_note
from analysis.compare._core.grouping import format_count
from analysis.compare._core.theme_hits import shown_themes
from analysis.compare._core.voices import QUOTED, SPLIT
from analysis.compare.inference.within_article import side_contrast, theme_contrasts
from analysis.compare.measures.frames import FRAME_GROUP, PREFIX, frame_prevalence, frame_voices, knows_dyads
from analysis.compare.measures.rates import quoted_shares, theme_prevalence, voice_shares
from analysis.compare.measures.relations import relation_balance
from analysis.compare.measures.tone import calibration, polarity_index
from analysis.compare.measures.unknown_sides import with_bounds
from analysis.compare.measures.wire_copy import quoted_comparisons
from analysis.report.finding import RELATION, SPEAKERS, THEMES, TONE, TOPICS, Finding
from analysis.report.formatting import (
    at_start,
    depends_on,
    frame_label,
    p_value,
    quoted,
    rounded,
    tone_in_words,
    with_interval,
    without_zero,
)
from analysis.report.outlet_findings import (
    LEVEL,
    OWN_TONE,
    QUOTED_SIDES,
    THEME_RATES,
    compared_noun,
    compared_outlets,
    outlet_findings,
    tone_comparisons,
    unknown_shares,
)
from analysis.schemas import OUTLET
from analysis.study.codebook import SHOWN_GROUP
from analysis.validation.tasks import YES
from analysis.validation.validate import SHARE, minus

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study import Study
    from analysis.tables import Tables

Row = Mapping[Any, Any]
MOST = 3
MOST_FRAMES = 2
LISTED = 3
_FAMILY = "family_id"  # near-identical articles are resampled as one
_ORDER = tuple(TOPICS)
_ON_A_SCALE: dict[str, Any] = {"scale": 1, "unit": "", "digits": 2}


def findings(tables: Tables, compared: pd.DataFrame | None) -> list[Finding]:
    """The key findings of a run, by topic.

    Parameters
    ----------
    tables : Tables
        With their study.
    compared : pandas.DataFrame or None
        See `analysis.report.outlet_findings.compared_themes`.

    Returns
    -------
    list of Finding
        Empty if no article was measured.
    """
    if tables.metadata.empty:
        return []
    study = tables.study_or_error()
    sides = tuple(study.actors.side_ids[:2])
    found = [*_attributed(tables), *_most_frequent(tables), *_own_and_attributed(tables)]
    if len(sides) == 2:
        pair = (sides[0], sides[1])
        found += [*_two_sides(tables, pair), *_tone(tables, pair), *_relation(tables, pair)]
    if compared is not None:
        news, noun = compared_outlets(tables), compared_noun(tables)
        shares, tones = quoted_comparisons(news), tone_comparisons(news, sides)
        found += outlet_findings(shares, QUOTED_SIDES, study.side_names, unknown_shares(news), noun=noun)
        found += outlet_findings(compared, THEME_RATES, study.theme_labels, noun=noun)
        found += outlet_findings(tones, OWN_TONE, study.side_names, noun=noun)
    return sorted(found, key=lambda finding: _ORDER.index(finding.topic))


def _attributed(tables: Tables) -> list[Finding]:
    shares = voice_shares(tables, by=[], cluster=_FAMILY)
    own = shares[shares["voice"] == OUTLET].to_dict("records")
    if not own or own[0]["numerator"] == own[0]["denominator"]:
        return [Finding(SPEAKERS, "No attributed words were found.", "voice")]
    row = own[0]
    attributed = row | {
        "estimate": 1 - row["estimate"],
        "ci95_low": 1 - row["ci95_high"],
        "ci95_high": 1 - row["ci95_low"],
        "without_outlet_low": 1 - row["without_outlet_high"],
        "without_outlet_high": 1 - row["without_outlet_low"],
    }
    text = f"Of all words, {_share(attributed)} are attributed to speakers; the rest are the outlets' own."
    return [Finding(SPEAKERS, text, "voice", _notes_with_n(attributed), {"voice": QUOTED})]


def _two_sides(tables: Tables, pair: tuple[str, str]) -> list[Finding]:
    """The share of the attributed words of each of the two sides, and their difference."""
    names = tables.study_or_error().side_names
    shares = with_bounds(quoted_shares(tables, by=[], cluster=_FAMILY))
    rows = {row["side"]: row for row in shares.to_dict("records") if row["numerator"] > 0}
    if not rows:
        return []
    found = [
        Finding(
            SPEAKERS,
            f"Of the attributed words, {_share(rows[side])} go to {names[side]}.",
            "sides",
            (*_notes_with_n(rows[side]), *_bounds(rows[side])),
            {"voice": side},
            value=f"{SHARE}{side}",
            warning=depends_on(rows[side], "these words"),
        )
        if side in rows
        else Finding(SPEAKERS, f"None of the attributed words go to {names[side]}.", "sides")
        for side in pair
    ]
    if not rows.keys() >= set(pair):
        return found
    gap = side_contrast(tables, *pair).to_dict("records")[0]
    points = with_interval(gap, scale=100, unit=" points", signed=True)
    first, second = (names[side] for side in pair)
    gap_text = f"{first} minus {second} is {points}"
    if gap["ci95_low"] != gap["ci95_low"]:
        text = f"Whether more of the attributed words go to {first} or to {second} cannot be estimated: {_why(gap)}."
    elif without_zero(gap):
        more, less = (first, second) if gap["estimate"] > 0 else (second, first)
        text = f"More of the attributed words go to {more} than to {less}: {gap_text}."
    else:
        text = f"It is unclear which side has more of the attributed words: {gap_text}."
    notes = (*_notes_with_n(gap, unit=" points"), *_bounds_of_difference(rows[pair[0]], gap["estimate"]))
    warning = depends_on(gap, "their words")
    return [*found, Finding(SPEAKERS, text, "sides", notes, value=minus(*pair), warning=warning)]


def _bounds(row: Row) -> tuple[str, ...]:
    """The lowest and highest share that a side can have, if there are bounds; see `with_bounds`."""
    low, high = row["bound_low"], row["bound_high"]
    if high != high:
        return ()
    return (
        f"{100 * row['unknown']:.0f} % of the attributed words have no known side: the share is {100 * low:.0f} % if "
        f"none of them belong to this side and {100 * high:.0f} % if all do.",
    )


def _bounds_of_difference(row: Row, gap: float) -> tuple[str, ...]:
    """The same for the difference between two sides, given the row of one of them."""
    unknown = row["unknown"]
    if row["bound_high"] != row["bound_high"] or gap != gap:
        return ()
    low, high = (f"{100 * (gap + unknown * sign):+.0f}".replace("-", "−") for sign in (-1, 1))
    return (
        f"{100 * unknown:.0f} % of the attributed words have no known side: if one of the two sides had all of them, "
        f"the difference would be {low} or {high} points.",
    )


def _most_frequent(tables: Tables) -> list[Finding]:
    study = tables.study_or_error()
    rows = issues_by_share(theme_prevalence(tables, by=[], cluster=_FAMILY), study)
    place = _place(rows, MOST, "issues found in the most articles")
    return [
        Finding(
            THEMES,
            f"{quoted(study.theme_labels[row['theme']])} comes up in {_share(row)} of the articles.",
            "themes",
            (_articles(row), *filter(None, [place]), *_notes(row)),
            {"theme": row["theme"]},
            row["theme"],
            f"{SHARE}{YES}",
            warning=depends_on(row, "these articles"),
        )
        for row in rows.head(MOST).to_dict("records")
    ]


def issues_by_share(rows: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The issues that were found, those in most articles first; all themes if the codebook has no issues.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `analysis.compare.measures.rates.theme_prevalence` returns them for all articles.
    study : Study

    Returns
    -------
    pandas.DataFrame
        Some of the rows, in another order.
    """
    is_issue = rows["theme"].map(study.theme_groups) == SHOWN_GROUP
    found = rows[(is_issue | (not is_issue.any())) & (rows["numerator"] > 0)]
    return found.sort_values(["estimate", "theme"], ascending=[False, True], kind="stable")


def _own_and_attributed(tables: Tables) -> list[Finding]:
    """Themes that come up more often in attributed or in own words."""
    labels = tables.study_or_error().theme_labels
    contrasts = theme_contrasts(tables, themes=shown_themes(tables))
    tests = int(contrasts["n_tests"].max()) if len(contrasts) else 0
    if not tests:
        return [
            Finding(
                THEMES, "Too few articles have hits in both voices to compare them theme by theme.", "themes"
            )
        ]
    apart = contrasts[(contrasts["ci95_low"] > 0) | (contrasts["ci95_high"] < 0)]
    apart = apart[apart["p_bh"] < LEVEL].sort_values(["p", "theme"], kind="stable")
    found = []
    for row in apart.head(LISTED).to_dict("records"):
        rates = [1000 * row[f"numerator{of}"] / row[f"denominator{of}"] for of in ("", "_against")]
        shown = rounded(rates, 1)
        attributed = row["estimate"] > 0
        shown = shown if attributed else shown[::-1]
        voices = ("attributed words", "the outlets' own words")
        more, less = voices if attributed else voices[::-1]
        gap = with_interval(row, digits=1, signed=True)
        found.append(
            Finding(
                THEMES,
                f"{quoted(labels[row['theme']])} comes up more often in {more} than in {less}: {shown[0]} against "
                f"{shown[1]} hits per 1,000 words, a difference of {gap}.",
                "themes",
                (
                    *_notes_with_n(row, scale=1, unit="", digits=1),
                    f"{p_value(row['p_bh'])} after Benjamini-Hochberg over {format_count(tests, 'themes')}.",
                ),
                {"theme": row["theme"], "voice": QUOTED if attributed else OUTLET},
                row["theme"],
                warning=depends_on(row, "these hits"),
            )
        )
    rest = "none differs" if apart.empty else f"{len(apart):,} {'differs' if len(apart) == 1 else 'differ'}"
    text = (
        f"Of {format_count(tests, 'themes')} compared between attributed and own words, {rest} significantly."
    )
    return [*found, Finding(THEMES, text, "themes")]


def _tone(tables: Tables, pair: tuple[str, str]) -> list[Finding]:
    names = tables.study_or_error().side_names
    rows = polarity_index(
        tables, by=[], towards="side", only=pair, voice=SPLIT, cluster=_FAMILY, weight="article"
    )
    found = []
    for row in rows[rows["denominator"] > 0].to_dict("records"):
        whose = "the outlets' own words" if row["voice"] == OUTLET else "attributed words"
        n = f"{format_count(row['denominator'], 'mentions')} in {format_count(row['n'], 'articles')}"
        filters = {"about": f"side:{row['side']}", "voice": row["voice"]}
        text = _tone_sentence(row, names[row["side"]], whose, n)
        zero = (
            ()
            if row["voice"] == OUTLET
            else ("Attributed words are not calibrated: zero need not be neutral.",)
        )
        notes = (f"{n}; each article counts equally.", *zero, *_notes(row, **_ON_A_SCALE))
        found.append(Finding(TONE, text, "tone", notes, filters, warning=depends_on(row, "these articles")))
    return found


def _tone_sentence(row: Row, name: str, whose: str, n: str) -> str:
    """A tone with its interval; without an interval no number, since too few articles are behind it."""
    if row["ci95_low"] != row["ci95_low"]:
        return f"In {whose}, tone towards {name} cannot be estimated: {_why(row)} ({n})."
    calibrated = row["voice"] == OUTLET and calibration([row["side"]]) is not None
    tone = with_interval(row, digits=2)
    return f"In {whose}, tone towards {name} is {tone}, {tone_in_words(row, calibrated=calibrated)}."


def acts_depend_on(tables: Tables, pair: tuple[str, str], row: Row, what: str) -> str:
    """A sentence that names the outlet that has more than a third of the acts, and how many of either kind.

    An outlet with half of all acts can have nearly all those of conflict.

    Parameters
    ----------
    tables : Tables
    pair : (str, str)
        The two sides.
    row : mapping
        Of `relation_balance` without groups.
    what : str
        What is counted, such as 'these acts'.
    """
    said = depends_on(row, what)
    if not said:
        return ""
    by_outlet = relation_balance(tables, pair, by=["outlet"]).set_index("outlet")
    own = by_outlet.loc[row["top_outlet"]]
    return f"{said[:-1]}, {own['cooperation']:,} of cooperation and {own['conflict']:,} of conflict."


def _relation(tables: Tables, pair: tuple[str, str]) -> list[Finding]:
    study = tables.study_or_error()
    first, second = (study.side_names[side] for side in pair)
    acts = relation_balance(tables, pair, by=[], cluster=_FAMILY).to_dict("records")
    if not acts or not acts[0]["denominator"]:
        return [Finding(RELATION, f"No act between {first} and {second} was found.", "acts")]
    row = acts[0]
    balance = with_interval(row, digits=2, signed=True)
    text = (
        f"The articles report {format_count(row['denominator'], 'acts')} between {first} and {second} as done or "
        f"planned, {row['cooperation']:,} of cooperation and {row['conflict']:,} of conflict: a balance of {balance}."
    )
    filters, notes = {"acts": f"{pair[0]}<>{pair[1]}"}, _notes_with_n(row, **_ON_A_SCALE)
    found = [
        Finding(
            RELATION, text, "acts", notes, filters, warning=acts_depend_on(tables, pair, row, "these acts")
        )
    ]
    frames = frames_by_share(tables, pair)
    if frames.empty:
        return found
    about = f"with a sentence about {first} and {second}"
    place = _place(frames, MOST_FRAMES, "frames found in the most articles")
    voices = {row["frame"]: row for row in frame_voices(tables, pair, cluster=_FAMILY).to_dict("records")}
    for frame in frames.head(MOST_FRAMES).to_dict("records"):
        theme = f"{PREFIX}{frame['frame']}"
        label = frame_label(study.theme_labels[theme])
        of_hits = voices[frame["frame"]]
        text = f"{quoted(label)} comes up in {_share(frame)} of the articles {about}; {_whose(of_hits)}."
        filters = {"theme": theme, "pair": "1"}
        in_own_words = " ".join(("Hits in own words:", *_notes_with_n(of_hits)))
        notes = (_articles(frame), *filter(None, [place]), *_notes(frame), in_own_words)
        warnings = depends_on(frame, "these articles"), depends_on(of_hits, "the hits in own words")
        warning = " ".join(filter(None, warnings))
        found.append(Finding(RELATION, text, "themes", notes, filters, theme, warning=warning))
    return found


def _whose(row: Row) -> str:
    """In whose voice the hits of a frame are."""
    hits = format_count(row["denominator"], "hits")
    return f"of its {hits} there, {_share(row)} are in the outlets' own words"


def has_frames(tables: Tables) -> bool:
    """Whether frames of a relationship were measured."""
    return FRAME_GROUP in tables.study_or_error().theme_groups.values() and knows_dyads(tables)


def frames_by_share(tables: Tables, pair: tuple[str, str]) -> pd.DataFrame:
    """The frames of the relationship that occur, the most frequent first; see `frame_prevalence`.

    Parameters
    ----------
    tables : Tables
        With their study.
    pair : (str, str)
        The two sides of the study.

    Returns
    -------
    pandas.DataFrame
        Empty if no frames were measured.
    """
    import pandas as pd

    if not has_frames(tables):
        return pd.DataFrame()
    frames = frame_prevalence(tables, pair, by=[], cluster=_FAMILY)
    frames = frames[frames["numerator"] > 0]
    return frames.sort_values(["estimate", "frame"], ascending=[False, True], kind="stable")


def _place(rows: pd.DataFrame, listed: int, what: str) -> str:
    """A note that the listed rows were chosen by share, and how many others tie with the last of them."""
    shown, others = rows["estimate"].head(listed), rows["estimate"].iloc[listed:]
    if others.empty:
        return "Their order is not tested." if len(shown) > 1 else ""
    alike = int((others == shown.min()).sum())
    tied = (
        f" {alike:,} more with the same share as the last {'is' if alike == 1 else 'are'} not listed."
        if alike
        else ""
    )
    return f"One of the {listed} {what}; their order is not tested.{tied}"


def _why(row: Row) -> str:
    """Why there is no interval."""
    return str(row["note"]).removeprefix("no interval: ")


def _share(row: Row) -> str:
    return with_interval(row, scale=100, unit=" %")


def _articles(row: Row) -> str:
    """How many articles a share of articles counts."""
    return f"{row['numerator']:,.0f} of {format_count(row['denominator'], 'articles')}."


def _notes_with_n(row: Row, **look: Any) -> tuple[str, ...]:
    return (f"{format_count(row['n'], 'articles')}.", *_notes(row, **look))


def _notes(row: Row, *, scale: float = 100, unit: str = " %", digits: int = 0) -> tuple[str, ...]:
    """A warning about an interval, and the outlet that has most of what was counted.

    Parameters
    ----------
    row : mapping
    scale, unit, digits
        Format of the range without one outlet; by default that of shares.
    """
    note = str(row["note"])
    caution = "" if note.startswith("no ") else note  # the sentence itself says why there is no interval
    largest = concentration_note(row, scale=scale, unit=unit, digits=digits) if "top_outlet" in row else ""
    return (*([f"{at_start(caution)}."] if caution else []), *([largest] if largest else []))
