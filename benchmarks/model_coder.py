"""A language model as a coder of tone, against people.

    python -m benchmarks.model_coder NEWSMTSC http://127.0.0.1:8080/v1/chat/completions --out CODING.sqlite

NEWSMTSC is the folder of that corpus: sentences whose target was judged by five people each. A random sample of
dev_rw is coded as `framing code --model` does it, with the question of the task `tone`, and by the toolkit's own
model for comparison. A run that was stopped goes on where it stopped.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import pandas as pd

from analysis import tone
from analysis.coding.adjudication import pairwise_agreement
from analysis.coding.model import Endpoint, ModelRun, code_with_model
from analysis.coding.store import CodingFile
from analysis.validation.sampling import unit_code
from analysis.validation.tasks import TONE, TONES, UNCLEAR
from training.tone.newsmtsc import read_split

PEOPLE, MODEL, TOOLKIT = "people", "model", "toolkit"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path)
    parser.add_argument("url")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--n", type=int, default=30)
    options = parser.parse_args()
    file = (
        CodingFile(options.out) if options.out.exists() else _drawn(options.labelled, options.out, options.n)
    )
    began = time.monotonic()
    run = code_with_model(file, MODEL, Endpoint(options.url, "default"), progress=_tell)
    print(f"{run.coded} units in {time.monotonic() - began:.0f} s; refused: {run.refused} {run.reasons}")
    print(f"{run.prompt_tokens} + {run.answer_tokens} tokens")
    people = file.answers(PEOPLE)["tone"].rename("people")
    for coder in (MODEL, TOOLKIT):
        print(pd.crosstab(people, file.answers(coder)["tone"].rename(coder)))
    print(pd.DataFrame(pairwise_agreement(file)).to_string(index=False))


def _drawn(labelled: Path, path: Path, n: int) -> CodingFile:
    """A coding file in which the labels of NewsMTSC, and the toolkit's answers, stand as those of coders."""
    mentions = random.Random(0).sample(read_split(labelled, "dev_rw"), n)
    units = [f"{mention.start} {mention.text}" for mention in mentions]
    key = pd.DataFrame({
        "task": "tone",
        "row": range(1, n + 1),
        "code": [unit_code(unit) for unit in units],
        "unit": units,
        "article_id": units,
        "stratum": "all",
        "sampling_probability": 1.0,
    })  # fmt: skip
    marked = [f"{m.text[: m.start]}[[ {m.text[m.start : m.end]} ]]{m.text[m.end :]}" for m in mentions]
    sheet = pd.DataFrame({"title": "", "text": marked})
    file = CodingFile.create(
        path,
        key,
        sheet,
        task="tone",
        instruction="How does the text present the marked actor?",
        questions=[TONE],
    )
    names = list(TONES)
    for code, mention in zip(key["code"], mentions, strict=True):
        file.save(PEOPLE, code, {"answers": {"tone": names[mention.label]}})
        (found,) = tone(mention.text, targets=[(mention.start, mention.end)]).to_dict("records")
        answer = UNCLEAR if isinstance(found["abstained"], str) else names[found["polarity"] + 1]
        file.save(TOOLKIT, code, {"answers": {"tone": answer}, "model": "toolkit"})
    return file


def _tell(run: ModelRun) -> None:
    print(f"{run.coded} coded", end="\r", flush=True)


if __name__ == "__main__":
    main()
