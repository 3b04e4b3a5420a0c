"""How often corrected 95 % intervals contain the true value, in simulated samples of the design of `data/coverage`.

Articles that nobody coded are given the error of a coded article of the same collection whose measured value is
close, so the true value of all articles is known. Each run draws all articles again with replacement, codes as many
of each collection as were coded, at random, and corrects with them. In the real study the coded articles were not
drawn at random, which no simulation of the design can show.

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
from analysis.validation import article_units, corrected_means, load_coding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.compare._core.weighting import Weight

STUDY = Path("data/coverage")
STRATA = "extra_collection"
NEAR = 8  # coded articles from which the error is drawn
WEIGHTS: tuple[Weight, ...] = ("word", "outlet")


def estimates() -> Iterator[tuple[str, pd.DataFrame]]:
    """Name and units of each estimate."""
    tables, coding = analysis.load_tables(STUDY), load_coding(STUDY / "gold")
    about = tables.select(frames.dyad_sentences(tables, ("russia", "iran"))["article_id"].unique())
    for weight in WEIGHTS:
        for side in ("us", "iran"):
            found = units.quoted_units(tables, side), coding.quoted_units(tables, side)
            yield f"share of {side}, {weight}", article_units(tables, *found, strata=STRATA, weight=weight)
        for theme in ("syria_counterterrorism", "mutual_distrust"):
            measured = units.presence(units.theme_units(about, theme))
            coded = coding.theme_units(theme)
            yield f"{theme}, {weight}", article_units(about, measured, coded, strata=STRATA, weight=weight)


def completed(sample: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The units with a code for every article."""
    made = sample.copy()
    for _, group in sample.groupby(STRATA):
        donors = group.dropna(subset=["gold"])
        for place in group.index[group["gold"].isna()]:
            gap = (donors["predicted"] - group.loc[place, "predicted"]).abs()
            donor = donors.loc[rng.choice(gap.sort_values(kind="stable").index[:NEAR])]
            gold = made.loc[place, "predicted"] + donor["gold"] - donor["predicted"]
            ratio = donor["gold_size"] / donor["size"] if donor["size"] > 0 else 1.0
            made.loc[place, ["gold", "gold_size"]] = np.clip(gold, 0, 1), made.loc[place, "size"] * ratio
    return made


def contains(
    every: pd.DataFrame, n_coded: pd.Series, runs: int, rng: np.random.Generator
) -> dict[str, float]:
    """Share of the runs in which the interval of each estimator contains the true value."""
    truth = (every["gold"] * every["gold_size"]).sum() / every["gold_size"].sum()
    inside: dict[str, list[bool]] = {}
    for _ in range(runs):
        drawn = every.iloc[rng.integers(len(every), size=len(every))].reset_index(drop=True)
        coded = np.concatenate(
            [rng.permutation(part.index)[: n_coded[name]] for name, part in drawn.groupby(STRATA)]
        )
        chance = drawn[STRATA].map(n_coded / drawn[STRATA].value_counts()).clip(upper=1)
        rest = ~drawn.index.isin(coded)
        drawn = drawn.assign(gold=drawn["gold"].mask(rest), probability=chance.mask(rest), unit=drawn.index)
        for row in corrected_means(drawn, size="size", cluster="unit").to_dict("records"):
            found = bool(row["ci95_low"] <= truth <= row["ci95_high"])
            inside.setdefault(row["estimator"], []).append(found)
    return {name: float(np.mean(found)) for name, found in inside.items()}


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    rng = np.random.default_rng(5)
    for name, sample in estimates():
        n_coded = sample.loc[sample["gold"].notna(), STRATA].value_counts()
        found = contains(completed(sample, rng), n_coded, runs, rng)
        print(name, *(f"{estimator} {share:.2f}" for estimator, share in found.items()), flush=True)


if __name__ == "__main__":
    main()
