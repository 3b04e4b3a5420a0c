"""Put the words of articles back into tables without text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.schemas import PART_SEPARATOR, ROLES
from analysis.standoff.alignment import SameText, SpanMap, align
from analysis.standoff.anchors import Anchor, anchors, content_hash
from analysis.standoff.removal import ANCHORS, ORIGINALS, expect_without_text

if TYPE_CHECKING:
    import pandas as pd

LEAST_SHARED = 0.5
"""A text with this share of an article's anchors is taken for a copy of it."""

_SPANS = ("sentences", "quotes", "quote_spans", "mentions", "themes", "relations")
_COLUMNS = ("article_id", "match", "words_aligned", "spans", "spans_lost")


@dataclass(frozen=True)
class Joined:
    """Tables with the words of the articles that were found.

    Attributes
    ----------
    frames : dict of str to pandas.DataFrame
        The articles that were found, with their words. Spans without a counterpart in the text are left out.
    report : pandas.DataFrame
        One row per article of the tables: article_id, match ('same text', 'same URL', 'same headline',
        'similar text', or 'missing'), words_aligned (share), spans, spans_lost.
    """

    frames: dict[str, pd.DataFrame]
    report: pd.DataFrame


class _Match(NamedTuple):
    """The copy of an article: how it was found, and its row in the articles."""

    how: str
    row: int


def join_text(frames: Mapping[str, pd.DataFrame], articles: pd.DataFrame) -> Joined:
    """Put the words of articles into tables without text.

    A text is taken for a copy of an article if it is the same, has the same URL or the same outlet and headline, or
    has half of the article's anchors. If the texts differ, offsets are moved to where the words stand in the copy.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        As `remove_text` returns them.
    articles : pandas.DataFrame
        With the columns text, and where known title, url and outlet, as `analysis.read_articles` returns them.

    Returns
    -------
    Joined

    Raises
    ------
    FramingError
        The tables have their texts.
    """
    import pandas as pd

    expect_without_text(frames)
    known = {
        key: [Anchor(start, code) for start, code in zip(rows["start"], rows["hash"], strict=True)]
        for key, rows in frames[ANCHORS].groupby("article_id")
    }
    copies = _Copies(articles)
    texts: dict[str, str] = {}
    titles: dict[str, str] = {}
    alignments: dict[str, SpanMap] = {}
    rows: dict[str, dict[str, Any]] = {}
    originals = frames[ORIGINALS].set_index("article_id")
    for article in frames["articles"].to_dict("records"):
        key = article["article_id"]
        found = copies.find(article | originals.loc[key].to_dict(), known.get(key, []))
        rows[key] = {"article_id": key, "match": found.how if found else "missing", "words_aligned": 0.0}
        if found is None:
            continue
        texts[key], titles[key] = copies.texts[found.row], copies.titles[found.row]
        same = found.how == "same text"
        alignments[key] = SameText() if same else align(article["text"], known.get(key, []), texts[key])
        rows[key]["words_aligned"] = round(alignments[key].share, 4)
    out, lost = _moved(frames, alignments)
    for key, row in rows.items():
        row["spans"], row["spans_lost"] = lost["spans", key], lost["lost", key]
    report = pd.DataFrame(list(rows.values()), columns=list(_COLUMNS))
    return Joined(_with_words(out, texts, titles), report)


class _Copies:
    """The articles at hand, found by text, address, headline, or anchors."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self.texts = articles["text"].tolist()
        self.titles = articles["title"].fillna("").tolist() if "title" in articles else [""] * len(articles)
        self._by_hash = {content_hash(text): row for row, text in reversed(list(enumerate(self.texts)))}
        self._by_url = _first_rows(articles["url"]) if "url" in articles else {}
        outlets = articles["outlet"].tolist() if "outlet" in articles else [""] * len(articles)
        self._by_title = {
            (outlet, content_hash(title)): row
            for row, (outlet, title) in reversed(list(enumerate(zip(outlets, self.titles, strict=True))))
            if title
        }
        self._by_anchor: dict[int, list[int]] = {}
        for row, text in enumerate(self.texts):
            for code in {anchor.hash for anchor in anchors(text)}:
                self._by_anchor.setdefault(code, []).append(row)

    def find(self, article: Mapping[str, Any], known: list[Anchor]) -> _Match | None:
        """Return the copy of an article, or None."""
        if article["text_hash"] in self._by_hash:
            return _Match("same text", self._by_hash[article["text_hash"]])
        shared = Counter(row for anchor in known for row in self._by_anchor.get(anchor.hash, ()))
        likely = (
            ("same URL", self._by_url.get(article["url"])),
            ("same headline", self._by_title.get((article["outlet"], article["title_hash"]))),
        )
        for how, row in likely:
            if row is not None and (shared[row] or not known):  # the address may hold another text today
                return _Match(how, row)
        best, count = max(shared.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
        return _Match("similar text", best) if count and count >= LEAST_SHARED * len(known) else None


def _first_rows(column: pd.Series) -> dict[str, int]:
    values = enumerate(column.tolist())
    return {value: row for row, value in reversed(list(values)) if isinstance(value, str) and value}


def _moved(
    frames: Mapping[str, pd.DataFrame], alignments: Mapping[str, SpanMap]
) -> tuple[dict[str, pd.DataFrame], Counter[tuple[str, str]]]:
    """The rows of the articles that were found, at their places in the copies; numbers of spans and of lost ones."""
    import numpy as np

    out = {
        name: table[table["article_id"].isin(alignments.keys())]
        for name, table in frames.items()
        if "article_id" in table and name not in (ORIGINALS, ANCHORS, "rejects")
    }
    out["rejects"] = frames["rejects"]
    article_of = dict(zip(frames["quotes"]["quote_id"], frames["quotes"]["article_id"], strict=True))
    spans = frames["quote_spans"]
    owners = spans["quote_id"].map(article_of)
    out["quote_spans"] = spans[owners.isin(alignments.keys())]
    numbers: Counter[tuple[str, str]] = Counter()
    for name in _SPANS:
        table = out[name]
        keys = table["quote_id"].map(article_of) if name == "quote_spans" else table["article_id"]
        places = [
            alignments[key].span(start, end)
            for key, start, end in zip(keys, table["start"], table["end"], strict=True)
        ]
        numbers.update(("spans", key) for key in keys)
        numbers.update(("lost", key) for key, place in zip(keys, places, strict=True) if place is None)
        kept = np.array([place is not None for place in places], dtype=bool)
        moved = [place for place in places if place is not None]
        out[name] = table[kept].assign(start=[s for s, _ in moved], end=[e for _, e in moved])
    return _without_broken_quotes(out), numbers


def _without_broken_quotes(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Leave out quotes without content, and spans of quotes that are left out."""
    spans, quotes = frames["quote_spans"], frames["quotes"]
    whole = set(spans.loc[spans["role"] == "content", "quote_id"])
    quotes = quotes[quotes["quote_id"].isin(whole)]
    spans = spans[spans["quote_id"].isin(set(quotes["quote_id"]))]
    return {**frames, "quotes": quotes, "quote_spans": spans}


def _with_words(
    frames: dict[str, pd.DataFrame], texts: Mapping[str, str], titles: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    out = {name: table.reset_index(drop=True) for name, table in frames.items()}
    articles, quotes = out["articles"], out["quotes"]
    out["articles"] = articles.assign(
        text=articles["article_id"].map(texts).astype("str"),
        title=articles["article_id"].map(titles).astype("str"),
    )
    for name in ("mentions", "themes"):
        table = out[name]
        places = zip(table["article_id"], table["start"], table["end"], strict=True)
        words = [texts[key][start:end] for key, start, end in places]
        out[name] = table.assign(text=words).astype({"text": "str"})
    article_of = dict(zip(quotes["quote_id"], quotes["article_id"], strict=True))
    parts: dict[tuple[str, str], list[str]] = {}
    spans = out["quote_spans"]
    for quote, role, start, end in zip(
        *(spans[n] for n in ("quote_id", "role", "start", "end")), strict=True
    ):
        parts.setdefault((quote, role), []).append(texts[article_of[quote]][start:end])
    for role in ROLES:
        quotes[role] = _joined(parts, role, quotes["quote_id"])
    return out


def _joined(parts: Mapping[tuple[str, str], list[str]], role: str, quote_ids: Iterable[str]) -> pd.Series:
    import pandas as pd

    words = [
        PART_SEPARATOR.join(parts[quote, role]) if (quote, role) in parts else None for quote in quote_ids
    ]
    return pd.Series(words, dtype="str")
