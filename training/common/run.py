"""Log and checkpoints of a training run; the same command continues from the last checkpoint."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import torch


class Log:
    """A log file with one JSON object per line, each with the time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path

    def __call__(self, **values: Any) -> None:
        line = json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **values})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        print(line, flush=True)


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint atomically."""
    scratch = path.with_suffix(".part")
    torch.save({**state, "rng": torch.get_rng_state()}, scratch)
    scratch.replace(path)


def load_checkpoint(path: Path) -> dict[str, Any] | None:
    """Load a checkpoint and restore torch's random state; None if there is no checkpoint."""
    if not path.exists():
        return None
    state = torch.load(path, weights_only=True, map_location="cpu")
    torch.set_rng_state(state["rng"])
    return state


def device() -> torch.device:
    """The GPU if there is one, else the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
