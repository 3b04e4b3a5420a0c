"""Fit the correction by style of the head for an outlet's own words to articles that readers coded.

    python -m training.tone.portrayal --articles FILE ... --coded FILE ... --check FILE ... --state FOLDER [--write]

A coded file has one JSON object per article with its `id` and `tone`: -1, 0, 1 or null by side, the outlet's own
portrayal of the side. The network's outputs for the mentions are kept in --state, so that a second fit takes seconds.

The mentions of a side in an article's own words form a bag whose label is the code (multiple-instance learning). The
prediction is the mean of p(positive) - p(negative) over the bag. The loss is its squared error, with L2 penalties.
The articles must not be among those that `training.tone.own_words` learned from: it leaves them out with --held-back.
Errors are estimated by cross-validation over articles. --check names further coded articles that are scored only.
--write writes analysis/models/tone/portrayal.json.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import spearmanr

from analysis import load_study, read_articles
from analysis.annotators.article import Article, MeasuredArticle
from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.annotators.parsing.onnx_encoder import MODELS
from analysis.annotators.shard import articles_of
from analysis.annotators.tone.classifier import MODEL, network_logits, scaled, softmax
from analysis.annotators.tone.passages import in_own_words, own_words_logits
from analysis.annotators.tone.portrayal import standardized, writing_style
from analysis.annotators.tone.targets import targets_of

Array = NDArray[np.float64]
Codes = Mapping[str, Mapping[str, int | None]]
ROOT = Path(__file__).parents[2]
OUT = MODELS / MODEL / "portrayal.json"
SIGNS = np.array([-1.0, 0.0, 1.0])
PENALTY_SCALE, PENALTY_BIAS, PENALTY_STYLE = 0.005, 0.02, 0.001  # chosen by cross-validation
FOLDS = 10
RESAMPLES = 1000


@dataclass(frozen=True)
class Bags:
    """Mentions of a side in the own words of an article, for m mentions in n bags.

    Attributes
    ----------
    articles, sides : array of str, shape (n,)
    codes : array, shape (n,)
        The readers' -1, 0 or 1.
    style : array, shape (n, 2)
        Of the article.
    logits, sentence : array, shape (m, 3)
        Of the network's head for own words, and the probabilities of its other head.
    bag : array of int, shape (m,)
        Number of the mention's bag.
    """

    articles: NDArray[np.str_]
    sides: NDArray[np.str_]
    codes: Array
    style: Array
    logits: Array
    sentence: Array
    bag: NDArray[np.int64]

    def where(self, chosen: NDArray[np.bool_]) -> Bags:
        """The bags for which `chosen`, shape (n,), is true."""
        mentions = chosen[self.bag]
        return Bags(
            self.articles[chosen],
            self.sides[chosen],
            self.codes[chosen],
            self.style[chosen],
            self.logits[mentions],
            self.sentence[mentions],
            (np.cumsum(chosen) - 1)[self.bag[mentions]],
        )


@dataclass(frozen=True)
class Fit:
    """Parameters, as `analysis.annotators.tone.portrayal.Portrayal` takes them."""

    scale: float
    bias: Array
    style_mean: Array
    style_scale: Array
    style_weights: Array


def measure(article: Article, study: Any) -> dict[str, Array]:
    """The network's outputs for the mentions in an article's own words, their sides, and the style."""
    measured = MeasuredArticle(article, study)
    document, mentions, segments = measured.document, measured.mentions, measured.segments
    own = in_own_words(mentions, segments)
    targets = [target for target, kept in zip(targets_of(document, mentions), own, strict=True) if kept]
    return {
        "sides": np.array([mention.side for mention, kept in zip(mentions, own, strict=True) if kept], str),
        "logits": own_words_logits(document, mentions, own)[own].astype(np.float32),
        "sentence": softmax(scaled(network_logits(targets))).astype(np.float32),
        "style": writing_style(document.text, segments),
    }


def measured_articles(paths: list[Path], ids: set[str], state: Path) -> dict[str, dict[str, Array]]:
    """`measure` for the articles with these ids; results are kept in `state`."""
    study = load_study(ROOT / "data")
    state.mkdir(parents=True, exist_ok=True)
    missing = {key for key in ids if not (state / f"{key}.npz").exists()}
    for path in paths if missing else ():
        articles = read_articles(path, outlets=study.outlets)
        for article in articles_of(articles[articles["article_id"].isin(missing)]):
            plain = replace(article, text=PlainNewlines(article.text).text)
            np.savez(state / f"{article.article_id}.npz", allow_pickle=False, **measure(plain, study))
            missing.discard(article.article_id)
    return {key: dict(np.load(state / f"{key}.npz")) for key in sorted(ids - missing)}


def bags(measured: Mapping[str, Mapping[str, Array]], codes: Codes) -> Bags:
    """One bag per article and coded side that the article's own words mention."""
    rows: list[tuple[str, str, int, Array]] = []
    logits, sentence, bag = [], [], []
    for key, found in measured.items():
        scored = ~np.isnan(found["logits"] + found["sentence"]).any(axis=1)
        for side, code in sorted(codes[key].items()):
            mentions = scored & (found["sides"] == side)
            if code is None or not mentions.any():
                continue
            bag += [len(rows)] * int(mentions.sum())
            rows.append((key, side, code, found["style"]))
            logits.append(found["logits"][mentions])
            sentence.append(found["sentence"][mentions])
    articles, sides, coded, style = zip(*rows, strict=True)
    return Bags(
        np.array(articles), np.array(sides), np.array(coded, dtype=float), np.array(style),
        np.concatenate(logits).astype(float), np.concatenate(sentence).astype(float), np.array(bag),
    )  # fmt: skip


def predict(fit: Fit, part: Bags) -> Array:
    """Mean of p(positive) - p(negative) over each bag, shape (n,)."""
    logits = part.logits * fit.scale + fit.bias
    style = standardized(part.style, fit.style_mean, fit.style_scale)
    logits[:, 1] -= (style @ fit.style_weights)[part.bag]
    return _mean(softmax(logits) @ SIGNS, part)


def sentence_alone(part: Bags) -> Array:
    """The same by the network's other head, shape (n,)."""
    return _mean(part.sentence @ SIGNS, part)


def _mean(values: Array, part: Bags) -> Array:
    n = len(part.codes)
    return np.bincount(part.bag, weights=values, minlength=n) / np.bincount(part.bag, minlength=n)


def fit_head(part: Bags) -> Fit:
    """Minimise the squared error of `predict` plus the penalties."""
    mean, deviation = part.style.mean(axis=0), part.style.std(axis=0) + 1e-9
    penalties = np.repeat(
        [PENALTY_SCALE, PENALTY_BIAS, PENALTY_STYLE], [1, part.logits.shape[1], part.style.shape[1]]
    )

    def fitted(at: Array) -> Fit:
        bias, style = np.split(at[1:], [part.logits.shape[1]])
        return Fit(float(np.exp(at[0])), bias, mean, deviation, style)

    def loss(at: Array) -> float:
        return float(((predict(fitted(at), part) - part.codes) ** 2).mean() + (penalties * at**2).sum())

    return fitted(minimize(loss, np.zeros(len(penalties)), method="L-BFGS-B").x)


def cross_validated(part: Bags, seed: int = 0) -> Array:
    """Predictions for each article from the others, shape (n,)."""
    names = np.unique(part.articles)
    fold = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % FOLDS, strict=True))
    folds = np.array([fold[name] for name in part.articles])
    found = np.zeros(len(part.codes))
    for number in range(FOLDS):
        found[folds == number] = predict(fit_head(part.where(folds != number)), part.where(folds == number))
    return found


def scores(articles: NDArray[np.str_], codes: Array, found: Array) -> dict[str, Any]:
    """Spearman correlation and root mean squared error, with 95 % intervals of a bootstrap over articles."""
    names = np.unique(articles)
    rows = {name: np.flatnonzero(articles == name) for name in names}
    dice = np.random.default_rng(1)
    draws = []
    for _ in range(RESAMPLES):
        drawn = np.concatenate([rows[name] for name in dice.choice(names, len(names))])
        draws.append((spearman(codes[drawn], found[drawn]), _rmse(codes[drawn], found[drawn])))
    low, high = np.percentile(np.array(draws), [2.5, 97.5], axis=0).round(3).tolist()
    return {
        "articles": len(names),
        "pairs": len(found),
        "spearman": spearman(codes, found),
        "spearman_ci95": [low[0], high[0]],
        "rmse": round(_rmse(codes, found), 3),
        "rmse_ci95": [low[1], high[1]],
        "mean_error": round(float((found - codes).mean()), 3),
    }


def spearman(codes: Array, found: Array) -> float:
    """Spearman's rank correlation, rounded."""
    return round(float(spearmanr(codes, found)[0]), 3)


def _rmse(codes: Array, found: Array) -> float:
    return float(np.sqrt(((found - codes) ** 2).mean()))


def read_codes(paths: list[Path], *, last: bool = False) -> dict[str, dict[str, int | None]]:
    """Codes by article; of an article that two readers coded, the first reader's, or those of the `last`."""
    found: dict[str, dict[str, int | None]] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if last or row["id"] not in found:
                found[row["id"]] = row["tone"]
    return found


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--coded", type=Path, nargs="+", required=True)
    parser.add_argument("--check", type=Path, nargs="+", required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    codes, check = read_codes(args.coded), read_codes(args.check)
    measured = measured_articles(args.articles, {*codes, *check}, args.state)
    train = bags({key: measured[key] for key in codes if key in measured}, codes)
    other = bags({key: measured[key] for key in check if key in measured}, check)
    head = fit_head(train)
    fitted = {
        "sides": sorted(set(train.sides.tolist())),
        "cross_validated": scores(train.articles, train.codes, cross_validated(train)),
        "sentence_alone": scores(train.articles, train.codes, sentence_alone(train)),
        "check": scores(other.articles, other.codes, predict(head, other)),
        "check_sentence_alone": scores(other.articles, other.codes, sentence_alone(other)),
    }
    print(json.dumps(fitted, indent=1))
    if args.write:
        stored = {name: np.round(value, 5).tolist() for name, value in vars(head).items()}
        OUT.write_text(json.dumps({**stored, "fitted": fitted}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
