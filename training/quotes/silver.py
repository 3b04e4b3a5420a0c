"""Add to PolNeAR what its annotators did not mark: quotes within quotes, and acts.

    python -m training.quotes.silver --data POLNEAR --out FILE

The shipped tagger reads each content as a text of its own. What it finds there is a quote within a quote, except for
what the speakers attribute to themselves ("I believe ..."), which readers seldom code. The act of an attribution is the
one that `lexicon/cues.yaml` gives for its cue; a cue that is not listed has none. Both contain errors and are used for
training only. Runs in the toolkit's own environment. Writes one JSON object per article.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.cues import attribution_act, cue_entry, cue_lemma
from analysis.annotators.quotes.tagger import find_attributions
from training.quotes.polnear import Article, read_split

_FEWEST_WORDS = 5
_OWN = re.compile(r"\b(?:I|[Ww]e|[Uu]s|[Mm]e|[Mm]y|[Oo]ur)\b")
ROLES = ("content", "source", "cue")


def nested(text: str, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the attributions within the contents of others."""
    for outer in attributions:
        for start, end in outer.content:
            if len(text[start:end].split()) < _FEWEST_WORDS:
                continue
            for found in find_attributions(text[start:end]):
                moved = {
                    role: tuple(Span(start + a, start + b) for a, b in getattr(found, role)) for role in ROLES
                }
                yield replace(found, **moved)


def listed_act(document: Document, attribution: Attribution) -> str | None:
    """Return the act that the lists of cues give; None for a cue that is not listed."""
    lemma = cue_lemma(document, attribution.cue)
    if lemma is None or cue_entry(lemma) is None:
        return None
    return attribution_act(document, attribution.source, lemma)


def with_silver(article: Article, record: dict[str, Any]) -> Article:
    """Return the article with the quotes within quotes and the acts of a record that `main` wrote."""
    annotations = [
        (
            *(replace(one, act=act) for one, act in zip(gold, added["acts"], strict=True)),
            *(one for one in map(_attribution, added["nested"]) if not _is_own(article.text, one)),
        )
        for gold, added in zip(article.annotations, record["annotations"], strict=True)
    ]
    return replace(article, annotations=tuple(annotations))


def _is_own(text: str, attribution: Attribution) -> bool:
    return any(_OWN.search(text, span.start, span.end) for span in attribution.source)


def _attribution(record: dict[str, Any]) -> Attribution:
    return Attribution(*(tuple(Span(*span) for span in record[role]) for role in ROLES), act=record["act"])


def silver_record(article: Article) -> dict[str, Any]:
    """Return quotes within quotes and acts for each annotator of an article."""
    document = parse(article.text, entities=False)
    annotations = []
    for gold in article.annotations:
        inner = [replace(one, act=listed_act(document, one)) for one in nested(article.text, gold)]
        annotations.append(
            {
                "acts": [listed_act(document, one) for one in gold],
                "nested": [{role: getattr(one, role) for role in (*ROLES, "act")} for one in inner],
            }
        )
    return {"name": article.name, "annotations": annotations}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR folder that contains train/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with args.out.open("w", encoding="utf-8") as file:
        for article in read_split(args.data / "train"):
            file.write(json.dumps(silver_record(article)) + "\n")


if __name__ == "__main__":
    main()
