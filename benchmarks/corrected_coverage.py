"""How often corrected 95 % intervals contain the true value, in simulated samples of the design of `data/coverage`.

Articles that nobody coded are given the error of a coded article of the same collection whose measured value is
close, so the true value of all articles is known. Each run draws all articles again with replacement, codes as many
of each collection as were coded, at random, and corrects with them. Where each outlet counts equally, the articles of
each outlet and collection are drawn again, so that no outlet is lost; outlets with one article do not vary then. In
the real study the coded articles were not drawn at random, which no simulation of the design can show.

Each line has the share of the intervals that contain the true value, by estimator. The last line has the same for all
estimates by DSL whose note says that the interval may be too narrow, and for all others.

    python -m benchmarks.corrected_coverage --runs 200
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import analysis
from analysis.compare import frames, units
from analysis.validation import corrected_means, load_coding
from analysis.validation.article_weights import weigh_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.compare._core.weighting import Weight
    from analysis.tables import Tables

STUDY = Path("data/coverage")
STRATA = "extra_collection"
NEAR = 8  # coded articles from which the error is drawn
WEIGHTS: tuple[Weight, ...] = ("word", "outlet")
TOO_NARROW = "may be too narrow"  # in notes


def estimates() -> Iterator[tuple[str, pd.DataFrame]]:
    """Name, and measured and coded values of each estimate."""
    tables, coding = analysis.load_tables(STUDY), load_coding(STUDY / "gold")
    for side in ("us", "iran"):
        yield (
            f"share of {side}",
            both(tables, units.quoted_units(tables, side), coding.quoted_units(tables, side)),
        )
    about = tables.select(frames.dyad_sentences(tables, ("russia", "iran"))["article_id"].unique())
    for theme in ("syria_counterterrorism", "mutual_distrust"):
        measured = units.presence(units.theme_units(about, theme))
        yield theme, both(about, measured, coding.theme_units(theme))


def both(tables: Tables, measured: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Measured and coded values of articles, as for `weigh_articles`."""
    values = tables.metadata[["article_id", "outlet", STRATA]].merge(measured, on="article_id")
    return values.merge(coded, on="article_id", how="left", suffixes=("", "_coded"))


def completed(sample: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The values with a code for every article."""
    made, units = sample.copy(), weigh_articles(sample, strata=STRATA)
    for _, group in units.groupby(sample[STRATA]):
        donors = group.dropna(subset=["gold"])
        for place in group.index[group["gold"].isna()]:
            unit = group.loc[place]
            gap = (donors["predicted"] - unit["predicted"]).abs()
            donor = donors.loc[rng.choice(gap.sort_values(kind="stable").index[:NEAR])]
            gold = np.clip(unit["predicted"] + donor["gold"] - donor["predicted"], 0, 1)
            size = unit["size"] * (donor["gold_size"] / donor["size"] if donor["size"] > 0 else 1.0)
            made.loc[place, ["numerator_coded", "denominator_coded"]] = gold * size, size
    return made


def true_value(every: pd.DataFrame, weight: Weight) -> float:
    """The ratio of the coded sums, or the mean of the outlets' ratios."""
    sums = every.groupby("outlet")[["numerator_coded", "denominator_coded"]].sum()
    if weight == "word":
        return float(sums["numerator_coded"].sum() / sums["denominator_coded"].sum())
    return float(
        (sums["numerator_coded"] / sums["denominator_coded"]).mean()
    )  # without outlets that have nothing


def drawn_again(every: pd.DataFrame, weight: Weight, rng: np.random.Generator) -> pd.DataFrame:
    """As many articles, drawn with replacement."""
    whole = [every] if weight == "word" else [part for _, part in every.groupby(["outlet", STRATA])]
    return every.loc[np.concatenate([rng.choice(part.index, len(part)) for part in whole])].reset_index(
        drop=True
    )


def intervals(
    every: pd.DataFrame, n_coded: pd.Series, weight: Weight, runs: int, rng: np.random.Generator
) -> pd.DataFrame:
    """The corrected estimates of all runs, with the column `inside`: whether the interval has the true value."""
    truth = true_value(every, weight)
    found = []
    for _ in range(runs):
        drawn = drawn_again(every, weight, rng)
        coded = [rng.permutation(part.index)[: n_coded[name]] for name, part in drawn.groupby(STRATA)]
        rest = ~drawn.index.isin(np.concatenate(coded))
        for name in ("numerator_coded", "denominator_coded"):
            drawn[name] = drawn[name].mask(rest)
        sample = weigh_articles(drawn, strata=STRATA, weight=weight).assign(unit=drawn.index)
        found.append(corrected_means(sample, size="size", cluster="unit"))
    rows = pd.concat(found)
    return rows.assign(inside=(rows["ci95_low"] <= truth) & (truth <= rows["ci95_high"]))


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    rng = np.random.default_rng(5)
    made = []
    for name, sample in estimates():
        n_coded = sample.loc[sample["denominator_coded"].notna(), STRATA].value_counts()
        every = completed(sample, rng)
        for weight in WEIGHTS:
            made.append(intervals(every, n_coded, weight, runs, rng))
            shares = made[-1].groupby("estimator", sort=False)["inside"].mean()
            print(f"{name}, {weight}:", *(f"{key} {share:.2f}" for key, share in shares.items()), flush=True)
    rows = pd.concat(made).query("estimator == 'dsl'")
    flagged = rows["note"].str.contains(TOO_NARROW)
    for what, part in ((TOO_NARROW, rows[flagged]), ("all others", rows[~flagged])):
        print(f"dsl, {what}: {part['inside'].mean():.2f} of {len(part)}")


if __name__ == "__main__":
    main()
