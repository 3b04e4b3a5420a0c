"""Export trained weights: `python -m training.quotes.export --state FOLDER --out FOLDER`.

Writes model.onnx (8-bit unless --float), tokenizer.json, config.json and known_answers.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from analysis.annotators.quotes.surface_features import SIZES
from training.common.known_answers import write_known_answers
from training.common.minilm import MiniLM, load_tokenizer
from training.common.onnx import fused_attention, quantize, split_outliers, to_onnx
from training.quotes.examples import ACTS, TAGS, WINDOW, batches, make_example
from training.quotes.model import LINK, PARTS, QuoteTagger
from training.quotes.polnear import fingerprint, read_split
from training.quotes.train import AVERAGED, LAST

OVERLAP = 64
CALIBRATION = 24  # articles
_KNOWN = "“We need more trade,” the minister said."
"""Text whose tags are kept beside the network."""

RULES = {
    "outside": 0.0,
    "inner_outside": 0.0,
    "crossing": 5.0,
    "cueless": 0.0,
    "sourceless": 0.0,
    "least": 0.4,
}
"""Chosen on dev by `training.quotes.evaluate`."""


class ExportedTagger(nn.Module):
    """The tagger with the scale of the links multiplied into the weights of its head."""

    def __init__(self, tagger: QuoteTagger) -> None:
        super().__init__()
        self.tagger = tagger
        scale = torch.cat(
            [
                torch.full((size,), LINK**-0.5 if name.endswith("query") else 1.0)
                for name, size in PARTS.items()
            ]
        )
        for layer in tagger.encoder.layers:
            layer.attention = fused_attention
        tagger.head.weight.data *= scale[:, None]
        tagger.head.bias.data *= scale

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        return self.tagger(ids, features)


def load_tagger(weights: Path) -> QuoteTagger:
    """Load a trained tagger for export."""
    tagger = QuoteTagger(MiniLM(dropout=0.0))
    tagger.load_state_dict(load_file(weights))
    return tagger.eval()


def run_record(state: Path) -> dict[str, Any]:
    """Return seed and steps of the run from its log."""
    lines = [json.loads(line) for line in (state / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    started = [line for line in lines if line.get("event") == "start"][-1]
    kept = ("articles", "pieces", "seed", "steps")
    return {"base": "all-MiniLM-L6-v2", **{key: started[key] for key in kept}}


def configuration(tagger: QuoteTagger, *, rules: dict[str, float], trained: dict[str, Any]) -> dict[str, Any]:
    """What the run-time code has to know of the network."""
    chains = {
        name: {
            part: value.detach().double().numpy().round(4).tolist()
            for part, value in zip(("transitions", "starts", "ends"), crf.scores(), strict=True)
        }
        for name, crf in (("chain", tagger.crf), ("inner_chain", tagger.inner_crf))
    }
    return {
        "columns": sum(PARTS.values()),
        "parts": PARTS,
        "tags": TAGS,
        "acts": ACTS,
        "window": WINDOW,
        "overlap": OVERLAP,
        "features": SIZES,
        **chains,
        "rules": rules,
        "trained": trained,
    }


def calibration(tagger: QuoteTagger, data: Path) -> Callable[[], None]:
    """Run a few batches of the train split through the tagger."""
    tokenizer = load_tokenizer()
    examples = [
        make_example(article, tokenizer) for article in islice(read_split(data / "train"), CALIBRATION)
    ]

    @torch.no_grad()
    def run() -> None:
        for batch in batches(examples, pieces=2800, seed=0, ends=(101, 102)):
            tagger(batch.ids, batch.features, batch.mask)

    return run


def export(weights: Path, out: Path, *, data: Path, config: dict[str, Any], eight_bit: bool) -> None:
    """Write the files of the model."""
    out.mkdir(parents=True, exist_ok=True)
    example = {"ids": torch.full((1, 60), 1000), "features": torch.zeros(1, 60, len(SIZES), dtype=torch.long)}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        tagger = load_tagger(weights)
        if eight_bit:
            split_outliers(tagger.encoder.layers, calibration(tagger, data), ("qkv", "up", "down"))
        to_onnx(ExportedTagger(tagger), example, full, output="columns", longest=512)
        if eight_bit:
            quantize(full, out / "model.onnx", heads=12, width=384, kept=(384, sum(PARTS.values())))
        else:
            (out / "model.onnx").write_bytes(full.read_bytes())
    load_tokenizer().save(str(out / "tokenizer.json"))
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    pieces = load_tokenizer().encode(_KNOWN).ids
    features = np.zeros((len(pieces), len(SIZES)), dtype=np.int64)
    write_known_answers(out, [{"ids": np.array(pieces), "features": features}])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--state", type=Path, required=True, help="folder of the training run")
    parser.add_argument(
        "--data", type=Path, required=True, help="PolNeAR folder, for the fingerprint of train/"
    )
    parser.add_argument(
        "--coded", type=Path, nargs="+", required=True, help="coded articles, for their fingerprint"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--weights", default=AVERAGED, help=f"file in the folder of the run; {LAST} are the last weights"
    )
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights")
    for name, value in RULES.items():
        parser.add_argument(
            f"--{name}", type=float, default=value, help="see analysis.annotators.quotes.tagger.DecodingRules"
        )
    args = parser.parse_args()
    weights = args.state / args.weights
    trained = {
        "polnear_train_sha256": fingerprint(args.data / "train"),
        "coded_train_sha256": hashlib.sha256(b"".join(path.read_bytes() for path in args.coded)).hexdigest(),
        **run_record(args.state),
    }
    rules = {name: getattr(args, name) for name in RULES}
    config = configuration(load_tagger(weights), rules=rules, trained=trained)
    export(weights, args.out, data=args.data, config=config, eight_bit=not args.float)


if __name__ == "__main__":
    main()
