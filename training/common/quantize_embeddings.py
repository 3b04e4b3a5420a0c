"""Block-wise 4-bit quantization of word embeddings, which onnxruntime reads with GatherBlockQuantized."""

from __future__ import annotations

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
        name, out = node.input[0], node.output[0]
        values, scales = blocks_of(numpy_helper.to_array(tables[name]))
        graph.initializer.remove(tables[name])
        graph.initializer.extend(
            [
                TensorProto(
                    name=f"{name}.four",
                    data_type=TensorProto.INT4,
                    dims=values.shape,
                    raw_data=pack(values).tobytes(),
                ),
                numpy_helper.from_array(scales, f"{name}.scales"),
            ]
        )
        read = helper.make_node(
            "GatherBlockQuantized",
            [f"{name}.four", node.input[1], f"{name}.scales"],
            [f"{out}.half"],
            domain="com.microsoft",
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
        )
        graph.node.remove(node)
        graph.node.insert(place, helper.make_node("Cast", [f"{out}.half"], [out], to=TensorProto.FLOAT))
        graph.node.insert(place, read)


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
    """Pack two values into each byte, the first in the lower half."""
    return ((values[:, 0::2] & 15) | ((values[:, 1::2] & 15) << 4)).astype(np.uint8)


def _rounded(blocks: NDArray[np.float32], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    return np.clip(np.round(blocks / scales[:, :, None].astype(np.float32)), _LEAST, _MOST)
