"""Make the last hidden layer of the network its second output, `features`. No weight is changed.

    python -m training.tone.features analysis/models/tone/model.onnx

`analysis.annotators.tone.portrayal` puts a second head on these features.
"""

from __future__ import annotations

import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

WIDTH = 768


def add_features(network: onnx.ModelProto) -> None:
    """Add the output of the only tanh, without the axis that the logits do not have either."""
    graph = network.graph
    (hidden,) = (node.output[0] for node in graph.node if node.op_type == "Tanh")
    (axis,) = (node.input[1] for node in graph.node if node.output[0] == graph.output[0].name)
    graph.node.append(helper.make_node("Squeeze", [hidden, axis], ["features"], name="features"))
    graph.output.append(helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, WIDTH]))


def main(path: Path) -> None:
    """Add the output to a file that has only the logits."""
    network = onnx.load(path)
    if len(network.graph.output) != 1:
        raise SystemExit(f"{path}: has more than one output already")
    add_features(network)
    onnx.save(network, path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
