"""The shipped network as the start of a further training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from onnx import numpy_helper

from training.common.dequantize import LINEARS, encoder_weights, main_graph
from training.common.pruned_mpnet import PrunedMPNet
from training.tone.model import ToneModel

_PREFIX = "model.encoder."


@torch.no_grad()
def load_shipped(folder: Path) -> ToneModel:
    """Read the weights of an exported network, without the head for outlets' own words."""
    path = folder / "model.onnx"
    graph = main_graph(path)
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = encoder_weights(path, _PREFIX)
    heads = [
        arrays[node.input[1]].tolist()
        for node in graph.node
        if node.op_type == "Gather" and arrays.get(node.input[1], np.zeros(0)).size > 1
    ]
    units, _ = weights["layers.0.up.weight"].shape
    model = ToneModel(PrunedMPNet(len(weights["words.weight"]), heads, units))
    kept = {name: value for name, value in model.encoder.state_dict().items() if name.endswith(".kept")}
    model.encoder.load_state_dict(weights | kept)
    dense = [node for node in graph.node if node.op_type == "MatMulInteger"][len(LINEARS) * len(heads)]
    scale = arrays[dense.input[1].replace("_quantized", "_scale")]
    (out,) = (node for node in graph.node if node.op_type == "MatMul")
    model.dense.weight.copy_(torch.from_numpy((arrays[dense.input[1]].astype(np.float32) * scale).T.copy()))
    model.out.weight.copy_(torch.from_numpy(arrays[out.input[1]].T.copy()))
    for name in ("dense", "out"):
        getattr(model, name).bias.copy_(torch.from_numpy(arrays[f"model.{name}.bias"].copy()))
    return model
