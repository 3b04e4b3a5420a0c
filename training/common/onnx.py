"""Export a torch module to ONNX, and quantize its weights to 8 bits."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

OPSET = 18
OUTLIERS = 4  # outlier channels per linear layer


def fused_attention(qkv: Tensor, mask: Tensor | None, heads: int) -> Tensor:
    """Attention as one operator of onnxruntime, without padding; `mask` is a relative position bias, or None."""
    width = qkv.shape[2] // 3
    q, k, v = qkv.split(width, dim=2)
    shape = (qkv.shape[0], qkv.shape[1], width)
    return torch.onnx.ops.symbolic(
        "com.microsoft::MultiHeadAttention",
        (q, k, v) if mask is None else (q, k, v, None, None, mask),
        {"num_heads": heads},
        dtype=qkv.dtype,
        shape=shape,
        version=1,
    )


def to_onnx(module: nn.Module, inputs: dict[str, Tensor], path: Path, *, output: str, longest: int) -> None:
    """Export a module whose inputs all have the shape (1, length, ...).

    Parameters
    ----------
    inputs : dict of Tensor
        An example of each input, by name, in the order of `module.forward`.
    path : Path
        One file, weights included.
    output : str
        Name of the only output.
    longest : int
        Length of the longest input that the network can take.
    """
    length = torch.export.Dim("length", min=3, max=longest)
    logging.getLogger("onnxscript").setLevel(logging.ERROR)
    torch.onnx.export(
        module.eval(),
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=[output],
        dynamic_shapes=tuple({1: length} for _ in inputs),
        dynamo=True,
        external_data=False,
        opset_version=OPSET,
        verbose=False,
    )


class OutlierLinear(nn.Module):
    """A linear layer that multiplies its outlier channels separately: the same function as a sum of two products.

    With the outliers, the other channels would use only few of the 256 steps of an 8-bit scale (LLM.int8(), Dettmers
    et al. 2022). In MiniLM the outliers come from [CLS].
    """

    def __init__(self, linear: nn.Linear, channels: Tensor) -> None:
        super().__init__()
        others = torch.ones(linear.in_features)
        others[channels] = 0.0
        self.linear = linear
        self.register_buffer("channels", channels)
        self.register_buffer("others", others)
        self.register_buffer("apart", linear.weight.detach()[:, channels].t().contiguous())

    def forward(self, x: Tensor) -> Tensor:
        # index_select, because x[:, :, channels] is exported as two transpositions of the whole tensor
        return self.linear(x * self.others) + x.index_select(2, self.channels) @ self.apart


def split_outliers(
    layers: nn.ModuleList, calibrate: Callable[[], None], names: tuple[str, ...], *, channels: int = OUTLIERS
) -> None:
    """Separate the channels with the largest inputs, which then stay in 32 bits.

    Parameters
    ----------
    layers : ModuleList
        Changed in place.
    calibrate : callable
        Runs typical inputs through the network.
    names : tuple of str
        The linear layers, as attributes of each layer.
    channels : int
        Number of channels per linear layer.
    """
    linears = {(i, name): getattr(layer, name) for i, layer in enumerate(layers) for name in names}
    widest = {key: torch.zeros(linear.in_features) for key, linear in linears.items()}

    def watch(key: tuple[int, str]) -> Callable[..., None]:
        def hook(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            widest[key] = torch.maximum(widest[key], inputs[0].detach().abs().flatten(0, -2).amax(dim=0))

        return hook

    handles = [linear.register_forward_pre_hook(watch(key)) for key, linear in linears.items()]
    calibrate()
    for handle in handles:
        handle.remove()
    for (i, name), linear in linears.items():
        setattr(layers[i], name, OutlierLinear(linear, widest[i, name].topk(channels).indices.sort().values))


def quantize(
    source: Path,
    target: Path,
    *,
    heads: int,
    width: int,
    kept: tuple[int, ...],
    words: Callable[[onnx.GraphProto], None] | None = None,
) -> None:
    """Write an 8-bit copy: weights per output channel, embeddings per row, activations dynamically.

    Parameters
    ----------
    source, target : Path
        ONNX files.
    heads, width : int
        Of the encoder, for onnxruntime to recognise its parts.
    kept : tuple of int
        Shape of the last matrix, which stays in 32 bits since no later layer compensates its errors. The matrices of
        the outlier channels stay in 32 bits as well.
    words : callable, optional
        Quantizes the embedding table of a graph in place of the 8-bit quantization per row.
    """
    with tempfile.TemporaryDirectory() as folder:
        fused = Path(folder) / "fused.onnx"
        optimised = optimize_model(
            str(source),
            model_type="bert",
            num_heads=heads,
            hidden_size=width,
            opt_level=0,
            optimization_options=_fusions(),
        )
        optimised.save_model_to_file(str(fused))
        graph = onnx.load(fused).graph
        shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
        excluded = [
            node.name
            for node in graph.node
            if any(shapes.get(name) == kept for name in node.input) or _is_outlier_product(node, shapes)
        ]
        quantize_dynamic(
            fused,
            target,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=excluded,
        )
    model = onnx.load(target)
    (words or _quantize_rows)(model.graph)
    _fuse_outlier_sums(model.graph)
    onnx.save(model, target)


def _fusions() -> FusionOptions:
    """Fuse GELU and layer normalization, but not with the sums before them.

    onnxruntime's fused sum and layer normalization is 20 times slower than the two one after the other. A bias is
    cheaper as part of the matrix product before it than as part of GELU.
    """
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = options.enable_bias_gelu = False
    return options


def _is_outlier_product(node: onnx.NodeProto, shapes: dict[str, tuple[int, ...]]) -> bool:
    """Whether the node multiplies the outlier channels that `split_outliers` separated."""
    return any(shapes.get(name, ())[:1] == (OUTLIERS,) for name in node.input)


def _fuse_outlier_sums(graph: onnx.GraphProto) -> None:
    """Replace the product of the outlier channels and the following sum by one Gemm, which saves a pass."""
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    apart = {
        node.output[0]: node
        for node in graph.node
        if node.op_type == "MatMul" and _is_outlier_product(node, shapes)
    }
    graph.initializer.append(numpy_helper.from_array(np.array([0]), "batch.axis"))
    nodes = [node for node in graph.node if node.output[0] not in apart]
    del graph.node[:]
    for node in nodes:
        added = [name for name in node.input if name in apart] if node.op_type == "Add" else []
        if not added:
            graph.node.append(node)
            continue
        out, product = node.output[0], apart[added[0]]
        (others,) = (name for name in node.input if name not in apart)
        graph.node.extend(  # Gemm takes matrices; squeezing the batch axis of size 1 copies nothing
            [
                helper.make_node("Squeeze", [product.input[0], "batch.axis"], [f"{out}.few"]),
                helper.make_node("Squeeze", [others, "batch.axis"], [f"{out}.others"]),
                helper.make_node("Gemm", [f"{out}.few", product.input[1], f"{out}.others"], [f"{out}.sum"]),
                helper.make_node("Unsqueeze", [f"{out}.sum", "batch.axis"], [out]),
            ]
        )


def _quantize_rows(graph: onnx.GraphProto, *, least: int = 10_000) -> None:
    """Quantize embedding tables of at least `least` rows to 8 bits with one scale per row."""
    tables = {tensor.name: tensor for tensor in graph.initializer if tensor.dims and tensor.dims[0] >= least}
    for place, node in [(i, node) for i, node in enumerate(graph.node) if node.op_type == "Gather"][::-1]:
        if node.input[0] not in tables:
            continue
        name, rows, out = node.input[0], node.input[1], node.output[0]
        table = numpy_helper.to_array(tables[name])
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
        eight_bit = np.round(table / scale).astype(np.int8)
        graph.initializer.remove(tables[name])
        graph.initializer.extend(
            [
                numpy_helper.from_array(eight_bit, f"{name}.rows"),
                numpy_helper.from_array(scale, f"{name}.scale"),
            ]
        )
        graph.node.remove(node)
        steps = [
            helper.make_node("Gather", [f"{name}.rows", rows], [f"{out}.rows"]),
            helper.make_node("Gather", [f"{name}.scale", rows], [f"{out}.scale"]),
            helper.make_node("Cast", [f"{out}.rows"], [f"{out}.cast"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{out}.cast", f"{out}.scale"], [out]),
        ]
        for i, step in enumerate(steps):
            graph.node.insert(place + i, step)
