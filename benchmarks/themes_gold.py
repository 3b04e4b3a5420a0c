"""Precision, recall and F1 of each theme of the study's codebook, against hand coding.

    python -m benchmarks.themes_gold                  # the bundled articles
    python -m benchmarks.themes_gold --real train     # real articles, not in the repository (../shared/data)
    python -m benchmarks.themes_gold --real dev       # other real articles: to choose between variants

An article has a theme if there is at least one hit. A hit also counts for the parent themes. Intervals are
Wilson intervals. `--out` writes the table as CSV; `--wrong` lists the articles where coding and codebook
differ.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import load_study, read_articles
from analysis.annotators.themes.extract import find_themes
from analysis.validation.classification_scores import scores
from benchmarks.coverage import coded_articles

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study import Study

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
REAL = DATA / "coverage_coded"
TEXTS = (DATA / "coverage" / "core.jsonl", DATA / "coverage" / "mentions.jsonl.gz")
MEASURES = ("precision", "recall", "f1")


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--real", choices=["train", "dev"])
    parser.add_argument("--study", type=Path, default=ROOT / "data")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args(arguments)
    if options.real and not REAL.is_dir():
        parser.error(f"there is no {REAL}")
    study = load_study(options.study)
    texts, coded = real_gold(options.real) if options.real else bundled_gold(study)
    found = present(texts, study)
    table = theme_scores(coded, found, list(texts), study)
    print(f"{len(texts)} articles")
    print(table.to_string(index=False, float_format=lambda value: f"{value:.2f}"))
    for group, members in table.groupby("group", sort=False):
        known = members[members["coded"] > 0]
        print(f"macro F1, {group}: {known['f1'].mean():.3f} over {len(known)} themes that are coded")
    if options.wrong:
        for theme in table["theme"]:
            extra, missed = ({a for a, t in pairs if t == theme} for pairs in (found - coded, coded - found))
            print(f"{theme}: too many {sorted(extra)}; missed {sorted(missed)}")
    if options.out:
        table.to_csv(options.out, index=False, float_format="%.4f")


def bundled_gold(study: Study) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """Texts by article and (article, theme) as coded, of the bundled corpus."""
    import pandas as pd

    articles = read_articles(study.articles_path, outlets=study.outlets)
    gold = pd.read_csv(study.gold_path / "themes.csv")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    return texts, set(zip(gold["article_id"], gold["theme"], strict=True))


def real_gold(part: str) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """Texts by article and (article, theme) as readers coded, of one part of the real articles."""
    coded = coded_articles(REAL / f"{part}.jsonl")
    texts = {article["id"]: article["text"] for article in _texts() if article["id"] in coded}
    return texts, {(key, theme) for key in texts for theme, code in coded[key]["themes"].items() if code}


def _texts() -> Iterator[dict[str, str]]:
    for path in TEXTS:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            yield from map(json.loads, lines)


def present(texts: dict[str, str], study: Study) -> set[tuple[str, str]]:
    """(article, theme) of every theme with a hit in it or below it."""
    return {
        (article_id, name)
        for article_id, text in texts.items()
        for hit in find_themes(text, study.codebook)
        for name in (hit.theme, *study.codebook.ancestors(hit.theme))
    }


def theme_scores(
    coded: set[tuple[str, str]], found: set[tuple[str, str]], article_ids: list[str], study: Study
) -> pd.DataFrame:
    """One row per theme that coders looked for: articles that have it, and the three measures with intervals."""
    import pandas as pd

    asked = {theme for _, theme in coded}
    rows = []
    for theme in study.codebook.themes:
        if theme.id not in asked:
            continue
        gold = pd.Series([(article_id, theme.id) in coded for article_id in article_ids])
        said = pd.Series([(article_id, theme.id) in found for article_id in article_ids])
        measured = scores(gold, said, classes=[True]).set_index("measure")
        row = {"theme": theme.id, "group": theme.group, "coded": int(gold.sum()), "found": int(said.sum())}
        for measure in MEASURES:
            row[measure] = measured.loc[measure, "estimate"]
            row[f"{measure}_low"] = measured.loc[measure, "ci95_low"]
            row[f"{measure}_high"] = measured.loc[measure, "ci95_high"]
        rows.append(row)
    return pd.DataFrame(rows)


if __name__ == "__main__":
    main()
