"""An article with its quotes, themes and mentions marked, for a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.display.html import block, escape, paragraph
from analysis.display.marks import Mark, marked, tint

Row = Mapping[str, Any]
_NO_SIDE = "#888888"
_KEYS = {
    "source": "source",
    "cue": "cue",
    "theme": "theme",
    "theme negated": "theme, negated",
    "mention": "actor",
}
"""Name of each role in the legend."""


@dataclass(frozen=True)
class AnnotatedArticle:
    """An article, or a passage of one, with its quotes, themes and mentions marked.

    JupyterLab shows it as text with a legend; `str()` gives plain text with the speakers in brackets.

    Attributes
    ----------
    heading, facts : str
        Title, and one line with outlet, date and id.
    text : str
    marks : tuple of Mark
        Offsets into `text`.
    """

    heading: str
    facts: str
    text: str
    marks: tuple[Mark, ...]

    def _repr_html_(self) -> str:
        return block(
            "" if self.text.startswith(self.heading) else f"<p><b>{escape(self.heading)}</b></p>",
            paragraph(self.facts, soft=True),
            self._legend(),
            f"<div class='text' tabindex='0' role='region' aria-label='text'>{marked(self.text, self.marks)}</div>",
        )

    def __str__(self) -> str:
        tagged = sorted((mark.start, mark.tag) for mark in self.marks if mark.tag)
        edges = [0, *(start for start, _ in tagged), len(self.text)]
        pieces = [self.text[edges[0] : edges[1]]]
        pieces += [
            f"[{tag}] {self.text[start:end]}" for (start, tag), end in zip(tagged, edges[2:], strict=True)
        ]
        return f"{self.heading}\n{self.facts}\n\n{''.join(pieces)}"

    def _legend(self) -> str:
        roles = {mark.role for mark in self.marks}
        voices = {mark.tag: mark.colour for mark in self.marks if mark.role == "quote"}
        boxes = "".join(
            f"<span class='tag'{tint(colour)}>{escape(tag)}</span>" for tag, colour in voices.items()
        )
        keys = [
            f"<span>whose words: {boxes}no box: the outlet's own</span>" if boxes else "",
            *(f"<span class='{role}'>{what}</span>" for role, what in _KEYS.items() if role in roles),
        ]
        return f"<p class='legend soft'>{''.join(keys)}</p>"


def annotated(
    article: Row,
    quotes: Sequence[Row],
    spans: Sequence[Row],
    themes: Sequence[Row],
    mentions: Sequence[Row],
    *,
    colours: Mapping[str, str],
    labels: Mapping[str, str],
    passage: tuple[int, int] | None = None,
) -> AnnotatedArticle:
    """Mark the rows of an article's tables on its text.

    Parameters
    ----------
    article, quotes, spans, themes, mentions : rows of the tables as mappings
        Rows of this article only.
    colours, labels : mapping of str to str
        Background of each side; labels of sides and themes (ids are used for missing labels).
    passage : (int, int), optional
        The part of the text to show; all of it by default.
    """
    first, last = passage or (0, len(article["text"]))
    by_quote = {quote["quote_id"]: quote for quote in quotes}
    marks = [_of_quote(span, by_quote[span["quote_id"]], colours, labels) for span in spans]
    marks += [_of_theme(hit, labels) for hit in themes]
    marks += [Mark(row["start"], row["end"], "mention", _of_mention(row, labels)) for row in mentions]
    inside = [
        replace(mark, start=max(mark.start, first) - first, end=min(mark.end, last) - first)
        for mark in marks
        if mark.start < last and first < mark.end
    ]
    day = article["published"]
    facts = (article["outlet"], "" if day != day else f"{day:%d %B %Y}", article["article_id"])
    return AnnotatedArticle(
        article["title"] or "(no title)",
        ", ".join(fact for fact in facts if fact),
        article["text"][first:last],
        tuple(inside),
    )


def _of_quote(span: Row, quote: Row, colours: Mapping[str, str], labels: Mapping[str, str]) -> Mark:
    speaker = quote["speaker_name"] if isinstance(quote["speaker_name"], str) else "speaker not resolved"
    title = f"{speaker}: {quote['kind']} {quote['act']}"
    if span["role"] != "content":
        return Mark(span["start"], span["end"], span["role"], title)
    colour = colours.get(quote["side"], _NO_SIDE)
    return Mark(span["start"], span["end"], "quote", title, _label(quote, labels), colour)


def _of_theme(hit: Row, labels: Mapping[str, str]) -> Mark:
    role = "theme negated" if hit["negated"] else "theme"
    title = f"{labels.get(hit['theme'], hit['theme'])} ({hit['pattern']})"
    return Mark(hit["start"], hit["end"], role, title)


def _of_mention(mention: Row, labels: Mapping[str, str]) -> str:
    tone = {-1: ", tone negative", 1: ", tone positive"}.get(mention["polarity"], "")
    return f"{mention['actor_id']}, {_label(mention, labels)}{tone}"


def _label(row: Row, labels: Mapping[str, str]) -> str:
    side = row["side"] if isinstance(row["side"], str) else "unattributed"
    return labels.get(side, side)
