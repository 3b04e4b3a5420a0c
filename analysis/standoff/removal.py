"""Remove the words of the articles from tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Literal, get_args

from analysis.corpus import count_words
from analysis.errors import FramingError
from analysis.standoff.anchors import anchors, content_hash
from analysis.standoff.outline import outline

if TYPE_CHECKING:
    import pandas as pd

TitleWords = Literal["outline", "keep"]

ORIGINALS = "originals"
"""Name of the table that tells by what each article is recognised."""

ANCHORS = "anchors"
"""Name of the table of the places of each article that are recognised in another copy."""

_WORDS = {"quotes": ("content", "source", "cue"), "mentions": ("text",), "themes": ("text",)}
_LONGEST_NAME = 4  # words; a longer speaker_name is a description in the words of the article
_FOLDERS = re.compile(r".*[/\\]")


def remove_text(
    frames: Mapping[str, pd.DataFrame], *, titles: TitleWords = "outline", keep: Collection[str] = ()
) -> dict[str, pd.DataFrame]:
    """Return tables from which the texts cannot be rebuilt, with two further tables to put the words back.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        By table name.
    titles : {'outline', 'keep'}
        Replace headlines by their outline, or keep them.
    keep : collection of str
        Names of `extra_*` columns of `articles` to keep. The others are left out, since they may hold text.

    Returns
    -------
    dict of str to pandas.DataFrame
        Columns with words of the articles hold outlines: text of `articles`, `mentions` and `themes`, and content,
        source and cue of `quotes`. Names of speakers of more than four words, and title and detail of `rejects`, are
        left out. The tables 'originals' (article_id, text_hash, title_hash) and 'anchors' (article_id, start,
        hash) are added.

    Raises
    ------
    FramingError
        There is no such extra column, or an unknown choice for `titles`.
    """
    if titles not in get_args(TitleWords):
        raise FramingError(f"unknown choice for titles: '{titles}'", remedy="choose 'outline' or 'keep'")
    articles = frames["articles"]
    extra = [name for name in articles.columns if name.startswith("extra_")]
    for name in keep:
        if name not in extra:
            known = ", ".join(extra) or "none"
            raise FramingError(f"there is no extra column '{name}'", remedy=f"the extra columns are: {known}")
    out = dict(frames)
    out["articles"] = articles.drop(columns=[name for name in extra if name not in keep]).assign(
        text=_outlines(articles["text"]),
        title=articles["title"] if titles == "keep" else _outlines(articles["title"]),
        source_file=articles["source_file"].str.replace(_FOLDERS, "", regex=True).astype("str"),
    )
    for name, columns in _WORDS.items():
        out[name] = frames[name].assign(**{column: _outlines(frames[name][column]) for column in columns})
    long = out["quotes"]["speaker_name"].map(count_words, na_action="ignore") > _LONGEST_NAME
    out["quotes"]["speaker_name"] = out["quotes"]["speaker_name"].mask(long.fillna(False).astype(bool))
    rejects = frames["rejects"]
    out["rejects"] = rejects.assign(title=None, detail="").astype({"title": "str", "detail": "str"})
    return {**out, ORIGINALS: _originals(articles), ANCHORS: _anchors(articles)}


def expect_without_text(frames: Mapping[str, pd.DataFrame]) -> None:
    """Check that tables have no text.

    Raises
    ------
    FramingError
        They have.
    """
    if ORIGINALS not in frames or ANCHORS not in frames:
        raise FramingError(
            "these tables have their texts", remedy="join tables that Tables.without_text made"
        )


def _outlines(words: pd.Series) -> pd.Series:
    outlines = {text: outline(text) for text in words.dropna().unique()}  # names come again and again
    return words.map(outlines, na_action="ignore").astype("str")


def _originals(articles: pd.DataFrame) -> pd.DataFrame:
    columns = {
        "article_id": articles["article_id"],
        "text_hash": articles["text"].map(content_hash),
        "title_hash": articles["title"].map(content_hash),
    }
    import pandas as pd

    return pd.DataFrame(columns).astype("str").reset_index(drop=True)


def _anchors(articles: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (article_id, *anchor)
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        for anchor in anchors(text)
    ]
    return pd.DataFrame(rows, columns=["article_id", "start", "hash"]).astype(
        {"article_id": "str", "start": "int64", "hash": "int64"}
    )
