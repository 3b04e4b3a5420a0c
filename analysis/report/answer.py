"""The answer at the top of the page: one sentence per topic, and one picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import format_count
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voices import QUOTED
from analysis.compare.measures.frames import PREFIX
from analysis.compare.measures.rates import quoted_shares, theme_prevalence, voice_shares
from analysis.compare.measures.relations import relation_balance
from analysis.compare.measures.tone import calibration, polarity_index
from analysis.evidence.reader_filters import Filters, fragment
from analysis.report.finding import OUTLETS, RELATION, SPEAKERS, THEMES, TONE, Finding
from analysis.report.findings import acts_depend_on, frames_by_share, issues_by_share
from analysis.report.formatting import depends_on, frame_label, quoted, rounded, shortened, tone_in_words
from analysis.report.outlet_findings import compared_noun
from analysis.schemas import OUTLET, UNATTRIBUTED

if TYPE_CHECKING:
    from analysis.tables import Tables

Row = Mapping[Any, Any]
Pair = tuple[str, str] | None
LISTED = 3  # themes in the sentence on themes
LISTED_FRAMES = 2
BARS = 8
_FAMILY = "family_id"


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence.

    Attributes
    ----------
    text : str
    filters : mapping of str to str
        Filters of the article reader, if the phrase is a number that leads to its sentences.
    is_interval : bool
    """

    text: str
    filters: Filters = field(default_factory=dict)
    is_interval: bool = False

    @property
    def link(self) -> str:
        """The address that sets the filters; empty without filters."""
        return fragment(self.filters)


@dataclass(frozen=True)
class Answer:
    """A sentence at the top of the page.

    Attributes
    ----------
    topic : str
        One of `analysis.report.finding.TOPICS`.
    phrases : tuple of Phrase
    warning : str
        Names a single outlet on which the sentence depends; empty if there is none.
    """

    topic: str
    phrases: tuple[Phrase, ...]
    warning: str = ""


def answers(tables: Tables, pair: Pair, findings: Sequence[Finding]) -> list[Answer]:
    """The sentences, in the order of the topics.

    Parameters
    ----------
    tables : Tables
        With their study.
    pair : (str, str) or None
        The two sides of the study.
    findings : sequence of Finding
        Of the same tables; the sentence on outlets is taken from them.

    Returns
    -------
    list of Answer
        Fewer than five if there is only one outlet, the study has no two sides, or nothing was found. Empty if no
        article was measured.
    """
    if tables.metadata.empty:
        return []
    made = [_themes(tables), _speakers(tables, pair)]
    if pair:
        made += [_relation(tables, pair), _tone(tables, pair)]
    made.append(_outlets(findings, compared_noun(tables)))
    return [answer for answer in made if answer is not None]


def _themes(tables: Tables) -> Answer | None:
    labels = tables.study_or_error().theme_labels
    rows = issues_by_share(theme_prevalence(tables, by=[], cluster=_FAMILY), tables.study_or_error()).head(
        LISTED
    )
    if rows.empty:
        return None
    phrases: list[Phrase] = []
    found = rows.to_dict("records")
    for place, row in enumerate(found):
        start = "" if place == 0 else " and " if place == len(found) - 1 else ", "
        verb = " comes up in " if place == 0 else " in "
        phrases.append(Phrase(f"{start}{quoted(labels[row['theme']])}{verb}"))
        phrases += _number(row, {"theme": row["theme"]}, scale=100, unit=" %")
        if place == 0:
            phrases.append(Phrase(" of the articles"))
    return Answer(
        THEMES,
        (*phrases, Phrase(".")),
        _first(depends_on(row, f"the articles with {quoted(labels[row['theme']])}") for row in found),
    )


def _speakers(tables: Tables, pair: Pair) -> Answer | None:
    names = tables.study_or_error().side_names
    own = voice_shares(tables, by=[], cluster=_FAMILY).query("voice == @OUTLET").to_dict("records")
    if not own or own[0]["numerator"] == own[0]["denominator"]:
        return None
    low, high = own[0]["ci95_low"], own[0]["ci95_high"]
    attributed = own[0] | {"estimate": 1 - own[0]["estimate"], "ci95_low": 1 - high, "ci95_high": 1 - low}
    phrases = [
        *_number(attributed, {"voice": QUOTED}, scale=100, unit=" %"),
        Phrase(" of the words are attributed to speakers"),
    ]
    shares = quoted_shares(tables, by=[], cluster=_FAMILY)
    shares = shares[(shares["side"] != UNATTRIBUTED) & (shares["numerator"] > 0)]
    rows = {row["side"]: row for row in shares.to_dict("records")}
    most = max(rows, key=lambda side: (rows[side]["estimate"], side), default="")
    named = [
        *([most] if most and most not in (pair or ()) else []),
        *(side for side in pair or () if side in rows),
    ]
    for place, side in enumerate(named):
        start = "; of these, " if place == 0 else " and " if place == len(named) - 1 else ", "
        to = f" to {names.get(side, side)}{', the largest share' if side == most and len(named) > 2 else ''}"
        phrases += [Phrase(start), *_number(rows[side], {"voice": side}, scale=100, unit=" %"), Phrase(to)]
    return Answer(
        SPEAKERS,
        (*phrases, Phrase(".")),
        _first(depends_on(rows[side], f"the words of {names.get(side, side)}") for side in named),
    )


def _relation(tables: Tables, pair: tuple[str, str]) -> Answer | None:
    """Acts between the two sides first, then the frames: acts say what happens, frames how it is talked about."""
    study = tables.study_or_error()
    first, second = (study.side_names[side] for side in pair)
    phrases: list[Phrase] = []
    warnings: list[str] = []
    acts = relation_balance(tables, pair, by=[], cluster=_FAMILY).to_dict("records")
    if acts and acts[0]["denominator"]:
        row = acts[0]
        phrases += [
            Phrase("The articles report "),
            Phrase(format_count(row["denominator"], "acts"), {"acts": f"{pair[0]}<>{pair[1]}"}),
            Phrase(
                f" between {first} and {second} as done or planned, {row['cooperation']:,} of cooperation and "
                f"{row['conflict']:,} of conflict"
            ),
        ]
        warnings.append(acts_depend_on(tables, pair, row, "the acts"))
    frames = frames_by_share(tables, pair).head(LISTED_FRAMES).to_dict("records")
    for place, row in enumerate(frames):
        theme = f"{PREFIX}{row['frame']}"
        label = quoted(frame_label(study.theme_labels[theme]))
        of = f" of the articles with a sentence about {first} and {second}" if place == 0 else ""
        start = ("; " if phrases else "") if place == 0 else ", and "
        phrases.append(Phrase(f"{start}{label}{' comes up in ' if place == 0 else ' in '}"))
        phrases += [*_number(row, {"theme": theme, "pair": "1"}, scale=100, unit=" %"), Phrase(of)]
        warnings.append(depends_on(row, f"the articles with {label}"))
    if not phrases:
        return None
    return Answer(RELATION, (*phrases, Phrase(".")), _first(warnings))


def _tone(tables: Tables, pair: tuple[str, str]) -> Answer | None:
    """Tone of the outlets' own words, as a mean over articles: the zero of the scale was calibrated on articles."""
    names = tables.study_or_error().side_names
    table = polarity_index(
        tables, by=[], towards="side", only=pair, voice=OUTLET, cluster=_FAMILY, weight="article"
    )
    rows = {row["side"]: row for row in table[table["ci95_low"].notna()].to_dict("records")}
    known = [side for side in pair if side in rows]
    if not known:
        return None
    calibrated = calibration(pair) is not None
    words = [tone_in_words(rows[side], calibrated=calibrated) for side in known]
    phrases = [Phrase("The tone of the outlets' own words is ")]
    for place, side in enumerate(known):
        word = "" if place and words[place] == words[0] else f"{words[place]} "
        phrases.append(Phrase(f"{', and ' if place else ''}{word}towards {names[side]}, "))
        phrases += _number(rows[side], {"about": f"side:{side}", "voice": OUTLET}, digits=2)
    apart = "; the two intervals overlap" if len(known) > 1 and _overlap(*(rows[s] for s in known)) else ""
    end = Phrase(f", on a scale from −1 to 1 (each article counts equally{apart}).")
    return Answer(
        TONE,
        (*phrases, end),
        _first(depends_on(rows[side], f"the articles on {names[side]}") for side in known),
    )


def _overlap(one: Row, other: Row) -> bool:
    """Whether two intervals overlap, so that the estimates have no clear order."""
    return bool(one["ci95_low"] <= other["ci95_high"] and other["ci95_low"] <= one["ci95_high"])


def _outlets(findings: Sequence[Finding], noun: str) -> Answer | None:
    """The clearest difference between outlets."""
    about = [finding for finding in findings if finding.topic == OUTLETS]
    if not about:
        return None
    clearest = next((finding for finding in about if finding.short), None)
    if clearest is None:
        text = f"No {noun} differs significantly from all others in whom it quotes, in its themes or in its tone."
        return Answer(OUTLETS, (Phrase(text),))
    what, _, numbers = clearest.short.rpartition(": ")
    number, _, against = numbers.partition(" against ")
    return Answer(
        OUTLETS,
        (
            Phrase(f"The clearest difference between {noun}s: {what}, "),
            Phrase(number, clearest.filters),
            Phrase(f" against {against}."),
        ),
    )


def _number(row: Row, filters: Filters, *, scale: float = 1, unit: str = "", digits: int = 0) -> list[Phrase]:
    """An estimate that leads to its sentences, and its interval."""
    estimate, low, high = (float(row[name]) * scale for name in ("estimate", "ci95_low", "ci95_high"))
    if low != low:
        return [Phrase(f"{rounded([estimate], digits)[0]}{unit}", filters)]
    shown = rounded([estimate, low, high], digits)
    return [
        Phrase(f"{shown[0]}{unit}", filters),
        Phrase(f" ({shown[1]} to {shown[2]})", is_interval=True),
    ]


def _first(warnings: Iterable[str]) -> str:
    """The first warning that is not empty."""
    return next(filter(None, warnings), "")


def picture(tables: Tables) -> dict[str, Any] | None:
    """The picture: how often each issue comes up, and in whose voice.

    It shows what the sentence on themes states. Frames of a relationship are not shown: patterns and readers often
    find them in different articles.

    Parameters
    ----------
    tables : Tables
        With their study.

    Returns
    -------
    dict or None
        `title`, `about`, and `bars`: theme, label, link, text, and the own, attributed and low and high parts in per
        cent of the axis. None if nothing was found.
    """
    study = tables.study_or_error()
    rows = issues_by_share(theme_prevalence(tables, by=[], cluster=_FAMILY), study).head(BARS)
    if rows.empty:
        return None
    hits = theme_hits(tables)
    own = hits[hits["voice"] == OUTLET].groupby("theme", observed=True)["article_id"].nunique()
    widest = rows[["ci95_high", "estimate"]].max().max()  # without intervals, the largest estimate
    bars = []
    for row in rows.to_dict("records"):
        by_outlets = min(1.0, own.get(row["theme"], 0) / row["denominator"] / row["estimate"])
        number, *interval = _number(row, {"theme": row["theme"]}, scale=100, unit=" %")
        width = 100 * row["estimate"] / widest
        bars.append(
            {
                "theme": row["theme"],
                "label": shortened(frame_label(study.theme_labels[row["theme"]])),
                "link": number.link,
                "share": number.text,
                "interval": "".join(phrase.text for phrase in interval).strip(),
                "own": round(width * by_outlets, 2),
                "width": round(width, 2),
                **{end: _percent_of(row[f"ci95_{end}"], widest) for end in ("low", "high")},
            }
        )
    total = format_count(rows["denominator"].iloc[0], "articles")
    return {"title": "What the articles are about", "about": total, "bars": bars}


def _percent_of(value: float, widest: float) -> float | None:
    return None if value != value else round(100 * value / widest, 2)
