"""Average the weights of several files: `python -m training.quotes.mean --out FILE FILE=WEIGHT ...`.

The mean of a fine-tuned network and of its start is often better than either on both of their data sets (Wortsman et
al. 2022, Robust fine-tuning of zero-shot models).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor


def mean_weights(files: dict[Path, float]) -> dict[str, Tensor]:
    """Return the weighted mean of the tensors in some files of the same shape."""
    loaded = [(load_file(path), weight) for path, weight in files.items()]
    whole = sum(files.values())
    return {
        name: sum(tensors[name] * (weight / whole) for tensors, weight in loaded).contiguous()
        for name in loaded[0][0]
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", metavar="FILE=WEIGHT")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pairs = (item.rpartition("=") for item in args.files)
    save_file(mean_weights({Path(path): float(weight) for path, _, weight in pairs}), args.out)


if __name__ == "__main__":
    main()
