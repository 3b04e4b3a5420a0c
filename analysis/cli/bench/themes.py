"""`framing bench themes`: how fast a codebook is looked up, beside what else one could use for it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import StudyFolder, plain_errors
from analysis.cli.bench.app import AsJson, Measured, bench_app, show
from analysis.errors import FramingError

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook

PASSES = 5
LARGE = 10_000
_SECONDS = 20  # after which a slow way gets no further pass

Look = Callable[[str], int]


@bench_app.command()
@plain_errors
def themes(
    study: StudyFolder = Path("data"),
    articles: Annotated[
        Path | None,
        typer.Option("--articles", help="What to look through; the study's own articles otherwise."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Megabytes a second of one thread: the study's codebook, 10,000 patterns, spaCy's PhraseMatcher, one regex."""
    from analysis.ingest import read
    from analysis.study import load_study

    loaded = load_study(study)
    texts = read(str(articles or study / "articles"), outlets=loaded.outlets).articles["text"].tolist()
    show(measure(loaded.codebook, texts), as_json=as_json)
    return 0


def measure(codebook: Codebook, texts: Sequence[str]) -> list[Measured]:
    """Speed of all ways of looking up, on the same texts in turn.

    Raises
    ------
    FramingError
        There is nothing to look through.
    """
    if not any(texts):
        raise FramingError("there is no text to look through", remedy="give articles with --articles")
    large = large_codebook(texts)
    n_large = len(large.compiled)
    rules = codebook.compiled
    return [
        _speed(f"codebook of {len(rules):,} patterns", texts, hits_of(codebook)),
        _speed(f"codebook of {n_large:,} patterns", texts, hits_of(large)),
        _speed(f"one regex of {len(rules):,} patterns", texts, by_regex(codebook)),
        *(
            _speed(f"spaCy's PhraseMatcher, {len(phrases):,} phrases", texts, by_phrases(phrases))
            for phrases in (literal_phrases(codebook), literal_phrases(large))
        ),
    ]


def hits_of(codebook: Codebook) -> Look:
    """Ours: number of hits with place, theme, pattern and negation."""
    from analysis.annotate.themes import find_themes

    return lambda text: len(find_themes(text, codebook))


def by_regex(codebook: Codebook) -> Look:
    """One alternation of all patterns: it finds one of overlapping matches and does not know the theme."""
    alternatives = (regex.pattern for rule in codebook.compiled for regex, _ in rule.pattern.regexes)
    one = re.compile("|".join(f"(?:{regex})" for regex in alternatives), re.IGNORECASE)
    return lambda text: sum(1 for _ in one.finditer(text))


def by_phrases(phrases: Sequence[str]) -> Look:
    """spaCy's matcher of literal phrases, in lower case; the text has to be cut into tokens first."""
    import spacy
    from spacy.matcher import PhraseMatcher

    pipeline = spacy.blank("en")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    matcher.add("phrases", list(pipeline.pipe(phrases)))
    return lambda text: len(matcher(pipeline.make_doc(text)))


def literal_phrases(codebook: Codebook) -> list[str]:
    """The patterns that are words in a row and nothing else; the only ones a PhraseMatcher can hold."""
    sources = (rule.pattern.source for rule in codebook.compiled)
    return sorted({source for source in sources if re.fullmatch(r"[\w' -]+", source)})


def large_codebook(texts: Sequence[str]) -> Codebook:
    """Up to 10,000 patterns from the words of the texts themselves: open words, and words in a row.

    The rarest come first, as in a codebook; where there are too few, words that stand nowhere fill up.
    """
    from collections import Counter
    from itertools import pairwise

    from analysis.study.codebook import Codebook

    counts: Counter[str] = Counter()
    for text in texts:
        words = re.findall(r"[a-z]{4,}", text.lower())
        counts.update(f"{word}*" for word in words)
        counts.update(f"{one} {other}" for one, other in pairwise(words))
    rare = sorted(counts, key=lambda pattern: (counts[pattern], pattern))[: LARGE // 2]
    filler = [f"{first}{second}{number}" for number in range(100) for first in "qxz" for second in "kvwjyqxz"]
    patterns = [*rare, *(f"{word}*" for word in filler), *(f"{word} {word}" for word in filler)]
    patterns += [f"{word} NEAR/3 {word}s" for word in filler] + [f"({word}|{word}s) of" for word in filler]
    theme = {"id": "large", "label": "large", "definition": "made up", "patterns": patterns[:LARGE]}
    return Codebook.from_data({"title": "large", "themes": [theme]})


def _speed(what: str, texts: Sequence[str], look: Look) -> Measured:
    """Megabytes of UTF-8 per second of CPU time: the best of some passes, since other programs only slow it down."""
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    look(texts[0])  # compiles
    seconds: list[float] = []
    while len(seconds) < PASSES and sum(seconds) < _SECONDS:
        started = time.process_time()
        found = sum(look(text) for text in texts)
        seconds.append(time.process_time() - started)
    return Measured(
        f"{what}: MB/s",
        size / 1e6 / max(min(seconds), 1e-9),
        len(texts),
        f"articles; {found:,} hits; CPU time, one thread, best of {len(seconds)} passes",
    )
