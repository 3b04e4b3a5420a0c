"""Block-wise 4-bit quantization of word embeddings.

A byte holds two values, one from each half of a row. The network reads them with elementary operators, which take a
tenth of the time of onnxruntime's GatherBlockQuantized and give the same numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

BLOCK = 32
"""Number of values that share a scale."""
_CLIPPINGS = (1.0, 0.93, 0.86, 0.8)
_LEAST, _MOST = -8, 7


def quantize_embeddings(graph: onnx.GraphProto, *, least: int = 10_000) -> None:
    """Replace embedding tables of at least `least` rows by 4-bit ones; the scales minimise the squared error."""
    tables = {tensor.name: tensor for tensor in graph.initializer if tensor.dims and tensor.dims[0] >= least}
    for place, node in enumerate(list(graph.node)):
        if node.op_type != "Gather" or node.input[0] not in tables:
            continue
        name = node.input[0]
        values, scales = blocks_of(numpy_helper.to_array(tables[name]))
        graph.initializer.remove(tables[name])
        add_table(graph, name, values, scales)
        graph.node.remove(node)
        for step in reversed(reading(graph, name, ids=node.input[1], out=node.output[0])):
            graph.node.insert(place, step)


def add_table(
    graph: onnx.GraphProto, name: str, values: NDArray[np.int8], scales: NDArray[np.float16]
) -> None:
    """Add a quantized table to a graph; `values` and `scales` as `blocks_of` returns them."""
    graph.initializer.extend(
        [
            numpy_helper.from_array(pack(values), f"{name}.pairs"),
            numpy_helper.from_array(scales, f"{name}.scales"),
        ]
    )


def reading(graph: onnx.GraphProto, name: str, *, ids: str, out: str) -> list[onnx.NodeProto]:
    """Return the operators that read rows of a table that `add_table` added.

    Parameters
    ----------
    graph : GraphProto
        Gets the constants that the operators need.
    name : str
        Of the table.
    ids, out : str
        Names of the numbers of the rows, and of the result, in 32 bits but rounded to 16.
    """
    width = BLOCK * next(tensor.dims[1] for tensor in graph.initializer if tensor.name == f"{name}.scales")
    constants = {
        "lower": np.uint8(15),
        "upper": np.uint8(4),
        "unit": np.float32(1),
        "zero": np.uint8(-_LEAST),
        "blocks": np.array([0, -1, width // BLOCK, BLOCK]),
        "last": np.array([3]),
        "row": np.array([0, -1, width]),
    }
    graph.initializer.extend(
        numpy_helper.from_array(np.asarray(value), f"{name}.{key}") for key, value in constants.items()
    )

    def step(kind: str, given: list[str], result: str, **attributes: Any) -> onnx.NodeProto:
        inputs = [f"{name}.{key}" if key in constants else key for key in given]
        return helper.make_node(kind, inputs, [result], **attributes)

    return [
        step("Gather", [f"{name}.pairs", ids], f"{out}.pairs"),
        step("BitwiseAnd", [f"{out}.pairs", "lower"], f"{out}.first"),
        step("BitShift", [f"{out}.pairs", "upper"], f"{out}.second", direction="RIGHT"),
        step("Concat", [f"{out}.first", f"{out}.second"], f"{out}.bytes", axis=-1),
        step("DequantizeLinear", [f"{out}.bytes", "unit", "zero"], f"{out}.whole"),
        step("Reshape", [f"{out}.whole", "blocks"], f"{out}.blocks"),
        step("Gather", [f"{name}.scales", ids], f"{out}.half"),
        step("Cast", [f"{out}.half"], f"{out}.scale", to=TensorProto.FLOAT),
        step("Unsqueeze", [f"{out}.scale", "last"], f"{out}.factor"),
        step("Mul", [f"{out}.blocks", f"{out}.factor"], f"{out}.scaled"),
        step("Reshape", [f"{out}.scaled", "row"], f"{out}.exact"),
        step("Cast", [f"{out}.exact"], f"{out}.rounded", to=TensorProto.FLOAT16),
        step("Cast", [f"{out}.rounded"], out, to=TensorProto.FLOAT),
    ]


def blocks_of(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Quantize a table: integers from -8 to 7 in its shape, and scales of shape (rows, columns // BLOCK)."""
    rows, columns = table.shape
    blocks = table.reshape(rows, columns // BLOCK, BLOCK)
    widest = np.maximum(blocks.max(2) / _MOST, blocks.min(2) / _LEAST)
    least = np.full(widest.shape, np.inf)
    scales = np.zeros(widest.shape, dtype=np.float16)
    for clipping in _CLIPPINGS:
        tried = np.maximum(widest * clipping, 1e-6).astype(np.float16)
        error = np.square(_rounded(blocks, tried) * tried[:, :, None].astype(np.float32) - blocks).sum(2)
        better = error < least
        least[better], scales[better] = error[better], tried[better]
    return _rounded(blocks, scales).astype(np.int8).reshape(rows, columns), scales


def pack(values: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Pack two values into each byte: that of the first half of a row in the lower bits, that of the second above."""
    first, second = np.split((values - _LEAST).astype(np.uint8), 2, axis=1)
    return first | (second << 4)


def unpack(pairs: NDArray[np.uint8]) -> NDArray[np.int8]:
    """Return what `pack` packed."""
    return np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.int8) + _LEAST


def _rounded(blocks: NDArray[np.float32], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    return np.clip(np.round(blocks / scales[:, :, None].astype(np.float32)), _LEAST, _MOST)
