"""Fit the probability that a row of `relations` is right to rows that readers judged.

    python -m training.relations.confidence --articles FILE ... [--state FOLDER] [--write]

The labels are in `labels.jsonl` beside this file: article, offsets of act, source and target, and whether source,
target, direction and status are right. The texts are not part of the repository. The features are kept in --state, so
that a second fit takes seconds. Labels whose row the rules no longer make are left out and counted.

The model is a logistic regression with an L2 penalty. Its errors and the calibration (Platt scaling) come from
cross-validation in which all rows of an article are in one fold. --write writes analysis/models/acts/weights.json.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from scipy.stats import rankdata

from analysis import load_study, read_articles
from analysis.annotators.article import MeasuredArticle
from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.annotators.relations.confidence import FILE
from analysis.annotators.relations.evidence import Features, evidence
from analysis.annotators.relations.extract import Relation, actor_arguments, readings
from analysis.annotators.shard import articles_of
from training.common.json_lines import read_json_lines

Array = NDArray[np.float64]
Key = tuple[str, int, int, int]
ROOT = Path(__file__).parents[2]
LABELS = Path(__file__).with_name("labels.jsonl")
STATE = "evidence.jsonl"
LEAST_COUNT = 10  # features that occur in fewer rows are left out
STRENGTH = 0.06  # inverse of the L2 penalty; both chosen by cross-validation
ALMOST_NO_PENALTY = 1e6  # strength for two weights that need none
FOLDS = 10
PRECISIONS = (0.85, 0.88, 0.9, 0.92)


@dataclass(frozen=True)
class Row:
    """A labelled row: its article, its evidence, the score of the rules, and whether readers found it right."""

    article: str
    features: Features
    rules: float
    right: bool


def key_of(article: str, relation: Relation) -> Key:
    """Article and offsets of act, source and target."""
    return article, relation.act.start, relation.source.start, relation.target.start


def read_labels(path: Path) -> dict[Key, bool]:
    """The labels by row."""
    return {
        (row["id"], row["act"], row["source"], row["target"]): row["right"] for row in read_json_lines(path)
    }


def evidence_in(measured: MeasuredArticle) -> Iterator[tuple[Relation, Features]]:
    """The readings of an article with their evidence, also those that the rules leave out of the table."""
    arguments = actor_arguments(measured.document, measured.mentions, measured.study.actors)
    for relation in readings(arguments, least=0):
        yield relation, evidence(arguments.tree, arguments.by_token, relation)


def measure(files: Sequence[str], labels: dict[Key, bool]) -> Iterator[Row]:
    """The labelled rows of the articles in some files."""
    study = load_study(ROOT / "data")
    articles = read_articles(files, outlets=study.outlets)
    wanted = {article for article, *_ in labels}
    for article in articles_of(articles[articles["article_id"].isin(wanted)]):
        plain = replace(article, text=PlainNewlines(article.text).text)
        for relation, features in evidence_in(MeasuredArticle(plain, study)):
            label = labels.get(key_of(article.article_id, relation))
            if label is not None:
                yield Row(article.article_id, features, relation.score, label)


class Design:
    """Turns features into the columns of a matrix, scaled to a standard deviation of 1 unless they are indicators."""

    def __init__(self, rows: Sequence[Row]) -> None:
        counts = Counter(name for row in rows for name in row.features)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST_COUNT)
        self.column = {name: number for number, name in enumerate(self.names)}
        self.scale = np.ones(len(self.names))
        spread = self._plain(rows).toarray().std(axis=0)
        for number, name in enumerate(self.names):
            if "=" not in name and spread[number] > 0:
                self.scale[number] = 1 / spread[number]

    def __call__(self, rows: Sequence[Row]) -> sparse.csr_matrix:
        """The matrix, shape (rows, features)."""
        return (self._plain(rows) @ sparse.diags(self.scale)).tocsr()

    def _plain(self, rows: Sequence[Row]) -> sparse.csr_matrix:
        matrix = sparse.lil_matrix((len(rows), len(self.names)))
        for number, row in enumerate(rows):
            for name, value in row.features.items():
                if name in self.column:
                    matrix[number, self.column[name]] = value
        return matrix.tocsr()


def fit(given: sparse.csr_matrix | Array, right: Array, strength: float) -> Array:
    """Weights and intercept of a logistic regression, shape (columns + 1,)."""

    def loss(weights: Array) -> tuple[float, Array]:
        margin = given @ weights[:-1] + weights[-1]
        error = 1 / (1 + np.exp(-margin)) - right
        value = (np.logaddexp(0, margin) - right * margin).sum() + weights[:-1] @ weights[:-1] / (
            2 * strength
        )
        return value, np.append(given.T @ error + weights[:-1] / strength, error.sum())

    return np.asarray(minimize(loss, np.zeros(given.shape[1] + 1), jac=True, method="L-BFGS-B").x)


def cross_validated(rows: Sequence[Row]) -> Array:
    """The log odds of each row from a model that has not seen its article."""
    articles = sorted({row.article for row in rows})
    np.random.default_rng(0).shuffle(articles)
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    held = np.array([fold[row.article] for row in rows])
    right, odds = _right(rows), np.zeros(len(rows))
    for number in range(FOLDS):
        inside, outside = (np.flatnonzero(held != number), np.flatnonzero(held == number))
        learned = [rows[one] for one in inside]
        design = Design(learned)
        weights = fit(design(learned), right[inside], STRENGTH)
        odds[outside] = design([rows[one] for one in outside]) @ weights[:-1] + weights[-1]
    return odds


def area(right: Array, score: Array) -> float:
    """Area under the ROC curve."""
    positive = right.sum()
    ranks = rankdata(score)[right == 1].sum()
    return float((ranks - positive * (positive + 1) / 2) / (positive * (len(right) - positive)))


def cut(right: Array, score: Array, precision: float) -> tuple[float, float]:
    """The recall, and the share of rows kept, where as many rows are kept as the precision allows."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(right[order])
    reached = np.flatnonzero(hits / np.arange(1, len(order) + 1) >= precision)
    last = reached[-1] if len(reached) else 0
    return float(hits[last] / right.sum()), (last + 1) / len(order)


def calibration(odds: Array, right: Array) -> Array:
    """Slope and shift that turn log odds into calibrated ones (Platt scaling)."""
    return fit(odds[:, None], right, ALMOST_NO_PENALTY)


def _right(rows: Sequence[Row]) -> Array:
    return np.array([row.right for row in rows], dtype=float)


def report(rows: Sequence[Row], odds: Array) -> Iterator[str]:
    """Lines that compare the model with the score of the rules, and the probabilities with the labels."""
    right = _right(rows)
    yield f"{len(rows)} rows in {len({row.article for row in rows})} articles, {right.mean():.3f} right"
    for name, score in (("rules", np.array([row.rules for row in rows])), ("model, cross-validated", odds)):
        parts = [f"{name}: AUC {area(right, score):.3f}"]
        for precision in PRECISIONS:
            recall, share = cut(right, score, precision)
            parts.append(f"precision {precision}: recall {recall:.2f}, {share:.0%} of rows")
        yield "; ".join(parts)
    slope, shift = calibration(odds, right)
    score = 1 / (1 + np.exp(-slope * odds - shift))
    for least in (0.0, 0.5, 0.82, 0.9):
        kept = right[score >= least]
        yield f"score at least {least}: {int(kept.sum())} of {len(kept)} right, {kept.mean():.3f}"


def trained(rows: Sequence[Row], odds: Array) -> dict[str, object]:
    """The content of weights.json: a model of all rows, calibrated on the cross-validated log odds."""
    right = _right(rows)
    slope, shift = calibration(odds, right)
    design = Design(rows)
    weights = fit(design(rows), right, STRENGTH)
    by_name = zip(design.names, slope * weights[:-1] * design.scale, strict=True)
    return {
        "intercept": round(float(slope * weights[-1] + shift), 4),
        "weights": {name: round(float(weight), 4) for name, weight in by_name if abs(weight) >= 5e-5},
    }


def main() -> None:
    """Fit, report and, with --write, write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", nargs="+", required=True)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    labels = read_labels(LABELS)
    state = arguments.state / STATE if arguments.state else None
    if state is not None and state.exists():
        rows = [Row(**row) for row in read_json_lines(state)]
    else:
        rows = list(measure(arguments.articles, labels))
        if state is not None:
            state.parent.mkdir(parents=True, exist_ok=True)
            state.write_text("".join(f"{json.dumps(vars(row))}\n" for row in rows), encoding="utf-8")
    print(f"{len(labels)} labels, {len(labels) - len(rows)} of rows that are not made")
    odds = cross_validated(rows)
    print(*report(rows, odds), sep="\n")
    if arguments.write:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(json.dumps(trained(rows, odds), indent=1) + "\n", encoding="utf-8")
        print(f"wrote {FILE}; now run: python -m analysis.integrity")


if __name__ == "__main__":
    main()
