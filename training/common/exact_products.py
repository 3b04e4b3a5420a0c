"""Let onnxruntime multiply 8-bit matrices exactly in the branches of an `If` node.

Processors without VNNI add 8-bit products in 16 bits, which overflows. There, the toolkit asks onnxruntime for exact
products (`analysis.annotators.parsing.onnx_encoder`), and it makes signed weights unsigned. In a branch it does so
only for weights and zero points that belong to the branch, and if no other product has the same zero point. Weights
that two branches share belong to neither: they are stored unsigned.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

_MIDDLE = 128


def make_exact(graph: onnx.GraphProto) -> None:
    """Change the weights and zero points of products in branches so that they can be made exact; same results."""
    for node in graph.node:
        if node.op_type == "If":
            for attribute in node.attribute:
                _make_branch_exact(attribute.g, graph)


def _make_branch_exact(branch: onnx.GraphProto, outer: onnx.GraphProto) -> None:
    own, shared = ({tensor.name: tensor for tensor in part.initializer} for part in (branch, outer))
    for node in branch.node:
        if node.op_type != "MatMulInteger":
            continue
        _, weights, _, zero = node.input
        node.input[3] = f"{weights}.zero"
        if weights in own:
            point = numpy_helper.to_array(own.get(zero, shared.get(zero)))
            branch.initializer.append(numpy_helper.from_array(point, node.input[3]))
        elif shared[weights].data_type == TensorProto.INT8:
            point = numpy_helper.to_array(shared[zero])
            outer.initializer.append(numpy_helper.from_array(_unsigned(point), node.input[3]))
            values = numpy_helper.to_array(shared[weights])
            shared[weights].CopyFrom(numpy_helper.from_array(_unsigned(values), weights))


def make_signed(graph: onnx.GraphProto) -> None:
    """Undo for shared weights what `make_exact` does."""
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and tensors[node.input[1]].data_type == TensorProto.UINT8:
            for name in (node.input[1], node.input[3]):
                values = numpy_helper.to_array(tensors[name]).astype(np.int16) - _MIDDLE
                tensors[name].CopyFrom(numpy_helper.from_array(values.astype(np.int8), name))


def _unsigned(values: np.ndarray) -> np.ndarray:
    return (values.astype(np.int16) + _MIDDLE).astype(np.uint8)
