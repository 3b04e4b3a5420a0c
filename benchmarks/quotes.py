"""Quotes of a PolNeAR split by this toolkit, by textacy and by a regular expression: accuracy and time in one run.

    python3 -m venv .venv-peers
    .venv-peers/bin/pip install -r benchmarks/requirements-peers.txt
    python -m benchmarks.quotes SPLIT --scorer score_quotes.py --peers .venv-peers/bin/python --out predictions

SPLIT is a folder with text/*.txt and attributions/, which the scorer reads. The scorer is run as `SCORER
PREDICTIONS SPLIT --json FILE`. Neither the scorer nor PolNeAR is part of this repository. Each system writes
OUT/SYSTEM.jsonl with one line per article: {"article_id", "quotes": [{"content", "source", "cue"}]}, where
spans are [start, end]. Times are CPU milliseconds of one process per 750 words, without loading models.
`framing` and `textacy` include the parse by spaCy; `tagger` is the neural network with decoding only, which is
what quotes add to an article that is parsed anyway. A system that is not installed is reported as not measured.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.schemas import ROLES

if TYPE_CHECKING:
    from analysis.annotators.parsing.document import Span

WORDS = 750  # of a news article
_PEER = Path(__file__).with_name("peer_textacy.py")
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»\n]{2,})[”\"»]")
_NAME = re.compile(r"\b[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)+|\b(?:[Hh]e|[Ss]he|[Tt]hey)\b")

Quotes = list[dict[str, list[list[int]]]]  # of one article


class Answer(NamedTuple):
    """What a system found in each text, and the seconds of CPU it took; a reason instead where it did not run."""

    system: str
    quotes: list[Quotes]
    seconds: float
    refused: str = ""


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("split", type=Path)
    parser.add_argument("--scorer", type=Path, help="without it only predictions and times")
    parser.add_argument("--peers", type=Path, help="the Python of the environment that has textacy")
    parser.add_argument("--out", type=Path, required=True, help="folder for the predictions")
    options = parser.parse_args(arguments)
    paths = sorted((options.split / "text").glob("*.txt"))
    if not paths:
        parser.error(f"{options.split} holds no text/*.txt")
    # Without newline translation: gold offsets count every character.
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in paths}
    n_words = sum(len(text.split()) for text in texts.values())
    options.out.mkdir(parents=True, exist_ok=True)
    print(f"{len(texts)} articles, {n_words:,} words")
    print(f"{'system':16}{'P':>7}{'R':>7}{'F1':>7}{'quoted':>8}{'source':>8}{'ms/750':>8}")
    for answer in answers(list(texts.values()), options.peers):
        if answer.refused:
            print(f"{answer.system:16}not measured: {answer.refused}")
            continue
        path = options.out / f"{answer.system.split()[0]}.jsonl"
        lines = [
            json.dumps({"article_id": name, "quotes": found})
            for name, found in zip(texts, answer.quotes, strict=True)
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        accuracy = " " * 37 if options.scorer is None else _scores(options.scorer, path, options.split)
        print(f"{answer.system:16}{accuracy}{1000 * WORDS * answer.seconds / n_words:8.0f}")


def answers(texts: Sequence[str], peers: Path | None) -> list[Answer]:
    """Every system's answer on the same texts."""
    from analysis.annotators.parsing.spacy_parser import parse
    from analysis.annotators.quotes.extract import quote_records
    from analysis.annotators.quotes.tagger import find_attributions

    def tagged(text: str) -> Quotes:
        return [_spans((a.content, a.source, a.cue)) for a in find_attributions(text)]

    def whole(text: str) -> Quotes:
        return [_spans(record.spans) for record in quote_records(parse(text))]

    return [
        _timed("framing", whole, texts),
        _timed("tagger", tagged, texts),
        textacy(texts, peers),
        _timed("regex", quoted_beside_a_name, texts),
    ]


def _timed(system: str, work: Callable[[str], Quotes], texts: Sequence[str]) -> Answer:
    work("“A first sentence loads the models,” she said.")
    started = time.process_time()
    found = [work(text) for text in texts]
    return Answer(system, found, time.process_time() - started)


def _spans(spans: Sequence[Sequence[Span]]) -> dict[str, list[list[int]]]:
    return {role: [list(span) for span in part] for role, part in zip(ROLES, spans, strict=True)}


def textacy(texts: Sequence[str], python: Path | None) -> Answer:
    """`textacy.extract.direct_quotations`, in an environment of its own."""
    if python is None:
        return Answer("textacy", [], 0.0, "no --peers")
    try:
        made = subprocess.run(
            [python, _PEER],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except OSError as error:
        return Answer("textacy", [], 0.0, f"{python} does not run ({error.strerror})")
    if made.returncode:
        return Answer("textacy", [], 0.0, (made.stderr.strip().splitlines() or ["it failed"])[-1])
    told = json.loads(made.stdout)
    return Answer(f"textacy {told['version']}", told["quotes"], told["seconds"])


def quoted_beside_a_name(text: str) -> Quotes:
    """The baseline: words in quotation marks, and the name or pronoun nearest to them in the same paragraph."""
    found: Quotes = []
    for paragraph in re.finditer(r"[^\n]+", text):
        quoted = list(_QUOTED.finditer(text, *paragraph.span()))
        names = [
            name.span()
            for name in _NAME.finditer(text, *paragraph.span())
            if not any(q.start() < name.end() and name.start() < q.end() for q in quoted)
        ]
        for quote in quoted:
            gap = [max(quote.start() - end, start - quote.end()) for start, end in names]
            source = [list(names[gap.index(min(gap))])] if gap else []
            found.append({"content": [list(quote.span(1))], "source": source, "cue": []})
    return found


def _scores(scorer: Path, predictions: Path, split: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.json"
        command = [sys.executable, scorer, predictions, split, "--json", path]
        subprocess.run(command, check=True, capture_output=True)
        scores: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    whole = scores["end_to_end"]
    return (
        f"{whole['P']:7.1f}{whole['R']:7.1f}{whole['F']:7.1f}"
        f"{scores['quoted_e2e']['F']:8.1f}{scores['source_accuracy']:8.1f}"
    )


if __name__ == "__main__":
    main()
