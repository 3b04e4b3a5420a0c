"""The shipped tagger as the start of a further training."""

from __future__ import annotations

import json
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.common.dequantize import encoder_weights
from training.quotes.model import LINK, PARTS, QuoteTagger

_NEW_BIAS = {"no_cue": -4.0}


@torch.no_grad()
def load_shipped(tagger: QuoteTagger, folder: Path) -> None:
    """Give a tagger the weights of an exported one.

    Columns of the head that the exported one lacks are new: those of attributions within others begin as copies of
    the others', and so does their CRF.
    """
    graph = onnx.load(folder / "model.onnx").graph
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    tagger.encoder.load_state_dict(encoder_weights(folder / "model.onnx", "tagger.encoder."))
    for i, table in enumerate(tagger.surface):
        table.weight.copy_(torch.from_numpy(arrays[f"tagger.surface.{i}.weight"].copy()))
    bias = torch.from_numpy(arrays["tagger.head.bias"].copy())
    shape = (tagger.head.in_features, len(bias))
    (weight,) = (torch.from_numpy(a.T.copy()) for a in arrays.values() if a.shape == shape)
    old = _columns(config["parts"], weight, bias)
    for name, (rows, shifts) in _columns(PARTS, tagger.head.weight, tagger.head.bias).items():
        known = name if name in old else name.removeprefix("inner_")
        if known in old:
            scale = LINK**0.5 if known.endswith("query") else 1.0  # the export has multiplied it in
            rows.copy_(old[known][0] * scale)
            shifts.copy_(old[known][1] * scale)
        else:
            rows.mul_(0.1)
            shifts.fill_(_NEW_BIAS.get(name, 0.0))
    chains = {"crf": "chain", "inner_crf": "inner_chain" if "inner_chain" in config else "chain"}
    for crf, chain in chains.items():
        for part in ("transitions", "starts", "ends"):
            value = torch.tensor(config[chain][part])
            getattr(getattr(tagger, crf), part).copy_(torch.where(value < -1e3, 0.0, value))


def _columns(
    parts: dict[str, int] | list[int], weight: Tensor, bias: Tensor
) -> dict[str, tuple[Tensor, Tensor]]:
    """Return views of the rows of a head by the names of its parts; old configurations have sizes alone."""
    sizes = parts if isinstance(parts, dict) else dict(zip(PARTS, parts, strict=False))
    split = zip(weight.split(list(sizes.values())), bias.split(list(sizes.values())), strict=True)
    return dict(zip(sizes, split, strict=True))
