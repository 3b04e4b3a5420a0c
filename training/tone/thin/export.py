"""Turn the thin network's weights into what could be shipped.

    python -m training.tone.thin.export --data NEWSMTSC --vocabulary FOLDER --state FOLDER --out FOLDER

As `training.tone.export`, with words in 4 bits.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch

from training.common.four_bits import quantise_words
from training.common.onnx import quantise, to_onnx
from training.common.thin import LONGEST
from training.tone.export import Shipped, run_record, write_settings
from training.tone.model import ToneModel, load_trained
from training.tone.thin.vocabulary import load_vocabulary


def write_network(model: ToneModel, out: Path) -> None:
    """model.onnx."""
    example = {"ids": torch.full((1, 40), 1000), "target": torch.zeros(1, 40, dtype=torch.long)}
    example["target"][0, 5:8] = 1
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        to_onnx(Shipped(model), example, full, output="logits", longest=LONGEST - 1)
        quantise(full, out / "model.onnx", heads=12, width=768, kept=(768, 3), words=quantise_words)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True, help="folder of the distillation")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    write_network(load_trained(args.state / "model.safetensors"), args.out)
    load_vocabulary(args.vocabulary)[0].save(str(args.out / "tokenizer.json"))
    write_settings(args.out, args.data, {"base": "all-mpnet-base-v2, cut thin", **run_record(args.state)})


if __name__ == "__main__":
    main()
