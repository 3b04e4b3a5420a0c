"""Prune the teacher: select layers, heads and feed-forward units, and refit the remaining weights.

    python -m training.tone.prune --data NEWSMTSC --teacher FILE --vocabulary FOLDER --out FILE

Layers are removed one at a time, always the one whose removal increases the training loss least. In the remaining
layers, the heads and units with the largest first-order effect on the loss are kept (Michel et al. 2019). The output
matrices are then fitted by least squares to the output of the whole layer (Kwon et al. 2022). The pruned model is no
better than chance until it is distilled: see `training.tone.distil`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from training.common.mpnet import FIRST_POSITION
from training.common.pruned_mpnet import HEAD, LONGEST, PrunedLayer, PrunedMPNet
from training.tone.fit import batches, collate
from training.tone.model import ToneModel, load_trained
from training.tone.newsmtsc import make_examples, read_split
from training.tone.vocabulary import load_vocabulary

_RIDGE = 1e-3

Batch = tuple[Tensor, Tensor, Tensor, Tensor]


@torch.inference_mode()
def loss(model: ToneModel, groups: Sequence[Batch]) -> float:
    """Mean cross-entropy."""
    total = 0.0
    for ids, target, mask, goal in groups:
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            logits = model(ids, target, mask)
        total += functional.cross_entropy(logits.float(), goal).item()
    return total / len(groups)


def choose_layers(model: ToneModel, groups: Sequence[Batch], count: int) -> list[int]:
    """Select `count` layers by greedy backward elimination; returns their numbers in order."""
    layers = list(model.encoder.layers)
    kept = list(range(len(layers)))
    while len(kept) > count:
        losses = {}
        for tried in kept:
            model.encoder.layers = nn.ModuleList(layers[i] for i in kept if i != tried)
            losses[tried] = loss(model, groups)
        kept.remove(min(losses, key=lambda layer: losses[layer]))
    model.encoder.layers = nn.ModuleList(layers)
    return kept


def importance(model: ToneModel, groups: Sequence[Batch]) -> tuple[list[Tensor], list[Tensor]]:
    """Importance of each head and each unit of each layer: the sum of squares of activation times gradient."""
    seen: dict[tuple[int, str], Tensor] = {}

    def watch(layer: int, name: str) -> None:
        def keep(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            inputs[0].retain_grad()
            seen[layer, name] = inputs[0]

        handles.append(getattr(model.encoder.layers[layer], name).register_forward_pre_hook(keep))

    handles: list[torch.utils.hooks.RemovableHandle] = []
    layers = range(len(model.encoder.layers))
    for layer in layers:
        watch(layer, "out")
        watch(layer, "down")
    heads, units = ([torch.zeros(()) for _ in layers] for _ in range(2))
    for ids, target, mask, goal in groups:
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            logits = model(ids, target, mask)
        functional.cross_entropy(logits.float(), goal, reduction="sum").backward()
        for (layer, name), values in seen.items():
            moved = ((values * values.grad).float() * mask[:, :, None]).sum(1)
            if name == "out":
                heads[layer] = heads[layer] + moved.view(len(ids), -1, HEAD).sum(2).square().sum(0)
            else:
                units[layer] = units[layer] + moved.square().sum(0)
        model.zero_grad(set_to_none=True)
    for handle in handles:
        handle.remove()
    return heads, units


def least_squares(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Weight and bias of the linear layer that fits y to x (ridge regression)."""
    ones = torch.cat([x, torch.ones(len(x), 1)], 1).double()
    square = ones.T @ ones
    square += _RIDGE * square.diagonal().mean() * torch.eye(len(square), dtype=torch.float64)
    solved = torch.linalg.solve(square, ones.T @ y.double()).float()
    return solved[:-1].T.contiguous(), solved[-1]


@torch.inference_mode()
def fit_layer(
    pruned: PrunedLayer, model: ToneModel, layer: int, units: Tensor, groups: Sequence[Batch]
) -> None:
    """Copy the kept weights of a layer, and refit its output matrices."""
    whole = model.encoder.layers[layer]
    columns = torch.cat([torch.arange(HEAD) + HEAD * head for head in pruned.kept.tolist()])
    rows = torch.cat([columns + part * whole.out.in_features for part in range(3)])
    pruned.qkv.load_state_dict({"weight": whole.qkv.weight[rows], "bias": whole.qkv.bias[rows]})
    pruned.up.load_state_dict({"weight": whole.up.weight[units], "bias": whole.up.bias[units]})
    seen: dict[str, list[tuple[Tensor, Tensor]]] = {"out": [], "down": []}
    handles = [
        getattr(whole, name).register_forward_hook(
            lambda _module, given, made, name=name: seen[name].append((given[0], made))
        )
        for name in seen
    ]
    for ids, target, mask, _ in groups:
        model(ids, target, mask)
    for handle in handles:
        handle.remove()
    there = torch.cat([mask.flatten() for _, _, mask, _ in groups])
    for name, index in (("out", columns), ("down", units)):
        x, y = (torch.cat([pair[side].flatten(0, 1) for pair in seen[name]])[there] for side in (0, 1))
        weight, bias = least_squares(x[:, index], y)
        getattr(pruned, name).load_state_dict({"weight": weight, "bias": bias})
    pruned.norm1.load_state_dict(whole.norm1.state_dict())
    pruned.norm2.load_state_dict(whole.norm2.state_dict())


def prune(
    model: ToneModel, layers: Sequence[int], heads: int, units: int, groups: Sequence[Batch]
) -> ToneModel:
    """The pruned model; `groups` are batches of the training split, of which the last ten are used for refitting."""
    model.eval()
    by_head, by_unit = importance(model, groups[:-10])
    kept = [sorted(by_head[layer].topk(heads).indices.tolist()) for layer in layers]
    old = model.encoder
    pruned = PrunedMPNet(old.words.num_embeddings, kept, units)
    for name in ("words", "norm", "distances"):
        getattr(pruned, name).load_state_dict(getattr(old, name).state_dict())
    pruned.positions.weight.data = old.positions.weight.data[
        FIRST_POSITION : FIRST_POSITION + LONGEST
    ].clone()
    for place, layer in enumerate(layers):
        best = by_unit[layer].topk(units).indices.sort().values
        fit_layer(pruned.layers[place], model, layer, best, groups[-10:])
    result = ToneModel(pruned, dropout=0.0)
    result.dense.load_state_dict(model.dense.state_dict())
    result.out.load_state_dict(model.out.state_dict())
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument("--teacher", type=Path, required=True, help="model.safetensors of the teacher")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="output file of weights")
    parser.add_argument("--layers", type=int, default=9)
    parser.add_argument("--heads", type=int, default=4, help="number per layer")
    parser.add_argument("--units", type=int, default=512, help="number per layer")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    tokenizer, _ = load_vocabulary(args.vocabulary)
    train = make_examples(read_split(args.data, "train"), tokenizer)
    groups = [collate([train[i] for i in part]) for part in batches(train, 32, args.seed)[:50]]
    teacher = load_trained(args.teacher)
    layers = choose_layers(teacher, groups[:6], args.layers)
    print("layers", *layers, flush=True)
    pruned = prune(teacher, layers, args.heads, args.units, groups)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    save_file(pruned.state_dict(), args.out, metadata={"layers": " ".join(map(str, layers))})


if __name__ == "__main__":
    main()
