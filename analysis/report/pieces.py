"""The articles of the page's reader: their texts and marks in pieces, in the page or in a folder beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.compare.measures.frames import knows_dyads
from analysis.evidence.reader import reader_articles, script_json, texts_in_order
from analysis.figures._core.linked import pack
from analysis.files import make_folder, write_file

if TYPE_CHECKING:
    from analysis.tables import Tables

Pair = tuple[str, str] | None
INLINE_ARTICLES = 1_000
PAGE_BYTES = 5_000_000
"""Size that the page does not exceed by holding articles."""
MOST_ARTICLES = 20_000
"""Articles that the reader holds at most; of more, it holds a random sample."""
PIECE = 100
FOLDER = "articles"
_TAG = 80  # bytes around a piece in the page
_NAME = "piece-{:04d}.js"
_OURS = re.compile(r"piece-\d{4,}\.js")


@dataclass(frozen=True)
class Pieces:
    """The articles of the reader.

    Attributes
    ----------
    n_articles : int
        How many articles there are.
    inline : list of str
        Packed pieces that stand in the page; empty if they are files.
    index : dict
        For pieces that are files: `values` by filter, and `has`: for each piece the numbers of the values that its
        articles have, by filter. The page does not load pieces that cannot have what is searched. Empty for pieces
        in the page.
    """

    n_articles: int
    inline: list[str] = field(default_factory=list)
    index: dict[str, Any] = field(default_factory=dict)


def write_pieces(tables: Tables, pair: Pair, folder: Path, *, room: int = PAGE_BYTES) -> Pieces:
    """Pack the articles; if they are too many or too large for the page, write them into the folder `articles`.

    Parameters
    ----------
    tables : Tables
        With their study.
    pair : (str, str) or None
        The two sides of the study.
    folder : path
        The folder of the page. Pieces of an earlier page are removed.
    room : int
        Bytes that articles may take in the page.

    Returns
    -------
    Pieces
    """
    shown = tables.sample(MOST_ARTICLES)
    n_articles = len(shown.metadata)
    _remove_pieces(folder / FOLDER)
    if n_articles <= INLINE_ARTICLES:
        packed = _packed(shown, pair, room)
        if packed is not None:
            return Pieces(n_articles, packed)
    place = make_folder(folder / FOLDER)
    values: dict[str, dict[str, int]] = {}
    has: list[dict[str, list[int]]] = []
    themes = tables.study_or_error().codebook
    for part in shown.shards():
        for piece in _pieces(part, pair):
            script = f"framingPiece({len(has)},{script_json(pack(piece))});\n"
            write_file(place / _NAME.format(len(has)), script.encode("ascii"))
            has.append(_numbers(_values(piece["articles"], themes.ancestors), values))
    return Pieces(
        n_articles, index={"values": {name: list(known) for name, known in values.items()}, "has": has}
    )


def _packed(tables: Tables, pair: Pair, room: int) -> list[str] | None:
    """The pieces; None if together they need more bytes than there is room for."""
    packed = []
    for piece in _pieces(tables, pair):
        packed.append(pack(piece))
        room -= len(packed[-1]) + _TAG
        if room < 0:
            return None
    return packed


def _remove_pieces(folder: Path) -> None:
    """Remove the pieces of an earlier page, and no other file."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name):
            path.unlink()


def _pieces(tables: Tables, pair: Pair) -> Iterator[dict[str, Any]]:
    articles = reader_articles(tables, pair if knows_dyads(tables) else None)
    texts = texts_in_order(tables)
    if not tables.has_text:
        articles = [
            {**article, "quotes": list(map(_content_alone, article["quotes"]))} for article in articles
        ]
    for first in range(0, len(articles), PIECE):
        chosen = slice(first, first + PIECE)
        yield {"articles": articles[chosen], "texts": texts[chosen]}


def _content_alone(quote: Mapping[str, Any]) -> dict[str, Any]:
    """A quote without the places of its source and cue, which nobody can see without the words."""
    return {name: value for name, value in quote.items() if name not in ("source", "cue")}


def _values(articles: Sequence[Mapping[str, Any]], above: Any) -> dict[str, set[str]]:
    """The values of some filters that these articles have."""
    themes = {hit[2] for article in articles for hit in article["themes"]}
    mentions = [mention for article in articles for mention in article["mentions"]]
    return {
        "outlet": {article["outlet"] for article in articles},
        "country": {article["country"] for article in articles if article["country"]},
        "when": {article["date"][:4] or "undated" for article in articles},
        "theme": themes | {theme for hit in themes for theme in above(hit)},
        "about": {mention[2] for mention in mentions} | {f"side:{mention[3]}" for mention in mentions},
    }


def _numbers(found: Mapping[str, set[str]], values: dict[str, dict[str, int]]) -> dict[str, list[int]]:
    """Replace values by their numbers; new values get the next number."""
    numbered = {}
    for name, some in found.items():
        known = values.setdefault(name, {})
        numbered[name] = sorted(known.setdefault(value, len(known)) for value in sorted(some))
    return numbered
