"""Estimates corrected with articles that readers coded as a whole, also where the tables have no texts.

Measured and coded values are numerators and denominators of each article, as in `analysis.compare.measures.units`.
What the toolkit missed in a coded article counts as well, unlike in a sample of the quotes that it found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import group_column
from analysis.compare._core.weighting import Weight
from analysis.corpus import WORD
from analysis.errors import FramingError, ReadError
from analysis.validation.article_weights import weigh_articles

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

_VALUES = {"cooperation": 1, "conflict": -1}
_FAMILY = "family_id"


@dataclass(frozen=True, eq=False)
class ArticleCoding:
    """What readers coded in whole articles. Of an article that several read, the first reading.

    Attributes
    ----------
    articles : pandas.DataFrame
        article_id, relation, frames (joined by semicolons), tone_SIDE (-1, 0, 1 or empty).
    themes : pandas.DataFrame
        article_id, and one column per theme: 0 absent, 1 passing, 2 central.
    quotes : pandas.DataFrame
        article_id, quote (number within the article), side.
    quote_spans : pandas.DataFrame
        article_id, quote, role, start, end.
    acts : pandas.DataFrame
        article_id, direction, source, target.
    """

    articles: pd.DataFrame
    themes: pd.DataFrame
    quotes: pd.DataFrame
    quote_spans: pd.DataFrame
    acts: pd.DataFrame

    def theme_units(self, theme: str) -> pd.DataFrame:
        """1 for each article with a theme (numerator), and 1 for each article (denominator)."""
        return _units(self.themes["article_id"], self.themes[theme] > 0)

    def frame_units(self, frame: str) -> pd.DataFrame:
        """1 for each article with a frame (numerator), and 1 for each article (denominator)."""
        listed = self.articles["frames"].fillna("").str.split(";")
        return _units(self.articles["article_id"], [frame in names for names in listed])

    def tone_units(self, side: str) -> pd.DataFrame:
        """Tone of the outlet's own words towards a side (numerator); 1 if the article shows it (denominator)."""
        tone = self.articles[f"tone_{side}"]
        return _units(self.articles["article_id"], tone.fillna(0), tone.notna())

    def act_units(self) -> pd.DataFrame:
        """Acts of cooperation minus acts of conflict (numerator), and their number (denominator)."""
        acts = self.acts[self.acts["direction"].isin(list(_VALUES))]
        values = acts["direction"].map(_VALUES).groupby(acts["article_id"])
        ids = self.articles["article_id"]
        return _units(ids, ids.map(values.sum()).fillna(0), ids.map(values.size()).fillna(0))

    def quoted_units(self, tables: Tables, side: str) -> pd.DataFrame:
        """Words attributed to a side (numerator) and to anyone (denominator)."""
        words = self._words(tables)
        own = words[words["side"] == side].groupby("article_id").size()
        ids = self.articles["article_id"]
        return _units(ids, ids.map(own).fillna(0), ids.map(words.groupby("article_id").size()).fillna(0))

    def attributed_units(self, tables: Tables) -> pd.DataFrame:
        """Words attributed to anyone (numerator), and all words (denominator)."""
        words = self._words(tables).groupby("article_id").size()
        ids = self.articles["article_id"]
        return _units(ids, ids.map(words).fillna(0), ids.map(_word_counts(tables, ids)).fillna(0))

    def _words(self, tables: Tables) -> pd.DataFrame:
        """The attributed words with the side of the innermost speaker: article_id, place, side."""
        return tables.data("articles").recent.once((self, "words"), lambda: self._find_words(tables))

    def _find_words(self, tables: Tables) -> pd.DataFrame:
        import pandas as pd

        contents = self.quote_spans[self.quote_spans["role"] == "content"]
        keys = ["article_id", "quote"]
        spans = contents.merge(self.quotes[[*keys, "side"]], on=keys, how="left", validate="many_to_one")
        size = (spans["end"] - spans["start"]).groupby([spans[key] for key in keys]).transform("sum")
        spans = spans.assign(size=size).sort_values("size", ascending=False, kind="stable")
        texts = _texts(tables, spans["article_id"])
        rows = [
            (article, word.start(), side)
            for article, start, end, side in zip(
                *(spans[name] for name in ("article_id", "start", "end", "side")), strict=True
            )
            if article in texts
            for word in WORD.finditer(texts[article], start, end)
        ]
        found = pd.DataFrame(rows, columns=["article_id", "place", "side"])
        return found.drop_duplicates(
            ["article_id", "place"], keep="last"
        )  # shorter quotes are inside longer ones


def load_coding(folder: str | Path) -> ArticleCoding:
    """Read what readers coded in whole articles.

    Parameters
    ----------
    folder : path
        With articles.csv, themes.csv, quotes.csv, quote_spans.csv and acts.csv, as in `data/coverage/gold`.

    Returns
    -------
    ArticleCoding

    Raises
    ------
    ReadError
        A file cannot be read.
    """
    import pandas as pd

    found: dict[str, Any] = {}
    for field in fields(ArticleCoding):
        path = Path(folder) / f"{field.name}.csv"
        try:
            table = pd.read_csv(path)
        except (OSError, ValueError) as error:
            raise ReadError(
                f"cannot read the coding: {error}", path=path, remedy="see data/coverage/gold"
            ) from None
        found[field.name] = table[table["reading"] == 1].reset_index(drop=True)
    return ArticleCoding(**found)


def article_units(
    tables: Tables,
    measured: pd.DataFrame,
    coded: pd.DataFrame,
    *,
    strata: str,
    by: Iterable[str] = (),
    weight: Weight = "word",
) -> pd.DataFrame:
    """Measured and coded values of articles as units for corrected estimates.

    The sampling probability of a coded article is the share of its stratum that was coded. This is right if the coded
    articles of a stratum are like the others in it. With ``weight="outlet"``, each outlet has one vote, however many
    of its articles were coded and however much readers found in them: coded articles stand for the others of their
    outlet and stratum, and outlets with coded articles for the other outlets of the stratum. Outlets with one or two
    coded articles then count a lot, which Kish's effective number in the notes of the estimates shows.

    Parameters
    ----------
    tables : Tables
    measured, coded : pandas.DataFrame
        article_id, numerator and denominator. Articles that are not in `measured` are left out.
    strata : str
        Column of `articles`: the groups within which articles were chosen for coding.
    by : iterable of str
        Columns of `articles`, or periods, to add. Outlets that count equally do so in each of their groups.
    weight : {'word', 'article', 'outlet'}, default 'word'
        What counts equally; 'word' stands for whatever the denominator counts.

    Returns
    -------
    pandas.DataFrame
        One row per article: article_id, predicted, gold, probability, size, gold_size, family_id and the columns of
        `by`, for `analysis.validation.corrected_means` with ``size="size"`` and ``cluster="family_id"``.

    Raises
    ------
    FramingError
        No measured article was coded, or the weight is unknown.

    Examples
    --------
    >>> from analysis import validation
    >>> from analysis.compare.measures.units import quoted_units
    >>> tables = analysis.load_tables("data/coverage")
    >>> coding = validation.load_coding("data/coverage/gold")
    >>> units = validation.article_units(
    ...     tables, quoted_units(tables, "iran"), coding.quoted_units(tables, "iran"), strata="extra_collection"
    ... )
    >>> means = validation.corrected_means(units, size="size", cluster="family_id")
    >>> means["estimator"].tolist(), int(means["n_coded"].max())
    (['naive', 'gold_only', 'ppi', 'dsl'], 111)
    """
    import pandas as pd

    by = [*by]
    columns = [*dict.fromkeys([strata, *by])]
    articles = tables.metadata
    about = articles[["article_id", _FAMILY, "outlet"]].assign(
        **{name: group_column(articles, name) for name in columns}
    )
    units = about.merge(measured, on="article_id", validate="one_to_one")
    units = units.merge(coded, on="article_id", how="left", suffixes=("", "_coded"), validate="one_to_one")
    if units["denominator_coded"].isna().all():
        raise FramingError(
            "none of the measured articles was coded", remedy="give the coding of these articles"
        )
    found = weigh_articles(units, strata=strata, by=by, weight=weight)
    spent = ["numerator", "denominator", "numerator_coded", "denominator_coded"]
    return pd.concat([units.drop(columns=spent), found], axis=1)


def _units(ids: pd.Series, above: Any, below: Any = 1.0) -> pd.DataFrame:
    import pandas as pd

    units = pd.DataFrame({"article_id": ids.astype("str")}).assign(numerator=above, denominator=below)
    return units.astype({"numerator": "float64", "denominator": "float64"})


def _texts(tables: Tables, ids: pd.Series) -> dict[str, str]:
    """Texts or outlines, which have the same words."""
    rows = tables.articles[["article_id", "text"]]
    rows = rows[rows["article_id"].isin(set(ids))]
    return dict(zip(rows["article_id"], rows["text"], strict=True))


def _word_counts(tables: Tables, ids: pd.Series) -> dict[str, int]:
    return {key: len(WORD.findall(text)) for key, text in _texts(tables, ids).items()}
