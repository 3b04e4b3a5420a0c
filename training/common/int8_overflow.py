"""Write eight_bit_sums.onnx, a matrix product that overflows on processors which add 8-bit products in 16 bits.

python -m training.common.int8_overflow analysis/models/eight_bit_sums.onnx
"""

from __future__ import annotations

import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_SIZE = 16


def main() -> None:
    given = helper.make_tensor_value_info("given", TensorProto.UINT8, [_SIZE, _SIZE])
    sums = helper.make_tensor_value_info("sums", TensorProto.INT32, [_SIZE, _SIZE])
    weights = numpy_helper.from_array(np.full((_SIZE, _SIZE), 127, np.int8), "weights")
    product = helper.make_node("MatMulInteger", ["given", "weights"], ["sums"])
    graph = helper.make_graph([product], "sums", [given], [sums], [weights])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, sys.argv[1])


if __name__ == "__main__":
    main()
