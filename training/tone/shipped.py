"""The shipped network as the start of a further training, with a second output for outlets' own words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from training.common.dequantize import LINEARS, encoder_weights
from training.common.pruned_mpnet import PrunedMPNet
from training.tone.model import ToneModel

_PREFIX = "model.encoder."


class TwoOutputs(ToneModel):
    """A tone model with a second output layer, `own`, for portrayal in an outlet's own words."""

    def __init__(self, encoder: PrunedMPNet, *, dropout: float = 0.1) -> None:
        super().__init__(encoder, dropout=dropout)
        self.own = nn.Linear(self.out.in_features, self.out.out_features)


@torch.no_grad()
def load_shipped(folder: Path) -> TwoOutputs:
    """Read the weights of an exported network; the second output layer is a copy of the first."""
    path = folder / "model.onnx"
    graph = onnx.load(path).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = encoder_weights(path, _PREFIX)
    heads = [
        arrays[node.input[1]].tolist()
        for node in graph.node
        if node.op_type == "Gather" and arrays.get(node.input[1], np.zeros(0)).size > 1
    ]
    units, _ = weights["layers.0.up.weight"].shape
    model = TwoOutputs(PrunedMPNet(len(weights["words.weight"]), heads, units))
    kept = {name: value for name, value in model.encoder.state_dict().items() if name.endswith(".kept")}
    model.encoder.load_state_dict(weights | kept)
    dense = [node for node in graph.node if node.op_type == "MatMulInteger"][len(LINEARS) * len(heads)]
    scale = arrays[dense.input[1].replace("_quantized", "_scale")]
    (out,) = (node for node in graph.node if node.op_type == "MatMul")
    model.dense.weight.copy_(torch.from_numpy((arrays[dense.input[1]].astype(np.float32) * scale).T.copy()))
    model.out.weight.copy_(torch.from_numpy(arrays[out.input[1]].T.copy()))
    for name in ("dense", "out"):
        getattr(model, name).bias.copy_(torch.from_numpy(arrays[f"model.{name}.bias"].copy()))
    model.own.load_state_dict(model.out.state_dict())
    return model
