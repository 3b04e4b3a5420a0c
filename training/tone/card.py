"""Writes the measured scores into MODEL_CARD.md, between its two markers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.compare._core.intervals import wilson

BEGIN, END = "<!-- scores: written by training.tone.evaluate -->", "<!-- end of scores -->"

_SETS = {
    "dev_mt": "NewsMTSC mt: sentences with several targets",
    "dev_rw": "NewsMTSC rw: random sentences",
    "country": "our own sentences, countries",
    "person": "our own sentences, persons",
}


def write_scores(card: Path, result: dict[str, Any], config: dict[str, Any]) -> None:
    """Replace the text between the markers of a card.

    Parameters
    ----------
    card : Path
    result : dict
        Scores as `training.tone.evaluate` prints them.
    config : dict
        config.json of the network.
    """
    head, _, rest = card.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        raise SystemExit(f"{card}: the lines {BEGIN} and {END} are missing")
    card.write_text(f"{head}{BEGIN}\n{_scores(result, config)}\n{END}{tail}", encoding="utf-8")


def _scores(result: dict[str, Any], config: dict[str, Any]) -> str:
    rows = [
        "| set | n | accuracy | macro-F1 | negative | neutral | positive |",
        "|---|---|---|---|---|---|---|",
        *(_row(name, result[key]) for key, name in _SETS.items()),
    ]
    mt, rw = result["dev_mt"], result["dev_rw"]
    changed = sum(round(result[key]["changed_by_name"] * result[key]["n"]) for key in _SETS)
    lines = [
        "",
        f"- Calibration: temperature scaling with T = {config['temperature']:.2f}. Expected calibration error "
        f"in ten bins, before and after: {mt['calibration_error_raw']:.3f} and {mt['calibration_error']:.3f} (mt), "
        f"{rw['calibration_error_raw']:.3f} and {rw['calibration_error']:.3f} (rw).",
        f"- Abstentions: below a confidence of {config['confidence']:.2f} the model abstains: "
        f"{100 * mt['abstained']:.1f} % of the mentions in mt, {100 * rw['abstained']:.1f} % in rw.",
        f"- Name swap: the input depends on the target's name for {changed} of "
        f"{sum(result[key]['n'] for key in _SETS)} mentions.",
        f"- Speed: {result['mentions_per_cpu_second']:.0f} mentions of NewsMTSC per CPU second on one thread.",
        *(_effect_events(effect, counts) for effect, counts in result["effect_events"].items()),
        *(
            f"- In 32 bits, `{Path(state).name}`: macro-F1 {scores['dev_mt']:.3f} (mt), {scores['dev_rw']:.3f} (rw)."
            for state, scores in result["runs"].items()
        ),
    ]
    return "\n".join(rows + lines)


def _row(name: str, scores: dict[str, Any]) -> str:
    classes = [_range(value, scores["f1_ci95"][key]) for key, value in scores["f1"].items()]
    cells = [
        name,
        str(scores["n"]),
        f"{scores['accuracy']:.3f}",
        _range(scores["macro_f1"], scores["macro_f1_ci95"]),
        *classes,
    ]
    return f"| {' | '.join(cells)} |"


def _range(value: float, bounds: list[float]) -> str:
    return f"{value:.3f} ({bounds[0]:.3f} to {bounds[1]:.3f})"


def _effect_events(effect: str, counts: dict[str, int]) -> str:
    wrong = {"bad": "negative", "good": "positive"}[effect]
    n = sum(counts.values())
    low, high = wilson(counts[wrong], n)
    return (
        f"- Events with a {effect} effect on a state that takes no part in them (`effect_events.jsonl`): "
        f"{counts[wrong]} of {n} ({100 * low:.0f} to {100 * high:.0f} %, Wilson) are classified as {wrong} tone."
    )
