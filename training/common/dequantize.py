"""Read the weights of a shipped 8-bit network back into 32 bits, as the start of a further training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.common.exact_products import make_signed
from training.common.quantize_embeddings import BLOCK, unpack

LINEARS = ("qkv", "out", "up", "down")
"""The matrices of a layer that are in 8 bits, in the order in which they are applied."""


def encoder_weights(path: Path, prefix: str) -> dict[str, Tensor]:
    """Return the weights of an encoder from a network that `training.common.onnx.quantize` wrote.

    Parameters
    ----------
    path : Path
        model.onnx.
    prefix : str
        Of the encoder's weights in the file: "tagger.encoder.".

    Returns
    -------
    dict of str to Tensor
        By their names in `minilm.MiniLM` or `pruned_mpnet.PrunedMPNet`.
    """
    graph = main_graph(path)
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    named = (name for name in tensors if name.startswith(prefix))
    found = {
        name.removeprefix(prefix).replace(".linear.", "."): numpy_helper.to_array(tensors[name])
        for name in named
        if name.endswith(("weight", "bias"))
    }
    found["words.weight"] = _embeddings(tensors, f"{prefix}words.weight")
    products = [node for node in graph.node if node.op_type == "MatMulInteger"]
    names = [name for layer in range(len(products) // len(LINEARS)) for name in _names(layer)]
    outliers = _outliers(graph, tensors)
    for node, name in zip(products, names, strict=False):  # a quantized head may follow
        scale = numpy_helper.to_array(tensors[node.input[1].replace("_quantized", "_scale")])
        weight = numpy_helper.to_array(tensors[node.input[1]]).astype(np.float32) * scale
        channels, rows = outliers.get(f"{prefix}{name}.apart", ([], weight[:0]))
        weight[channels] = rows
        found[f"{name}.weight"] = weight.T
    return {name: torch.from_numpy(np.ascontiguousarray(value).copy()) for name, value in found.items()}


def main_graph(path: Path) -> onnx.GraphProto:
    """Read a network; of one with two alternative heads, the layers and the head that run by default."""
    graph = onnx.load(path).graph
    for node in [node for node in graph.node if node.op_type == "If"]:
        (chosen,) = (part.g for part in node.attribute if part.name == "else_branch")
        graph.node.remove(node)
        graph.node.extend(chosen.node)
        graph.output[0].CopyFrom(chosen.output[0])
        graph.initializer.extend(chosen.initializer)
    make_signed(graph)
    return graph


def _names(layer: int) -> list[str]:
    return [f"layers.{layer}.{name}" for name in LINEARS]


def _embeddings(tensors: dict[str, onnx.TensorProto], name: str) -> NDArray[np.float32]:
    """Return word embeddings that are stored in 8 bits per row or in 4 bits per block."""
    if f"{name}.rows" in tensors:
        rows, scale = (numpy_helper.to_array(tensors[f"{name}.{part}"]) for part in ("rows", "scale"))
        return rows.astype(np.float32) * scale
    pairs, scales = (numpy_helper.to_array(tensors[f"{name}.{part}"]) for part in ("pairs", "scales"))
    values = unpack(pairs)
    return values.astype(np.float32) * np.repeat(scales.astype(np.float32), BLOCK, axis=1)


def _outliers(
    graph: onnx.GraphProto, tensors: dict[str, onnx.TensorProto]
) -> dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """Return the outlier channels and their weights, by the name of the weights."""
    made = {output: node for node in graph.node for output in node.output}
    found = {}
    for node in graph.node:
        if node.op_type == "Gemm":
            gather = made[made[node.input[0]].input[0]]
            channels = numpy_helper.to_array(tensors[gather.input[1]])
            found[node.input[1]] = (channels, numpy_helper.to_array(tensors[node.input[1]]))
    return found
