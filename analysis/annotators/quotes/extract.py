"""Quotes of an article: content, source and cue, with the kind of quote and the act that is reported.

An *attributor* finds the attributions of a document. It is the trained tagger, or any callable from a `Document` to
`Attribution` objects. This module adds speaker labels (in headlines and transcripts) and quotations that the
attributor missed, cleans the spans, and returns quote records. Every quotation of four or more words is returned,
with a source or without. Shorter ones are scare quotes, terms or nicknames, and quotations in title case are titles;
they are not quotes of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.annotators.parsing.quotation_marks import quotations
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.block_quotes import block_quotes
from analysis.annotators.quotes.credits import with_credits
from analysis.annotators.quotes.cues import attribution_act, cue_entry, cue_lemma, is_document
from analysis.annotators.quotes.embedded_posts import embedded_posts
from analysis.annotators.quotes.first_person import without_the_authors_words
from analysis.annotators.quotes.interrupted_sentences import complete_sentences
from analysis.annotators.quotes.nested import without_doubtful_nested
from analysis.annotators.quotes.not_reported import reported
from analysis.annotators.quotes.relayed import original_sources
from analysis.annotators.quotes.source_spans import complete_sources
from analysis.annotators.quotes.span_cleanup import SpanCleaner
from analysis.annotators.quotes.tagger import find_attributions
from analysis.annotators.quotes.transcripts import headline_label, transcript_turns, without_turns
from analysis.annotators.quotes.unattributed import add_unattributed
from analysis.corpus import WORD, warn_of_language
from analysis.errors import expect_text
from analysis.schemas import PART_SEPARATOR

if TYPE_CHECKING:
    import pandas as pd

Attributor = Callable[[Document], Sequence[Attribution]]

_BLOCK = 1000  # characters; only contents in the same block are compared
_SAME_CONTENT = 0.8  # contents with at least this Jaccard similarity of characters are one quote
_COLUMNS = ("kind", "act", "content", "source", "cue", "cue_lemma", "cue_class", "start", "end", "score")


@dataclass(frozen=True)
class QuoteRecord:
    """One quote of an article.

    Parameters
    ----------
    kind : {"direct", "indirect", "mixed"}
        All, none or some of the words are in quotation marks.
    act : {"speech", "belief", "intent", "document"}
    content : str
        The attributed words; parts are joined by ' [...] '. Quotation marks around a whole part are left out.
    source, cue, cue_lemma, cue_class : str or None
    spans : tuple of tuple of Span
        The spans of content, source and cue, in the order of `analysis.schemas.ROLES`.
    start, end : int
        Of content, source and cue together.
    score : float
        Confidence of the attribution, 0 to 1; 0 for a quotation without attribution.
    sentence : int
        The sentence in which the quote starts.
    """

    kind: str
    act: str
    content: str
    source: str | None
    cue: str | None
    cue_lemma: str | None
    cue_class: str | None
    spans: tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]
    start: int
    end: int
    score: float
    sentence: int


def quotes(text: str) -> pd.DataFrame:
    """Extract the quotes of one text.

    Parameters
    ----------
    text : str

    Returns
    -------
    pandas.DataFrame
        One row per quote: kind, act, content, source, cue, cue_lemma, cue_class, start, end, score. Offsets are
        code points of the text, end exclusive.

    Raises
    ------
    FramingError
        `text` is not a string.

    Warns
    -----
    UserWarning
        The text is not in English.

    Examples
    --------
    >>> found = analysis.quotes("“We need trade,” the envoy said. He hoped for “better days”.")
    >>> found[["kind", "source", "cue", "content"]].iloc[0].tolist()
    ['direct', 'the envoy', 'said', 'We need trade,']
    """
    import pandas as pd

    expect_text(text)
    warn_of_language(text)
    newlines = PlainNewlines(text)
    records = quote_records(parse(newlines.text, entities=False)) if WORD.search(text) else []
    restored = (_with_original_newlines(record, newlines) for record in records)
    rows = [tuple(getattr(record, name) for name in _COLUMNS) for record in restored]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    texts = dict.fromkeys(_COLUMNS[:7], "str")
    return table.astype({**texts, "start": "int64", "end": "int64", "score": "float64"})


def model_attributions(document: Document) -> list[Attribution]:
    """Return the attributions that the trained tagger finds."""
    return find_attributions(document.text)


def quote_records(document: Document, *, attributor: Attributor = model_attributions) -> list[QuoteRecord]:
    """Extract all quotes of a document.

    Parameters
    ----------
    document : Document
    attributor : callable
        Takes the document and returns its attributions.

    Returns
    -------
    list of QuoteRecord
        Sorted by start, then end. Contents can be nested.
    """
    regions = quotations(document).regions
    cleaner = SpanCleaner(document.text, regions)
    turns = transcript_turns(document.text) or embedded_posts(document.text)
    labelled = (*turns, *headline_label(document.text), *block_quotes(document))
    tagged = without_doubtful_nested(document, reported(document, attributor(document)))
    tagged = without_turns(tagged, turns, document.text)
    tagged = original_sources(document, complete_sources(document, tagged))
    tagged = complete_sentences(document, tagged)
    found = _deduplicated(cleaner.clean(item) for item in (*tagged, *labelled))
    found = without_the_authors_words(document, found)
    found = with_credits(document, add_unattributed(document, regions, found))
    found = [cleaner.clean(attribution) for attribution in found]
    records = [_record(document, cleaner, attribution) for attribution in found]
    return sorted(records, key=lambda record: (record.start, record.end, record.spans))


def _with_original_newlines(record: QuoteRecord, newlines: PlainNewlines) -> QuoteRecord:
    """Return a record of a text with plain newlines with the offsets and words of the original text."""
    content, source, cue = (
        tuple(
            Span(newlines.original_offset(span.start), newlines.original_offset(span.end)) for span in spans
        )
        for spans in record.spans
    )
    return replace(
        record,
        content=_text_of(newlines.original, content),
        source=_text_of(newlines.original, source) or None,
        cue=_text_of(newlines.original, cue) or None,
        spans=(content, source, cue),
        start=newlines.original_offset(record.start),
        end=newlines.original_offset(record.end),
    )


def _text_of(text: str, spans: Sequence[Span]) -> str:
    return PART_SEPARATOR.join(text[span.start : span.end] for span in spans)


def _deduplicated(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Keep each content once, in its most confident attribution; drop attributions without content.

    Two contents that are nearly the same are both kept where one attribution is made within the other.
    """
    kept: list[Attribution] = []
    near: dict[int, list[Attribution]] = {}
    for attribution in sorted(attributions, key=lambda item: (-item.score, item.content)):
        if not attribution.content:
            continue
        blocks = {n for start, end in attribution.content for n in range(start // _BLOCK, end // _BLOCK + 1)}
        others = (other for block in blocks for other in near.get(block, ()))
        if any(
            _similarity(attribution, other) >= _SAME_CONTENT
            and not _is_within(attribution, other)
            and not _is_within(other, attribution)
            for other in others
        ):
            continue
        kept.append(attribution)
        for block in blocks:
            near.setdefault(block, []).append(attribution)
    return kept


def _is_within(one: Attribution, other: Attribution) -> bool:
    """Whether one attribution is made in the content of the other: "She said that he had denied it"."""
    return any(span.start <= cue.start < span.end for cue in one.cue for span in other.content)


def _similarity(one: Attribution, other: Attribution) -> float:
    """Jaccard similarity of two contents by characters."""
    shared = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.content for b in other.content
    )
    return shared / (_length(one.content) + _length(other.content) - shared)


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _act(document: Document, attribution: Attribution, lemma: str | None) -> str:
    """Return the act that the attributor found; words said by a document are of that act.

    Without an act by the attributor, the lists of cues decide. They also decide that intents which are announced
    ("vowed", "threatened", "refused") are speech.
    """
    if attribution.act is None:
        return attribution_act(document, attribution.source, lemma)
    entry = cue_entry(lemma) if lemma else None
    is_announced = attribution.act == "intent" and entry is not None and entry.act == "speech"
    is_speech = attribution.act == "speech" or is_announced
    if is_speech:
        return "document" if is_document(document, attribution.source) else "speech"
    return attribution.act


def _record(document: Document, cleaner: SpanCleaner, attribution: Attribution) -> QuoteRecord:
    spans = (attribution.content, attribution.source, attribution.cue)
    lemma = cue_lemma(document, attribution.cue)
    entry = cue_entry(lemma) if lemma else None
    start = min(span.start for role in spans for span in role)
    return QuoteRecord(
        kind=cleaner.kind(attribution.content),
        act=_act(document, attribution, lemma),
        content=_text_of(document.text, attribution.content),
        source=_text_of(document.text, attribution.source) or None,
        cue=_text_of(document.text, attribution.cue) or None,
        cue_lemma=lemma,
        cue_class=entry.cue_class if entry else None,
        spans=spans,
        start=start,
        end=max(span.end for role in spans for span in role),
        score=attribution.score,
        sentence=document.sentence_at(start),
    )
