"""`framing bench tone`: accuracy and speed of tone towards a target, on labelled sentences."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.cli.app import plain_errors
from analysis.cli.bench.app import AsJson, Measured, bench_app, show
from analysis.errors import ReadError

PASSES = 5
_FIELDS = {"text": str, "start": int, "end": int, "polarity": int}

Labelled = dict[str, Any]
Item = tuple[str, int, int]


@bench_app.command()
@plain_errors
def tone(
    gold: Annotated[
        Path | None,
        typer.Option(
            "--gold",
            help="Your own labelled sentences: JSON lines with text, start, end, polarity (-1, 0, 1).",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Measure the accuracy and speed of tone.

    Tone towards a target is compared with VADER. Without --gold, 160 sentences are used that were written for
    this project. They are short and easy. Expect lower accuracy on news, and label sentences of your own to
    measure it.
    """
    from analysis.annotators.parsing.onnx_encoder import MODELS
    from analysis.annotators.tone.classifier import MODEL

    rows = read_labelled(gold or MODELS / MODEL / "gold.jsonl")
    items = [_item(row) for row in rows]
    if gold is None:
        typer.echo(
            "framing: these sentences were written for this project and are easy; use --gold for your own",
            err=True,
        )
    show([*accuracy(rows), speed(items if gold else news_length(items))], as_json=as_json)
    return 0


def read_labelled(path: Path) -> list[Labelled]:
    """Read labelled sentences; the field `kind` (country, person) is optional.

    Raises
    ------
    ReadError
        The file cannot be read, or a line is not a labelled sentence.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot be read: {error}", path=path) from None
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or any(
            type(row.get(name)) is not kind for name, kind in _FIELDS.items()
        ):
            raise ReadError(
                "this is not a labelled sentence",
                path=path,
                where=f"line {number}",
                remedy='expected {"text": "...", "start": 0, "end": 4, "polarity": -1}',
            )
        if row["polarity"] not in (-1, 0, 1):
            raise ReadError(
                f"polarity is {row['polarity']}, not -1, 0 or 1", path=path, where=f"line {number}"
            )
        rows.append(row)
    if not rows:
        raise ReadError("the file holds no labelled sentence", path=path)
    return rows


def accuracy(rows: Sequence[Labelled]) -> list[Measured]:
    """Return macro-F1 and accuracy of the model, by kind of target, and of VADER on the target's clause."""
    from analysis.annotators.tone.classifier import classify_targets
    from analysis.annotators.tone.vader import clause_polarity

    items = [_item(row) for row in rows]
    sentiments = classify_targets(items)
    found = [sentiment.polarity for sentiment in sentiments]
    kinds = sorted({row["kind"] for row in rows if isinstance(row.get("kind"), str)})
    results = _scored("model", rows, found, ("macro_f1", "accuracy", "f1"))
    for kind in kinds if len(kinds) > 1 else []:
        inside = [place for place, row in enumerate(rows) if row.get("kind") == kind]
        part = [rows[place] for place in inside]
        results += _scored(f"model, {kind}", part, [found[place] for place in inside], ("macro_f1",))
    results += _scored("VADER", rows, [clause_polarity(*item) for item in items], ("macro_f1",))
    silent = sum(sentiment.abstained is not None for sentiment in sentiments)
    return [*results, Measured("model: abstained", silent / len(rows), len(rows), "mentions")]


def speed(items: Sequence[Item]) -> Measured:
    """Return mentions per second of CPU time on one thread, the median of several passes."""
    from statistics import median

    from analysis.annotators.tone.classifier import classify, clear_cache

    classify(items[:1])  # loads the model
    seconds = []
    for _ in range(PASSES):
        clear_cache()
        started = time.process_time()
        classify(items)
        seconds.append(time.process_time() - started)
    return Measured(
        "model: mentions per second",
        len(items) / median(seconds),
        len(items),
        f"{_pieces(items):.0f} word pieces each; CPU time, one thread, median of {PASSES} passes",
    )


def news_length(items: Sequence[Item]) -> list[Item]:
    """Join each sentence with the next, which makes them as long as sentences of news."""
    following = [*items[1:], items[0]]
    return [
        (f"{text.rstrip('.')}; {other}", start, end)
        for (text, start, end), (other, _, _) in zip(items, following, strict=True)
    ]


def _pieces(items: Sequence[Item]) -> float:
    """Return the mean number of word pieces that the network reads for a mention."""
    from analysis.annotators.parsing.onnx_encoder import load_encoder
    from analysis.annotators.tone.classifier import MODEL, mask_target
    from analysis.annotators.tone.context import Target, context_parts

    tokenizer = load_encoder(MODEL).tokenizer
    return sum(len(mask_target(*context_parts(Target(*item)), tokenizer)[0]) for item in items) / len(items)


def _scored(
    name: str, rows: Sequence[Labelled], found: Sequence[int], measures: Sequence[str]
) -> list[Measured]:
    import pandas as pd

    from analysis.validation.classification_scores import scores

    table = scores(pd.Series([row["polarity"] for row in rows]), pd.Series(found), classes=(-1, 0, 1))
    names = {"all": "", -1: " negative", 0: " neutral", 1: " positive"}
    return [
        Measured(
            f"{name}: {row['measure']}{names[row['class']]}",
            row["estimate"],
            len(rows),
            "labelled sentences",
            *((row["ci95_low"], row["ci95_high"]) if row["ci95_low"] == row["ci95_low"] else ()),
        )
        for measure in measures
        for row in table[table["measure"] == measure].to_dict("records")
    ]


def _item(row: Labelled) -> Item:
    return row["text"], row["start"], row["end"]
