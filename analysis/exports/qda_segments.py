"""Coded segments of a REFI-QDA project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Any

from analysis.exports.qda_codes import TONES, UNDECIDED, Key
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    from analysis.tables import Tables

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Segment:
    """A coded passage of an article.

    Attributes
    ----------
    start, end : int
        Offsets in code points of the article's text, end exclusive.
    key : tuple of str
        The code; see `analysis.exports.qda_codes.Codes`.
    memo : str
        Explanation, one line per finding.
    """

    start: int
    end: int
    key: Key
    memo: str


def segments(tables: Tables) -> dict[str, list[Segment]]:
    """All findings as coded segments, in the order of the text.

    Findings with the same passage and code become one segment with both memos, since programs keep only one.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    dict of str to list of Segment
        By article; every article is a key.
    """
    found: dict[str, dict[tuple[int, int, Key], list[str]]] = {
        article_id: {} for article_id in tables.articles["article_id"]
    }
    for article_id, segment in _all(tables):
        place = (segment.start, segment.end, segment.key)
        found[article_id].setdefault(place, []).append(segment.memo)
    return {
        article_id: [
            Segment(start, end, key, "\n".join(memo for memo in memos if memo))
            for (start, end, key), memos in sorted(here.items(), key=_outer_first)
        ]
        for article_id, here in found.items()
    }


def _outer_first(item: tuple[tuple[int, int, Key], list[str]]) -> tuple[int, int, Key]:
    (start, end, key), _ = item
    return start, -end, key


def _all(tables: Tables) -> Iterator[tuple[str, Segment]]:
    for name, convert in (("themes", _theme), ("mentions", _mention), ("relations", _relation)):
        yield from _each(getattr(tables, name).to_dict("records"), convert)
    quotes = tables.quotes.set_index("quote_id", drop=False).to_dict("index")
    for span in tables.quote_spans.to_dict("records"):
        quote = quotes[span["quote_id"]]
        yield quote["article_id"], _quote(span, quote)
    yield from _own_words(tables)


def _each(rows: Iterable[Row], convert: Callable[[Row], tuple[Key, str]]) -> Iterator[tuple[str, Segment]]:
    for row in rows:
        yield row["article_id"], Segment(row["start"], row["end"], *convert(row))


def _theme(row: Row) -> tuple[Key, str]:
    negated = "; under a negation" if row["negated"] else ""
    return ("theme", row["theme"]), f"pattern: {row['pattern']}; voice: {row['voice']}{negated}"


def _mention(row: Row) -> tuple[Key, str]:
    abstained = isinstance(row["abstained"], str)
    known = isinstance(row["polarity"], Integral) and not abstained
    tone = TONES[int(row["polarity"])][0] if known else UNDECIDED[0]
    chances = [
        f"{name} {row[column]:.2f}"
        for name, column in (("negative", "p_negative"), ("neutral", "p_neutral"), ("positive", "p_positive"))
        if row[column] == row[column]
    ]
    why = f" ({row['abstained']})" if abstained else ""
    memo = (
        f"{row['actor_id']}: {tone}{why}; {', '.join(chances) or 'no probabilities'}; voice: {row['voice']}"
    )
    return ("tone", row["side"], tone), memo


def _relation(row: Row) -> tuple[Key, str]:
    how = [row["status"], *(name for name in ("negated", "passive", "mutual") if row[name])]
    memo = (
        f"{row['source_actor']} > {row['target_actor']}: {row['verb']}; {row['direction']}, "
        f"weight {row['weight']:g}, {', '.join(how)}; score {row['score']:.2f}; voice: {row['voice']}"
    )
    return ("act", row["quadrant"] if isinstance(row["quadrant"], str) else ""), memo


def _quote(span: Row, quote: Row) -> Segment:
    keys: dict[str, Key] = {
        "content": ("words", quote["side"]),
        "source": ("source",),
        "cue": ("cue", quote["cue_class"] if isinstance(quote["cue_class"], str) else ""),
    }
    if isinstance(quote["speaker"], str):
        keys["content"] = ("words", quote["side"], quote["speaker"])
    details = {
        "speaker": quote["speaker_name"],
        "source": quote["source"],
        "cue": quote["cue"],
        "kind": quote["kind"],
        "act": quote["act"],
        "score": f"{quote['score']:.2f}",
    }
    memo = "; ".join(
        f"{name}: {value}" for name, value in details.items() if isinstance(value, str) and value
    )
    return Segment(span["start"], span["end"], keys[span["role"]], f"{quote['quote_id']}; {memo}")


def _own_words(tables: Tables) -> Iterator[tuple[str, Segment]]:
    """Passages in the outlet's own voice, stripped of white space."""
    from analysis.compare._core.voice_segments import voice_segments

    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    for article_id, stretches in voice_segments(tables).items():
        text = texts[article_id]
        for stretch in stretches:
            start, end = stretch.start, stretch.end
            while start < end and text[start].isspace():
                start += 1
            while start < end and text[end - 1].isspace():
                end -= 1
            if stretch.voice == OUTLET and any(character.isalnum() for character in text[start:end]):
                yield article_id, Segment(start, end, ("words", OUTLET), "")
