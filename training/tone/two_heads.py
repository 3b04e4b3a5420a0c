"""Add the head for outlets' own words to the network. The results of its other head do not change.

    python -m training.tone.two_heads --state FILE.safetensors ... --out analysis/models/tone

The layers above the shared ones become the two branches of an `If` node, so that only one of them runs. The input
`own_words` chooses; without it, the sentence is judged as before. With it, the inputs are `marks` and `sentences`
instead of `target`, because a passage has several mentions to judge. The weights of several files are averaged
(Wortsman et al. 2022); a file that is named twice counts twice. A head that the network has already is replaced.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, compose, helper, numpy_helper
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from analysis.annotators.tone.classifier import mask_target
from analysis.annotators.tone.context import Target, context_parts
from analysis.annotators.tone.passages import marks_and_sentences
from training.common.dequantize import LINEARS, main_graph
from training.common.exact_products import make_exact
from training.common.known_answers import write_known_answers
from training.common.onnx import OPSET, fused_attention, quantize
from training.common.pruned_mpnet import LONGEST
from training.tone.own_words import SHARED_LAYERS, OwnWords
from training.tone.shipped import load_shipped

_PREFIX = "own_words."
_OUTPUT, _CHOICE = "chosen_logits", "own_words"
_IDS, _TARGET, _MARKED = "ids", "target", ("marks", "sentences")
_KNOWN = {
    "Talks with Belmora went on in the capital on Monday.": "Belmora",
    "The court found that Arcadia had lied about the prisoners and cheated its allies.": "Arcadia",
    "Oman was praised for its calm.": "Oman",
}


def load_head(folder: Path, files: Sequence[Path]) -> OwnWords:
    """The head with the mean of the weights in `files`, for the network in `folder`."""
    head = OwnWords(load_shipped(folder))
    weights = [load_file(path) for path in files]
    head.load_state_dict(
        {
            name: torch.stack([part[name] for part in weights]).mean(0)
            if value.dtype.is_floating_point
            else value
            for name, value in weights[0].items()
        }
    )
    return head.eval()


class _Flat(nn.Module):
    """The output of a head in one row, since both branches must have two dimensions."""

    def __init__(self, head: OwnWords) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: Tensor, bias: Tensor, marks: Tensor, sentences: Tensor) -> Tensor:
        return self.head(states, bias, marks, sentences).flatten(1)


def export_head(head: OwnWords, path: Path) -> onnx.ModelProto:
    """The head alone in 8 bits; its inputs are `states`, `bias`, `marks` and `sentences`, its output flat."""
    for layer in head.layers:
        layer.attention = fused_attention
    size, width = 40, head.out.in_features
    marks, sentences = torch.zeros(2, 1, 4, size, dtype=torch.long)
    marks[0, :, 5:8] = sentences[0, :, 1:20] = 1
    length = torch.export.Dim("length", min=3, max=LONGEST - 1)
    judged = torch.export.Dim("judged", min=1, max=LONGEST // 3)
    states, bias = torch.randn(1, size, width), torch.randn(1, 12, size, size)
    inputs: tuple[Tensor, ...] = (states, bias, marks, sentences)
    named = {1: judged, 2: length}
    full = path / "head.onnx"
    torch.onnx.export(
        _Flat(head).eval(),
        inputs,
        str(full),
        input_names=["states", "bias", *_MARKED],
        output_names=["logits"],
        dynamic_shapes=({1: length}, {2: length, 3: length}, named, named),
        dynamo=True,
        external_data=False,
        opset_version=OPSET,
        verbose=False,
    )
    quantize(full, path / "small.onnx", heads=12, width=width, kept=(width, 3))
    return onnx.load(path / "small.onnx")


def shared_outputs(graph: onnx.GraphProto) -> tuple[str, str]:
    """Names of the states after the shared layers, and of the position bias."""
    made = {name: node for node in graph.node for name in node.output}
    products = [node for node in graph.node if node.op_type == "MatMulInteger"]
    first = products[SHARED_LAYERS * len(LINEARS)]
    sizes = {tensor.name: numpy_helper.to_array(tensor).size for tensor in graph.initializer}
    bias = next(
        node.input[0] for node in graph.node if node.op_type == "Gather" and sizes.get(node.input[1], 0) > 1
    )
    return made[first.input[0]].input[0], bias


def joined(graph: onnx.GraphProto, head: onnx.GraphProto) -> onnx.GraphProto:
    """One network with both heads.

    Parameters
    ----------
    graph : GraphProto
        The network with one head, from `training.common.dequantize.main_graph`.
    head : GraphProto
        From `export_head`, its names with `_PREFIX`.
    """
    defaults = {_CHOICE, _TARGET, *_MARKED}  # of a network that has two heads already
    kept = [tensor for tensor in graph.initializer if tensor.name not in defaults]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    for node in graph.node:
        if node.op_type == "Shape" and node.input[0] == _TARGET:
            node.input[0] = _IDS  # of the same length, and given for both heads
    states, bias = shared_outputs(graph)
    names = {f"{_PREFIX}states": states, f"{_PREFIX}bias": bias}
    names |= {f"{_PREFIX}{name}": name for name in _MARKED}
    names |= _same_tensors(graph, head)
    for node in head.node:
        renamed = [names.get(name, name) for name in node.input]
        del node.input[:]
        node.input.extend(renamed)
    tensors = {tensor.name: tensor for tensor in (*head.initializer, *graph.initializer)}
    below = _before(graph, [states, bias])
    above = [node for node in _before(graph, [graph.output[0].name]) if node not in below]
    shared, sentence, own = (_read(nodes) & tensors.keys() for nodes in (below, above, head.node))
    common = shared | (sentence & own)
    branches = {
        "else_branch": _branch(above, graph.output[0], [tensors[name] for name in sorted(sentence - common)]),
        "then_branch": _branch(head.node, head.output[0], [tensors[name] for name in sorted(own - common)]),
    }
    chosen = helper.make_node("Cast", [_CHOICE], [f"{_CHOICE}.chosen"], to=TensorProto.BOOL)
    return helper.make_graph(
        [*below, chosen, helper.make_node("If", chosen.output, [_OUTPUT], **branches)],
        "tone",
        [
            *(given for given in graph.input if given.name not in defaults),
            _whole_numbers(_CHOICE, [1]),
            _whole_numbers(_TARGET, [1, "target_length"]),
            *(_whole_numbers(name, [1, f"{name}_judged", f"{name}_length"]) for name in _MARKED),
        ],
        [helper.make_tensor_value_info(_OUTPUT, TensorProto.FLOAT, [1, "logits"])],
        [
            *(tensors[name] for name in sorted(common)),
            helper.make_tensor(_CHOICE, TensorProto.INT64, [1], [0]),
            helper.make_tensor(_TARGET, TensorProto.INT64, [1, 1], [0]),
            *(helper.make_tensor(name, TensorProto.INT64, [1, 1, 1], [0]) for name in _MARKED),
        ],
    )


def _whole_numbers(name: str, shape: Sequence[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.INT64, shape)


def _same_tensors(graph: onnx.GraphProto, head: onnx.GraphProto) -> dict[str, str]:
    """Names in `graph` of the head's tensors that it has as well, such as those of the shared output layer."""
    known = {_content(tensor): tensor.name for tensor in graph.initializer}
    return {t.name: known[_content(t)] for t in head.initializer if _content(t) in known}


def _content(tensor: TensorProto) -> tuple[str, tuple[int, ...], bytes]:
    array = numpy_helper.to_array(tensor)
    return str(array.dtype), array.shape, array.tobytes()


def _before(graph: onnx.GraphProto, names: list[str]) -> list[onnx.NodeProto]:
    """The nodes that some values need, in order."""
    needed, found = set(names), []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            needed.update(node.input)
            found.append(node)
    return found[::-1]


def _read(nodes: Iterable[onnx.NodeProto]) -> set[str]:
    return {name for node in nodes for name in node.input}


def _branch(
    nodes: Iterable[onnx.NodeProto], output: onnx.ValueInfoProto, tensors: list[TensorProto]
) -> onnx.GraphProto:
    kind = helper.make_tensor_value_info(output.name, TensorProto.FLOAT, [1, None])
    return helper.make_graph(list(nodes), f"{output.name} of one head", [], [kind], tensors)


def known_inputs(tokenizer: Tokenizer) -> list[dict[str, NDArray[np.int64]]]:
    """Inputs whose answers are kept beside the network: three sentences, and a passage of the last two."""
    inputs = [
        mask_target(*context_parts(Target(text, text.index(name), text.index(name) + len(name))), tokenizer)
        for text, name in _KNOWN.items()
    ]
    ids = np.concatenate([inputs[1][0], inputs[2][0][1:]])
    marks, sentences = marks_and_sentences(ids, tokenizer)
    passage = {"ids": ids, "marks": marks, "sentences": sentences, _CHOICE: np.array(1)}
    return [*({"ids": ids, "target": target} for ids, target in inputs), passage]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--state", type=Path, nargs="+", required=True, help="weights of the head")
    parser.add_argument("--out", type=Path, required=True, help="folder of the network")
    args = parser.parse_args()
    torch.set_num_threads(1)
    path = args.out / "model.onnx"
    with tempfile.TemporaryDirectory() as folder:
        head = compose.add_prefix(export_head(load_head(args.out, args.state), Path(folder)), _PREFIX)
    before = onnx.load(path)
    network = helper.make_model(
        joined(main_graph(path), head.graph), opset_imports=before.opset_import, ir_version=before.ir_version
    )
    make_exact(network.graph)
    onnx.checker.check_model(network)
    onnx.save(network, path)
    write_known_answers(args.out, known_inputs(Tokenizer.from_file(str(args.out / "tokenizer.json"))))


if __name__ == "__main__":
    main()
