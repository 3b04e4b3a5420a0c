"""The numbers of MODEL_CARD.md, written between its two marks so that they can never be others than were measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.compare._core.intervals import wilson

BEGIN, END = "<!-- scores: written by training.tone.evaluate -->", "<!-- end of scores -->"

_SETS = {
    "dev_mt": "NewsMTSC mt: sentences with several targets",
    "dev_rw": "NewsMTSC rw: sentences as they come",
    "country": "our own sentences, countries",
    "person": "our own sentences, persons",
}


def write_scores(card: Path, result: dict[str, Any], config: dict[str, Any]) -> None:
    """Replace what stands between the marks of a card.

    Parameters
    ----------
    card : Path
    result : dict
        As `training.tone.evaluate` prints it.
    config : dict
        config.json of the network.
    """
    head, _, rest = card.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        raise SystemExit(f"{card} has no lines {BEGIN} and {END}")
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
        f"- Confidence: one temperature ({config['temperature']:.2f}) divides the logits. Expected calibration error "
        f"in ten bins, before and after: {mt['calibration_error_raw']:.3f} and {mt['calibration_error']:.3f} (mt), "
        f"{rw['calibration_error_raw']:.3f} and {rw['calibration_error']:.3f} (rw).",
        f"- Abstentions: below a confidence of {config['confidence']:.2f} the polarity is 0 and the reason is kept: "
        f"{100 * mt['abstained']:.1f} % of the mentions of mt, {100 * rw['abstained']:.1f} % of rw.",
        f"- Name swap: {changed} of {sum(result[key]['n'] for key in _SETS)} mentions have an input that depends "
        "on the target's name.",
        f"- Speed: {result['mentions_per_cpu_second']:.0f} mentions of NewsMTSC per second of CPU time, one thread.",
        *(_fortune(news, counts) for news, counts in result["fortune"].items()),
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


def _fortune(news: str, counts: dict[str, int]) -> str:
    wrong = {"bad": "negative", "good": "positive"}[news]
    n = sum(counts.values())
    low, high = wilson(counts[wrong], n)
    return (
        f"- {news.capitalize()} fortune of a state that has no part in it (`effect_events.jsonl`): {counts[wrong]} of {n} "
        f"sentences ({100 * low:.0f} to {100 * high:.0f} %, Wilson) are taken for {wrong} tone towards it."
    )
