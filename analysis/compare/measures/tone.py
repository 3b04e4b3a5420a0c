"""Tone towards actors, for single articles and for groups of articles.

The index is the mean of ``p_positive - p_negative`` over mentions: 1 if every mention is certainly favourable, -1 if
every mention is certainly unfavourable. Mentions without a class (the model abstained) are counted but not averaged.

In the outlet's own words the index is calibrated: zero means what readers of whole articles call neutral. The
calibration was made on articles about Russia, Iran and the United States; see `calibration`. In attributed words, and
for other subjects, zero need not be neutral.

Intervals reflect sampling error, of sentences within an article or of articles within a group. They do not
reflect the error of the model. The model card reports that error, and `analysis.validation.correction` corrects
estimates for it with a coded sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analysis.compare._core.concentration import CONCENTRATION_COLUMNS
from analysis.compare._core.counts import COUNT, count_rows, distinct, is_one_of
from analysis.compare._core.derived import derived_rows
from analysis.compare._core.grouping import Groups, group_articles
from analysis.compare._core.ratios import counts_matrix, group_counts, ratio_table, sums_by_group
from analysis.compare._core.results import NEUTRAL, RESULT_COLUMNS
from analysis.compare._core.voices import VoiceChoice, relabel_voices, rows_by_voice, voice_columns
from analysis.compare._core.weighting import Weight
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.compare._core.ratios import Cell
    from analysis.tables import Tables

By = str | Sequence[str]
Towards = Literal["side", "actor_id"]
Use = Literal["probability", "polarity"]
CLASSES = ("negative", "neutral", "positive")
ABSTAINED = "abstained"
COUNTS = tuple(f"n_{name}" for name in (*CLASSES, ABSTAINED))
_CLASS = f"""CASE WHEN abstained IS NOT NULL OR polarity IS NULL THEN '{ABSTAINED}'
    WHEN polarity < 0 THEN 'negative' WHEN polarity > 0 THEN 'positive' ELSE 'neutral' END"""
_VALUES = {"probability": "p_positive - p_negative", "polarity": "polarity::DOUBLE"}
AGREEMENTS = ("same", "one is neutral", "opposite")


@dataclass(frozen=True)
class Calibration:
    """How the index of an article's own words was calibrated, and how well it predicts what readers say.

    Attributes
    ----------
    n_articles : int
        Articles that readers coded; one code (-1, 0 or 1) per article and side.
    rmse : float
        Root mean squared error of the index of one article towards one side, cross-validated over articles.
    spearman : float
        Rank correlation of the index with the codes, cross-validated as well.
    n_further : int
        Coded articles that the index was not calibrated on.
    spearman_further : float
        Rank correlation in these.
    """

    n_articles: int
    rmse: float
    spearman: float
    n_further: int
    spearman_further: float


def calibration(sides: Iterable[str]) -> Calibration | None:
    """Calibration of the index of the outlet's own words towards some sides.

    Parameters
    ----------
    sides : iterable of str
        Ids of sides.

    Returns
    -------
    Calibration or None
        None unless the index was calibrated on articles about all of these sides: for another subject, zero need not
        be neutral.

    Examples
    --------
    >>> from analysis.compare import tone
    >>> tone.calibration(["iran", "russia"]).n_articles
    76
    >>> tone.calibration(["france", "spain"]) is None
    True
    """
    from analysis.annotators.tone.portrayal import load_portrayal

    fitted = load_portrayal().fitted
    if not set(sides) <= set(fitted["sides"]):
        return None
    scores, further = fitted["cross_validated"], fitted["check"]
    return Calibration(
        scores["articles"], scores["rmse"], scores["spearman"], further["articles"], further["spearman"]
    )


def polarity_index(
    tables: Tables,
    *,
    by: By = ("outlet",),
    towards: Towards = "side",
    only: str | Sequence[str] | None = None,
    voice: VoiceChoice = None,
    use: Use = "probability",
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Mean tone towards each side or actor in each group of articles.

    Parameters
    ----------
    tables : Tables
    by : str or sequence of str, default ('outlet',)
        Columns to group by; see `analysis.compare._core.grouping.group_articles`. Empty for one group.
    towards : {'side', 'actor_id'}, default 'side'
        Whether to average over the mentions of a side or of a single actor.
    only : str or sequence of str, optional
        Sides or actors to report. By default, all that are mentioned.
    voice : None, 'split', 'sides' or one voice
        Voice in which the mention occurs; see `analysis.compare.measures.rates.theme_rates`. Unless it is None, the
        result has the column `voice`.
    use : {'probability', 'polarity'}, default 'probability'
        Average ``p_positive - p_negative``, or the class (-1, 0 or 1). Both use classified mentions only.
    cluster : str, default 'article_id'
        Column whose values are resampled together; use 'family_id' if the corpus contains wire copy.
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each word, article or outlet counts equally; see `analysis.compare._core.weighting`.

    Returns
    -------
    pandas.DataFrame
        One row per group, side (or actor) and voice, with the columns of `analysis.compare.measures.rates` and
        `n_negative`, `n_neutral`, `n_positive`, `n_abstained`. `numerator`: sum over mentions; `denominator`:
        classified mentions; `n`: articles that contain any; `estimate`: -1 to 1.

    Raises
    ------
    FramingError
        If ``use='probability'`` and a mention has a class but no probabilities.

    Examples
    --------
    >>> from analysis.compare import tone
    >>> tables = analysis.load_tables("results")
    >>> found = tone.polarity_index(tables, by=["outlet"], only=["iran", "russia"], voice="outlet")
    >>> found[["side", "voice"]].drop_duplicates().to_dict("split")["data"]
    [['iran', 'outlet'], ['russia', 'outlet']]
    """
    mentions = mention_values(tables, towards, use, only)
    names = _names(mentions, towards, only)
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    by_class = []

    def cells() -> Iterator[Cell]:
        for name in names:
            for label, chosen in rows_by_voice(mentions[mentions[towards] == name], tables, voice):
                values, counts = _sums(groups, chosen)
                by_class.append(sums_by_group(groups, counts))
                yield {towards: name} | label, values, counts[:, :3].sum(axis=1)

    table = ratio_table(
        groups,
        cells(),
        method=f"mean {use} over mentions",
        what="scored mentions",
        labels=[towards, *voice_columns(voice)],
    )
    return table.join(group_counts(by_class, COUNTS))


def article_index(
    tables: Tables,
    *,
    towards: Towards = "actor_id",
    only: str | Sequence[str] | None = None,
    voice: VoiceChoice = None,
    use: Use = "probability",
) -> pd.DataFrame:
    """Mean tone of each article towards each actor or side that it mentions.

    Parameters
    ----------
    tables, towards, only, voice, use
        See `polarity_index`.

    Returns
    -------
    pandas.DataFrame
        One row per article and actor (or side), and per voice if one is given. `numerator`: sum over mentions;
        `denominator`: classified mentions; `n`: sentences that contain them; `estimate`: -1 to 1. The interval
        resamples sentences. There is none with fewer than 5 sentences; with fewer than 20, the note gives its actual
        coverage (in samples from the bundled corpus, 88 % with 5 sentences and 93 % with 10).

    Raises
    ------
    FramingError
        If ``use='probability'`` and a mention has a class but no probabilities.
    """
    import pandas as pd

    keys = ["article_id", towards, *voice_columns(voice)]
    parts = []
    for mentions in tables.iter("mentions"):
        rows = _with_values(mentions, use)
        rows = rows[rows[towards].isin(_names(rows, towards, only))]
        if voice is not None:
            rows, voices = relabel_voices(rows, tables, voice)
            rows = rows[rows["voice"].isin(voices)]
        if len(rows):
            parts.append(_index_of_articles(rows, keys, use))
    if not parts:
        return pd.DataFrame(columns=[*keys, *RESULT_COLUMNS, *COUNTS])
    return pd.concat(parts).sort_values(keys, kind="stable", ignore_index=True)


def _index_of_articles(mentions: pd.DataFrame, keys: list[str], use: Use) -> pd.DataFrame:
    groups, units = _sentence_groups(mentions, keys)
    values, counts = _sums(groups, mentions.assign(article_id=units))
    table = ratio_table(
        groups,
        [({}, values, counts[:, :3].sum(axis=1))],
        method=f"mean {use} over mentions",
        what="scored mentions",
    )
    table = table.drop(columns=list(CONCENTRATION_COLUMNS))  # a row is one article, of one outlet
    return table.join(group_counts([sums_by_group(groups, counts)], COUNTS))


def model_and_vader(tables: Tables, *, only: Sequence[str]) -> pd.DataFrame:
    """Tone of each article towards each side, by the model and by VADER on the same sentences.

    Parameters
    ----------
    tables : Tables
    only : sequence of str
        Sides, in the order of the rows.

    Returns
    -------
    pandas.DataFrame
        Rows of `article_index` with at least one classified mention, and the further columns `outlet`, `vader` (mean
        compound score of the sentences with mentions, -1 to 1) and `agreement`: 'same' direction, 'opposite', or
        'one is neutral' (below 0.05 in absolute value).

    Notes
    -----
    The two methods measure different things. VADER scores how positive the words of a sentence are. The model scores
    how the sentence presents the actor. Where they disagree, a word list would misjudge the tone *towards* the actor.

    References
    ----------
    Hutto & Gilbert (2014), VADER: a parsimonious rule-based model for sentiment analysis of social media text. ICWSM.
    """
    import numpy as np
    import pandas as pd

    index = article_index(tables, towards="side", only=only)
    index = index[index["denominator"] > 0]
    outlets = tables.metadata.set_index("article_id")["outlet"]
    table = index.merge(_vader(tables, only), on=["article_id", "side"], how="left")
    table.insert(1, "outlet", table["article_id"].map(outlets))
    one, other = (
        np.sign(table[name]).where(table[name].abs() >= NEUTRAL, 0.0) for name in ("estimate", "vader")
    )
    agreement = np.where(one * other < 0, "opposite", np.where(one == other, "same", "one is neutral"))
    place = pd.Index(list(only)).get_indexer(pd.Index(table["side"]))
    table = table.assign(agreement=agreement.astype(str), _place=place)
    return table.sort_values(["_place", "article_id"], ignore_index=True).drop(columns="_place")


def _sentence_groups(mentions: pd.DataFrame, keys: list[str]) -> tuple[Groups, pd.Series]:
    """Groups of one article and actor with sentences as units, and the unit of each mention."""
    import numpy as np
    import pandas as pd

    by_key = mentions.groupby(keys, sort=True)
    by_sentence = mentions.groupby([*keys, "sentence"], sort=True)
    numbers = by_sentence.ngroup()
    codes = by_key.ngroup().groupby(numbers).first().to_numpy()
    names = pd.Index([str(number) for number in range(len(codes))])
    keys_of = by_key.size().index.to_frame(index=False)
    one_outlet = np.zeros(len(codes), dtype=int), np.array([""], dtype=object)
    groups = Groups(names, keys_of, codes, np.arange(len(codes)), "sentences", "word", *one_outlet)
    return groups, numbers.astype("str")


def _sums(groups: Groups, mentions: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Sum over classified mentions, shape (units, 1), and mentions by class, shape (units, 4)."""
    judged = mentions[mentions["class"] != ABSTAINED]
    values = counts_matrix(groups, judged, "class", CLASSES, weight="value").sum(axis=1, keepdims=True)
    return values, counts_matrix(groups, mentions, "class", [*CLASSES, ABSTAINED], weight=COUNT)


def _names(mentions: pd.DataFrame, towards: Towards, only: str | Sequence[str] | None) -> list[str]:
    if only is None:
        return distinct(mentions[towards])
    return [only] if isinstance(only, str) else list(dict.fromkeys(only))


def mention_values(
    tables: Tables, towards: Towards, use: Use, only: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """Count mentions of each side or actor in each article, voice and class, with the sum of what is averaged.

    Parameters
    ----------
    tables : Tables
    towards : {'side', 'actor_id'}
    use : {'probability', 'polarity'}
    only : str or sequence of str, optional
        Sides or actors; by default all.

    Returns
    -------
    pandas.DataFrame
        Columns article_id, `towards`, voice, class, `count`, and value (summed over the mentions; empty if they have
        none). Texts are categories.

    Raises
    ------
    FramingError
        If ``use='probability'`` and a mention has a class but no probabilities.
    """
    names = [only] if isinstance(only, str) else only
    mentions = count_rows(
        tables,
        "mentions",
        [towards, "voice", f"{_CLASS} AS class"],
        where="" if names is None else is_one_of(towards, names),
        sums={"value": f"coalesce({_VALUES[use]}, 'nan'::DOUBLE)"},
    )
    _expect_values(mentions["value"].isna(), mentions["class"])
    return mentions


def _with_values(mentions: pd.DataFrame, use: Use) -> pd.DataFrame:
    """Single mentions with the columns `class` and `value`."""
    names = dict(zip((-1, 0, 1), CLASSES, strict=True))
    judged = mentions["polarity"].where(mentions["abstained"].isna())
    classes = judged.map(names).astype("str").fillna(ABSTAINED)
    values = mentions["polarity"] if use == "polarity" else mentions["p_positive"] - mentions["p_negative"]
    _expect_values(values.isna(), classes)
    return mentions.assign(value=values.astype("float64"), count=1, **{"class": classes})


def _expect_values(missing: pd.Series, classes: pd.Series) -> None:
    if (missing & classes.ne(ABSTAINED)).any():
        raise FramingError("mentions have a polarity but no probabilities", remedy="pass use='polarity'")


def _vader(tables: Tables, sides: Sequence[str]) -> pd.DataFrame:
    """Mean compound score of the sentences with classified mentions, by article and side."""
    import pandas as pd

    tables.expect_text("VADER")

    def make(every: Tables) -> pd.DataFrame:
        return pd.concat([_vader_of_shard(part, sides) for part in every.shards()], ignore_index=True)

    return derived_rows(tables, ("vader", *sides), make)


def _vader_of_shard(tables: Tables, sides: Sequence[str]) -> pd.DataFrame:
    from analysis.annotators.tone.vader import compound

    mentions = tables.mentions[tables.mentions["side"].isin(sides)]
    mentions = mentions[mentions["polarity"].notna() & mentions["abstained"].isna()]
    placed = mentions[["article_id", "side", "sentence"]].merge(
        tables.sentences, on=["article_id", "sentence"], how="left"
    )
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    spans = placed[["article_id", "start", "end"]].drop_duplicates()
    spans["vader"] = [
        compound(texts[article_id][start:end]) for article_id, start, end in spans.itertuples(index=False)
    ]
    scored = placed.merge(spans, on=["article_id", "start", "end"])
    return scored.groupby(["article_id", "side"])["vader"].mean().reset_index()
