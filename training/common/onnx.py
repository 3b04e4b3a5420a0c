"""From a torch module to an ONNX file, and from 32-bit to 8-bit weights."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn

OPSET = 18


def fused_attention(qkv: Tensor, mask: Tensor | None, heads: int) -> Tensor:
    """Attention as one operator of onnxruntime, for windows without padding."""
    width = qkv.shape[2] // 3
    q, k, v = qkv.split(width, dim=2)
    shape = (qkv.shape[0], qkv.shape[1], width)
    return torch.onnx.ops.symbolic(
        "com.microsoft::MultiHeadAttention",
        (q, k, v),
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


def quantise(source: Path, target: Path, *, heads: int, width: int) -> None:
    """Write an 8-bit copy: weights per channel, activations scaled as they come; embeddings are 8-bit as well.

    Parameters
    ----------
    source, target : Path
        ONNX files.
    heads, width : int
        Of the encoder, for onnxruntime to recognise its attention.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.optimizer import optimize_model

    with tempfile.TemporaryDirectory() as folder:
        fused = Path(folder) / "fused.onnx"
        optimize_model(
            str(source), model_type="bert", num_heads=heads, hidden_size=width, opt_level=0
        ).save_model_to_file(str(fused))
        quantize_dynamic(
            fused,
            target,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Attention", "EmbedLayerNormalization", "Gather"],
        )
