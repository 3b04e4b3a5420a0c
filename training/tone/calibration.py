"""Reliability diagram of the shipped network (Guo et al. 2017)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from analysis.compare._core.intervals import wilson
from analysis.figures._core.save import svg_bytes
from analysis.figures._core.style import FAINT, INK, style
from training.tone.scores import Gold, Table, calibration_error

BINS = 8
_EVEN = 1 / 3  # the lowest possible confidence with three classes


@dataclass(frozen=True)
class Bin:
    """Mentions of similar confidence: their number, mean confidence, and accuracy with its interval."""

    n: int
    confidence: float
    accuracy: float
    low: float
    high: float


def reliability(found: Table, gold: Gold) -> list[Bin]:
    """Bins of equal size, sorted by confidence."""
    confidence, right = found.max(axis=1), found.argmax(axis=1) == gold
    parts = np.array_split(np.argsort(confidence, kind="stable"), BINS)
    return [
        Bin(len(part), float(confidence[part].mean()), float(right[part].mean()), *_interval(right[part]))
        for part in parts
    ]


def draw_reliability(found: Table, gold: Gold, path: Path) -> None:
    """Write the reliability diagram as SVG."""
    bins = reliability(found, gold)
    with style():
        figure = Figure(figsize=(3.6, 3.7))
        axes = figure.subplots()
        axes.plot([_EVEN, 1], [_EVEN, 1], color=FAINT, linewidth=1.2, zorder=1, label="as sure as right")
        axes.vlines([b.confidence for b in bins], [b.low for b in bins], [b.high for b in bins], color=INK)
        axes.scatter([b.confidence for b in bins], [b.accuracy for b in bins], color=INK, s=22, zorder=3)
        axes.set_xlim(0.3, 1.02)
        axes.set_ylim(0.2, 1.02)
        axes.set_xlabel("confidence of the answer")
        axes.set_ylabel("share of right answers")
        axes.set_title(
            f"{len(gold)} mentions in {len(bins)} equal bins\nexpected calibration error "
            f"{calibration_error(found, gold):.3f}",
            fontsize=8,
        )
        axes.legend(loc="lower right")
    picture = svg_bytes(
        figure,
        title="Calibration of the tone model",
        description="Share of right answers against confidence on the two development sets of NewsMTSC, with 95 % "
        "Wilson intervals; on the diagonal the model is as sure as it is right.",
    )
    path.write_bytes(picture)


def _interval(right: np.ndarray) -> tuple[float, float]:
    return wilson(float(right.sum()), len(right))
