"""`framing bench themes`: speed of codebook look-up, compared with alternatives."""

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
_SECONDS = 10  # a slow method stops after this time

Look = Callable[[str], int]


@bench_app.command()
@plain_errors
def themes(
    study: StudyFolder = Path("data"),
    articles: Annotated[
        Path | None,
        typer.Option("--articles", help="Articles to search; if not given, the articles of the study."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Measure the speed of codebook look-up.

    The study's codebook, one of 10,000 patterns, one regular expression and spaCy's PhraseMatcher are
    compared. Texts with more hits take longer, so the hits per kilobyte are given as well.
    """
    from analysis.corpus import screen
    from analysis.ingest import read
    from analysis.study import load_study

    loaded = load_study(study)
    articles_read = screen(read(str(articles or study / "articles"), outlets=loaded.outlets))
    texts = articles_read.articles["text"].tolist()
    show(measure(loaded.codebook, texts), as_json=as_json)
    return 0


def measure(codebook: Codebook, texts: Sequence[str]) -> list[Measured]:
    """Measure the speed of each method on the same texts.

    Raises
    ------
    FramingError
        There is no text.
    """
    if not any(texts):
        raise FramingError("there is no text to search", remedy="give articles with --articles")
    large = large_codebook(codebook, texts)
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
    """The toolkit's own look-up: every hit with its place, theme, pattern and negation."""
    from analysis.annotators.themes.extract import find_themes

    return lambda text: len(find_themes(text, codebook))


def by_regex(codebook: Codebook) -> Look:
    """One regular expression of all patterns: it misses overlapping matches and does not give the theme."""
    alternatives = (regex.pattern for rule in codebook.compiled for regex, _ in rule.pattern.regexes)
    one = re.compile("|".join(f"(?:{regex})" for regex in alternatives), re.IGNORECASE)
    return lambda text: sum(1 for _ in one.finditer(text))


def by_phrases(phrases: Sequence[str]) -> Look:
    """spaCy's PhraseMatcher in lower case, including tokenisation of the text."""
    import spacy
    from spacy.matcher import PhraseMatcher

    pipeline = spacy.blank("en")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    matcher.add("phrases", list(pipeline.pipe(phrases)))
    return lambda text: len(matcher(pipeline.make_doc(text)))


def literal_phrases(codebook: Codebook) -> list[str]:
    """Return the patterns that are plain phrases, the only ones that a PhraseMatcher can hold."""
    sources = (rule.pattern.source for rule in codebook.compiled)
    return sorted({source for source in sources if re.fullmatch(r"[\w' -]+", source)})


def large_codebook(codebook: Codebook, texts: Sequence[str]) -> Codebook:
    """Return the codebook with one more theme that brings it to 10,000 patterns.

    Up to half of the patterns come from the texts: truncated words and pairs of words, the rarest first, as in a
    codebook, and at most one per kilobyte of text, so that a small text does not consist of hits. The other patterns
    match nothing.
    """
    from collections import Counter
    from itertools import pairwise

    from analysis.study.codebook import Codebook

    counts: Counter[str] = Counter()
    for text in texts:
        words = re.findall(r"[a-z]{4,}", text.lower())
        counts.update(f"{word}*" for word in words)
        counts.update(f"{one} {other}" for one, other in pairwise(words))
    most = min(LARGE // 2, sum(map(len, texts)) // 1000)
    rare = sorted(counts, key=lambda pattern: (counts[pattern], pattern))[:most]
    filler = [f"{first}{second}{number}" for number in range(110) for first in "qxz" for second in "kvwjyqxz"]
    patterns = [*rare, *(f"{word}*" for word in filler), *(f"{word} {word}" for word in filler)]
    patterns += [f"{word} NEAR/3 {word}s" for word in filler] + [f"({word}|{word}s) of" for word in filler]
    own = codebook.model_dump()
    more = {
        "id": "_".join(["more", *(theme.id for theme in codebook.themes)]),  # an id that no theme has
        "label": "more",
        "definition": "made up",
        "patterns": patterns[: max(0, LARGE - len(codebook.compiled))],
    }
    return Codebook.from_data({**own, "themes": [*own["themes"], *([more] if more["patterns"] else [])]})


def _speed(what: str, texts: Sequence[str], look: Look) -> Measured:
    """Return megabytes of UTF-8 per second of CPU time, the best of several passes.

    A slow method is measured on the first texts only.
    """
    look(texts[0])  # compiles
    used, found, seconds = _pass(texts, look)
    best = spent = seconds
    passes = 1
    while passes < PASSES and spent < _SECONDS:
        _, _, seconds = _pass(texts[:used], look)
        best, spent, passes = min(best, seconds), spent + seconds, passes + 1
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts[:used])
    return Measured(
        f"{what}: MB/s",
        size / 1e6 / max(best, 1e-9),
        used,
        f"articles of {size / 1e6:.1f} MB in all; {found:,} hits, {1e3 * found / max(size, 1):.1f} per kB; "
        f"CPU time, one thread, best of {passes} passes",
    )


def _pass(texts: Sequence[str], look: Look) -> tuple[int, int, float]:
    """Return how many texts were searched before time was up, the number of hits, and the seconds used."""
    started = time.process_time()
    found = used = 0
    for text in texts:
        found += look(text)
        used += 1
        if time.process_time() - started > _SECONDS:
            break
    return used, found, time.process_time() - started
