"""Attributions made by hand from the words of a text, and the quotes that follow from them."""

from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.extract import quote_records


def spans_of(text, *parts):
    """The first occurrence of each part in the text."""
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)


def attribution(text, *contents, source=None, cue=None, score=1.0):
    """An attribution of words of the text."""
    return Attribution(
        spans_of(text, *contents),
        spans_of(text, *([source] if source else [])),
        spans_of(text, *([cue] if cue else [])),
        score,
    )


def records_from(text, *attributions):
    """The quotes of a text whose tagger returns these attributions."""
    return quote_records(parse(text), attributor=lambda document: attributions)
