"""Export the trained student as the network that is shipped.

    python -m training.tone.export --data NEWSMTSC --vocabulary FOLDER --state FOLDER --out analysis/models/tone

Writes model.onnx (8 bits, embeddings in 4 bits), tokenizer.json and config.json. The temperature and the confidence
threshold are chosen on the development sets, with the quantized network.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from analysis.annotators.parsing.onnx_encoder import Encoder
from analysis.annotators.tone.classifier import LABELS
from training.common.onnx import fused_attention, quantize, to_onnx
from training.common.pruned_mpnet import LONGEST
from training.common.quantize_embeddings import quantize_embeddings
from training.tone.model import ToneModel, load_trained
from training.tone.newsmtsc import DEV, Example, make_examples, read_split
from training.tone.scores import best_temperature, confidence_threshold, softmax
from training.tone.vocabulary import load_vocabulary


class SingleMention(nn.Module):
    """The model for one mention at a time, without padding or mask."""

    def __init__(self, model: ToneModel) -> None:
        super().__init__()
        self.model = model
        for layer in model.encoder.layers:
            layer.attention = fused_attention

    def forward(self, ids: Tensor, target: Tensor) -> Tensor:
        return self.model(ids, target)


def run_record(state: Path) -> dict[str, Any]:
    """Hyperparameters and data of the run, from its log."""
    lines = [json.loads(line) for line in (state / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    started = [line for line in lines if line.get("event") == "start"][-1]
    left_out = {"time", "event", "done"}
    return {k: v for k, v in started.items() if k not in left_out}


def logits_of(encoder: Encoder, examples: list[Example]) -> NDArray[np.float64]:
    """Logits of the shipped network, shape (len(examples), 3)."""
    return np.array([encoder.run_window(ids=e.ids, target=e.target) for e in examples], dtype=np.float64)


def write_config(out: Path, **values: Any) -> None:
    """Write config.json, which the toolkit reads at run time."""
    (out / "config.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


def write_network(model: ToneModel, out: Path) -> None:
    """Write model.onnx."""
    example = {"ids": torch.full((1, 40), 1000), "target": torch.zeros(1, 40, dtype=torch.long)}
    example["target"][0, 5:8] = 1
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        to_onnx(SingleMention(model), example, full, output="logits", longest=LONGEST - 1)
        quantize(full, out / "model.onnx", heads=12, width=768, kept=(768, 3), words=quantize_embeddings)


def write_settings(out: Path, data: Path, record: dict[str, Any]) -> None:
    """Write config.json: temperature and confidence threshold of the network in `out`, and how it was trained."""
    write_config(out)
    encoder = Encoder(out)
    examples = [e for name in DEV for e in make_examples(read_split(data, name), encoder.tokenizer)]
    logits = logits_of(encoder, examples)
    gold = np.stack([e.goal for e in examples]).argmax(1)
    temperature = best_temperature(logits, gold)
    write_config(
        out,
        labels=LABELS,
        temperature=temperature,
        confidence=confidence_threshold(softmax(logits / temperature), gold),
        trained=record,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True, help="folder of the student")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    write_network(load_trained(args.state), args.out)
    load_vocabulary(args.vocabulary)[0].save(str(args.out / "tokenizer.json"))
    write_settings(args.out, args.data, {"base": "all-mpnet-base-v2, pruned", **run_record(args.state)})


if __name__ == "__main__":
    main()
