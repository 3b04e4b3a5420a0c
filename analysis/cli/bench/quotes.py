"""`framing bench quotes`: time and memory of the quote tagger on one thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import StudyFolder, plain_errors
from analysis.cli.bench.app import AsJson, Measured, bench_app, show
from analysis.cli.bench.memory import peak_megabytes
from analysis.errors import FramingError

WORDS = 750  # of a news article
PASSES = 5
_TAG = "from analysis.annotators.quotes.tagger import find_attributions\nfor text in texts: find_attributions(text)"
_QUOTES = "import analysis\nfor text in texts: analysis.quotes(text)"


@bench_app.command()
@plain_errors
def quotes(
    study: StudyFolder = Path("data"),
    articles: Annotated[
        Path | None,
        typer.Option("--articles", help="Articles to read; if not given, the articles of the study."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Measure time and memory of the quote tagger.

    Time is CPU time on one thread per 750 words. The accuracy is in the model card.
    """
    from analysis.corpus import screen
    from analysis.ingest import read
    from analysis.study import load_study

    loaded = load_study(study)
    articles_read = screen(read(str(articles or study / "articles"), outlets=loaded.outlets))
    texts = articles_read.articles["text"].tolist()
    show(measure(texts), as_json=as_json)
    return 0


def measure(texts: Sequence[str]) -> list[Measured]:
    """Measure time and memory of the tagger alone and of `analysis.quotes`.

    Raises
    ------
    FramingError
        There is no text.
    """
    from analysis.annotators.quotes.extract import quotes as all_of_it
    from analysis.annotators.quotes.tagger import find_attributions

    long = news_length(texts)
    if not long:
        raise FramingError("there is no text to read", remedy="give articles with --articles")
    return [
        _time("tagger", long, find_attributions),
        _time("quotes, with parse and quotation marks", long, all_of_it),
        _memory("a process that only tags", long, _TAG),
        _memory("a process that runs analysis.quotes", long, _QUOTES),
    ]


def news_length(texts: Sequence[str], *, words: int = WORDS) -> list[str]:
    """Join short texts until each has `words` words or more; longer texts stay as they are."""
    joined: list[str] = []
    open_ended = False
    for text in filter(str.strip, texts):
        if open_ended:
            joined[-1] = f"{joined[-1]}\n\n{text}"
        else:
            joined.append(text)
        open_ended = len(joined[-1].split()) < words
    return joined


def _time(what: str, texts: Sequence[str], work: Callable[[str], object]) -> Measured:
    work(texts[0])  # loads the models
    seconds = []
    for _ in range(PASSES):  # the minimum counts: other programs only add time
        started = time.process_time()
        for text in texts:
            work(text)
        seconds.append(time.process_time() - started)
    n_words = sum(len(text.split()) for text in texts)
    return Measured(
        f"{what}: ms per {WORDS} words",
        1000 * WORDS * min(seconds) / n_words,
        len(texts),
        f"texts of {n_words / len(texts):.0f} words; CPU time, one thread, minimum of {PASSES} passes",
    )


def _memory(what: str, texts: Sequence[str], work: str) -> Measured:
    return Measured(f"{what}: MB", peak_megabytes(work, texts), len(texts), "texts; peak, without torch")
