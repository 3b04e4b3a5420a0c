"""Write known_answers.json: what a network answers to a few inputs.

The toolkit compares them when it opens the network, and so finds a processor on which it computes something else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.annotators.parsing.onnx_encoder import KNOWN_ANSWERS, Encoder

_COLUMNS = 7


def write_known_answers(folder: Path, inputs: Sequence[Mapping[str, NDArray[np.int64]]]) -> None:
    """Write the answers of the network in `folder`, as computed on this machine, to inputs by name."""
    path = folder / KNOWN_ANSWERS
    path.unlink(missing_ok=True)
    encoder = Encoder(folder)
    lines = [
        json.dumps(
            {
                "inputs": {name: values.tolist() for name, values in given.items()},
                "output": encoder.run_window(**given)[..., :_COLUMNS].astype(float).round(2).tolist(),
            }
        )
        for given in inputs
    ]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
