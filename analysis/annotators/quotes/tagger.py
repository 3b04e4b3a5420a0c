"""Attributions of a text, found by the trained tagger: content, source, cue and act.

Decoding has three steps. A conditional random field assigns roles (source, cue, content) to the words from the
network's scores. The words of each content then vote for the word that is their cue, if there is one, and the cue (or
the content without cue) for the word that is its source, if there is one; a chosen word that is part of a longer cue
or source stands for all of it. Contents that share a cue make one attribution. The words of the cue give its act.
Roles do not overlap, as in PolNeAR [1]_. Attributions within the content of another one ("She said he had denied it")
are decoded in the same way from scores of their own.

References
----------
.. [1] Newell, E., Margolin, D., Ruths, D. (2018). An attribution relations corpus for political news. LREC.
"""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.long_paragraphs import split_long_paragraphs
from analysis.annotators.parsing.onnx_encoder import Encoder, WordPieces, load_encoder
from analysis.annotators.quotes.crf import LinearChainCRF
from analysis.annotators.quotes.surface_features import surface_features
from analysis.corpus import WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "quotes"
_MAX_DISTANCE = 120  # words between the ends of a link; keeps the time per word constant in long texts
_MIN_SHARE = 1e-3  # words with a smaller share of the vote are ignored
_VOTERS = 512  # words that vote at a time; bounds the memory for a content of thousands of words
_TINY = 1e-9
_ROLE_WEIGHT = 0.3  # weight of a word's role in the choice of cue and source


class RoleSpan(NamedTuple):
    """Words `first` to `last`, both included, in one role."""

    role: str
    first: int
    last: int


@dataclass(frozen=True)
class WordScores:
    """Output of the network for the words of a text.

    Parameters
    ----------
    tags, inner_tags : array of float, shape (words, tags)
        Of attributions, and of those within the content of another one.
    content_query, inner_content_query, cue_query : array of float, shape (words, k)
    cue_key, source_key : array of float, shape (k, words)
        The product of a content's query with a cue's key scores their link; likewise for a cue and its source.
    no_cue, no_source : array of float, shape (words,)
        Score of a content that has no cue, and of a cue that has no source, on the same scale.
    acts : array of float, shape (words, acts)
    paragraphs : array of int64, shape (words,)
    """

    tags: NDArray[np.float64]
    content_query: NDArray[np.floating]
    cue_key: NDArray[np.floating]
    cue_query: NDArray[np.floating]
    source_key: NDArray[np.floating]
    no_source: NDArray[np.floating]
    no_cue: NDArray[np.floating]
    inner_tags: NDArray[np.float64]
    inner_content_query: NDArray[np.floating]
    acts: NDArray[np.floating]
    paragraphs: NDArray[np.int64]


@dataclass(frozen=True)
class DecodingRules:
    """The CRFs, and parameters of decoding chosen on dev splits.

    Parameters
    ----------
    tags : tuple of str
        "O", then "B-role" and "I-role" for each role.
    acts : tuple of str
    crf, inner_crf : LinearChainCRF
    outside, inner_outside : float
        Added to the score of "O". Higher values give fewer attributions.
    crossing : float
        Subtracted from the score of a link between two paragraphs.
    cueless, sourceless : float
        Added to the scores of "no cue" and "no source".
    least : float
        Attributions with a lower score are dropped.
    """

    tags: tuple[str, ...]
    acts: tuple[str, ...]
    crf: LinearChainCRF
    inner_crf: LinearChainCRF
    outside: float
    inner_outside: float
    crossing: float
    cueless: float
    sourceless: float
    least: float

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> DecodingRules:
        """Read the rules from a model's config.json."""
        crf, inner_crf = (
            LinearChainCRF(*(np.array(config[chain][part]) for part in ("transitions", "starts", "ends")))
            for chain in ("chain", "inner_chain")
        )
        tags, acts = tuple(config["tags"]), tuple(config["acts"])
        return cls(tags=tags, acts=acts, crf=crf, inner_crf=inner_crf, **config["rules"])


def find_attributions(text: str) -> list[Attribution]:
    """Find the attributions of a text with the trained tagger.

    Parameters
    ----------
    text : str
        Of any length. Newlines of any kind end paragraphs.

    Returns
    -------
    list of Attribution
        In the order of their contents, with offsets in code points of `text`. Every attribution has content and an
        act; source and cue can be empty. The result depends on nothing but the text.

    Raises
    ------
    FramingError
        The model's files are missing.
    """
    encoder = load_encoder(MODEL)
    pieces = word_pieces(encoder, text)
    if not len(pieces):
        return []
    found = decode(pieces, word_scores(encoder, text, pieces), _rules())
    return [
        replace(item, source=tuple(_without_decoration(text, span) for span in item.source))
        for item in found
        if any(WORD.search(text, *span) for span in item.content)
    ]


def word_pieces(encoder: Encoder, text: str) -> WordPieces:
    """Split a text into word pieces without emoji, and paragraphs longer than a window into shorter ones."""
    emoji = {ord(character): " " for character in set(text) if unicodedata.category(character) == "So"}
    return split_long_paragraphs(encoder.tokenize(text.translate(emoji)), text, encoder.config["window"])


def _without_decoration(text: str, source: Span) -> Span:
    """Strip emoji and direction marks, which are not part of a name, from the edges of a source."""
    kept = [offset for offset in range(*source) if not _is_decoration(text[offset])]
    return Span(kept[0], kept[-1] + 1) if kept else source


def _is_decoration(character: str) -> bool:
    return (
        character.isspace() or character == "\ufe0f" or unicodedata.category(character) in ("So", "Sk", "Cf")
    )


@functools.cache
def _rules() -> DecodingRules:
    return DecodingRules.from_config(load_encoder(MODEL).config)


def word_scores(encoder: Encoder, text: str, pieces: WordPieces) -> WordScores:
    """Run the network; a word has the scores of its first piece."""
    first = pieces.first
    columns = encoder.run(pieces, features=surface_features(text, pieces))[first]
    return scores_from_columns(columns, encoder.config["parts"], pieces.paragraphs[first])


def scores_from_columns(
    columns: NDArray[np.floating], parts: Mapping[str, int], paragraphs: NDArray[np.int64]
) -> WordScores:
    """Name the columns of the network's output.

    Parameters
    ----------
    columns : array of float, shape (words, n)
    parts : mapping of str to int
        Number of columns of each part, in order.
    paragraphs : array of int64, shape (words,)
    """
    part = dict(zip(parts, np.split(columns, np.cumsum(list(parts.values()))[:-1], axis=1), strict=True))
    for name in ("tags", "inner_tags"):
        part[name] = part[name].astype(np.float64)
    for name in ("cue_key", "source_key"):
        part[name] = np.ascontiguousarray(part[name].T)
    for name in ("no_cue", "no_source"):
        part[name] = part[name][:, 0]
    return WordScores(**part, paragraphs=paragraphs)


@dataclass(frozen=True)
class RoleSequence:
    """The roles of the words of a text.

    Parameters
    ----------
    spans : list of RoleSpan
        In order, without overlap.
    span_of : array of int64, shape (words,)
        Index into `spans` of the word's span, -1 where the word has no role.
    probabilities : dict of array of float, shape (words,)
        Probability of each role at each word.
    log_priors : dict of array of float, shape (words,)
        Added to a word's score as an answer in a role; minus infinity for words in another role.
    paragraphs : array of int64, shape (words,)
    """

    spans: list[RoleSpan]
    span_of: NDArray[np.int64]
    probabilities: dict[str, NDArray[np.float64]]
    log_priors: dict[str, NDArray[np.float64]]
    paragraphs: NDArray[np.int64]


def decode(pieces: WordPieces, scores: WordScores, rules: DecodingRules) -> list[Attribution]:
    """Decode the attributions from the scores of the words.

    Parameters
    ----------
    pieces : WordPieces
    scores : WordScores
        Of the words of those pieces.
    rules : DecodingRules

    Returns
    -------
    list of Attribution
    """
    first = pieces.first
    starts, ends = pieces.starts[first].tolist(), pieces.ends[np.append(first[1:], len(pieces)) - 1].tolist()

    def in_text(spans: Sequence[RoleSpan | None]) -> tuple[Span, ...]:
        return tuple(Span(starts[span.first], ends[span.last]) for span in spans if span is not None)

    def attributions(roles: RoleSequence, content_query: NDArray[np.floating]) -> Iterator[Attribution]:
        for cue, contents, share in link_contents(scores, roles, content_query, rules):
            source = link_source(scores, roles, cue or contents[0], rules)
            score = float(roles.probabilities["content"][_words_of(contents)].mean()) * share
            if score >= rules.least:
                act = most_likely_act(scores, rules, contents if cue is None else [cue])
                yield Attribution(in_text(contents), in_text([source]), in_text([cue]), round(score, 6), act)

    roles = predict_roles(scores, rules)
    outer = list(attributions(roles, scores.content_query))
    inner_roles = predict_inner_roles(scores, roles, rules)
    inner = attributions(inner_roles, scores.inner_content_query)
    contents = sorted(span for item in outer for span in item.content)
    within = (item for item in inner if item.cue and _is_within(item.cue[0], contents))
    return sorted([*outer, *within], key=lambda item: (item.content, item.cue))


def _is_within(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span lies within one of others, which are in order and do not overlap."""
    place = bisect_right(others, span.start, key=lambda other: other.start) - 1
    return place >= 0 and span.end <= others[place].end


def most_likely_act(scores: WordScores, rules: DecodingRules, spans: Sequence[RoleSpan]) -> str:
    """Return the act with the highest mean score over the words of some spans."""
    return rules.acts[int(scores.acts[_words_of(spans)].mean(axis=0).argmax())]


def _words_of(spans: Sequence[RoleSpan]) -> NDArray[np.int64]:
    return np.concatenate([np.arange(span.first, span.last + 1) for span in spans])


def predict_roles(scores: WordScores, rules: DecodingRules) -> RoleSequence:
    """Return the most probable role of every word, with probabilities."""
    return _roles(scores.tags, scores.paragraphs, rules.crf, rules, outside=rules.outside)


def predict_inner_roles(scores: WordScores, roles: RoleSequence, rules: DecodingRules) -> RoleSequence:
    """Return the most probable role of every word in attributions within the content of another one.

    Each content is a sequence of its own, with the word before it. Contents in which no word has a higher score for a
    role than for "O" are left out of the computation.
    """
    emissions = scores.inner_tags
    likely = emissions[:, 1:].max(axis=1) > emissions[:, 0] + rules.inner_outside
    sequences = np.full(len(emissions), -1)
    for number, span in enumerate(roles.spans):
        if span.role == "content" and likely[span.first : span.last + 1].any():
            before = span.first > 0 and sequences[span.first - 1] < 0
            sequences[span.first - before : span.last + 1] = number
    kept = sequences >= 0
    part = _roles(emissions[kept], sequences[kept], rules.inner_crf, rules, outside=rules.inner_outside)
    place = np.flatnonzero(kept)

    def everywhere(values: NDArray, fill: float) -> NDArray:
        whole = np.full(kept.shape, fill, dtype=values.dtype)
        whole[kept] = values
        return whole

    return RoleSequence(
        [RoleSpan(span.role, int(place[span.first]), int(place[span.last])) for span in part.spans],
        everywhere(part.span_of, -1),
        {role: everywhere(values, 0.0) for role, values in part.probabilities.items()},
        {role: everywhere(values, _ROLE_WEIGHT * np.log(_TINY)) for role, values in part.log_priors.items()},
        scores.paragraphs,
    )


def _roles(
    tag_scores: NDArray[np.float64],
    sequences: NDArray[np.int64],
    crf: LinearChainCRF,
    rules: DecodingRules,
    *,
    outside: float,
) -> RoleSequence:
    emissions = tag_scores.copy()
    emissions[:, 0] += outside
    spans = bio_spans(crf.viterbi(emissions, sequences), rules.tags)
    span_of = np.full(len(emissions), -1)
    for number, span in enumerate(spans):
        span_of[span.first : span.last + 1] = number
    marginals = crf.marginals(emissions, sequences)
    probabilities = {
        role: marginals[:, [i for i, tag in enumerate(rules.tags) if tag.endswith(role)]].sum(axis=1)
        for role in ("source", "cue", "content")
    }
    role_of = np.array([span.role for span in spans] + [""])[span_of]  # index -1 takes the last: no role
    log_priors = {
        role: np.where(
            (role_of == role) | (role_of == ""), _ROLE_WEIGHT * np.log(probabilities[role] + _TINY), -np.inf
        )
        for role in ("source", "cue")
    }
    return RoleSequence(spans, span_of, probabilities, log_priors, sequences)


def bio_spans(tags: NDArray[np.int64], names: Sequence[str]) -> list[RoleSpan]:
    """Return the runs of words in one role; each "B-" begins a new one."""
    inside = tags > 0
    anew = np.array([name.startswith("B-") for name in names])[tags]
    begins = inside & (anew | ~np.append(False, inside[:-1]))
    ends = inside & ~np.append((inside & ~begins)[1:], False)
    firsts, lasts = np.flatnonzero(begins), np.flatnonzero(ends)
    roles = [name.partition("-")[2] for name in names]
    return [
        RoleSpan(roles[tag], first, last)
        for tag, first, last in zip(tags[firsts].tolist(), firsts.tolist(), lasts.tolist(), strict=True)
    ]


def link_contents(
    scores: WordScores, roles: RoleSequence, content_query: NDArray[np.floating], rules: DecodingRules
) -> list[tuple[RoleSpan | None, list[RoleSpan], float]]:
    """Link each content to the cue that its words vote for.

    Returns
    -------
    list of (cue, contents, share)
        In the order of the contents; `share` is the mean share of the vote over the links. Contents whose words vote
        for no cue are apart, with None as the cue.
    """
    contents_of: dict[RoleSpan, list[tuple[RoleSpan, float]]] = {}
    cueless: list[tuple[RoleSpan | None, list[RoleSpan], float]] = []
    no_answer = scores.no_cue + rules.cueless
    for span in roles.spans:
        if span.role == "content":
            cue, share = _best_answer(
                content_query,
                scores.cue_key,
                roles,
                span,
                "cue",
                crossing=rules.crossing,
                no_answer=no_answer[span.first : span.last + 1],
            )
            if cue is None:
                cueless.append((None, [span], share))
            else:
                contents_of.setdefault(cue, []).append((span, share))
    return cueless + [
        (cue, [span for span, _ in parts], float(np.mean([share for _, share in parts])))
        for cue, parts in contents_of.items()
    ]


def link_source(
    scores: WordScores, roles: RoleSequence, bearer: RoleSpan, rules: DecodingRules
) -> RoleSpan | None:
    """Return the source that the first word of a cue, or of a content without cue, votes for, or None."""
    voter = bearer._replace(last=bearer.first)
    return _best_answer(
        scores.cue_query,
        scores.source_key,
        roles,
        voter,
        "source",
        crossing=rules.crossing,
        no_answer=scores.no_source[[bearer.first]] + rules.sourceless,
    )[0]


def _best_answer(
    queries: NDArray[np.floating],
    keys: NDArray[np.floating],
    roles: RoleSequence,
    voters: RoleSpan,
    role: str,
    *,
    crossing: float,
    no_answer: NDArray[np.floating],
) -> tuple[RoleSpan | None, float]:
    """Return the span in a role that the words of `voters` vote for, and its share of the vote.

    A word without a role can be chosen too, alone. Words in another role and the voters themselves cannot.
    `no_answer`, shape (voters,), is the score of choosing nothing.
    """
    start = max(0, voters.first - _MAX_DISTANCE)
    near = slice(start, min(voters.last + 1 + _MAX_DISTANCE, len(roles.span_of)))
    bonus = roles.log_priors[role][near] - crossing * (
        roles.paragraphs[near] != roles.paragraphs[voters.first]
    )
    voting = queries[voters.first : voters.last + 1]
    bonus[voters.first - start : voters.last + 1 - start] = -np.inf
    shares = np.zeros(bonus.shape)
    absent = 0.0
    for first in range(0, len(no_answer), _VOTERS):
        block = slice(first, first + _VOTERS)
        # einsum, not @: BLAS would start threads for this, which cost more than they save and disturb other workers
        votes = np.einsum("ik,kj->ij", voting[block], keys[:, near]) + bonus
        top = np.maximum(votes.max(axis=1), no_answer[block])
        for_words = np.exp(votes - top[:, None])
        for_none = np.exp(no_answer[block] - top)
        totals = for_words.sum(axis=1) + for_none
        shares += (for_words / totals[:, None]).sum(axis=0)
        absent += float((for_none / totals).sum())
    shares /= len(no_answer)
    pooled: dict[RoleSpan | None, float] = {None: absent / len(no_answer)}
    for offset in np.flatnonzero(shares > _MIN_SHARE).tolist():
        word = start + offset
        number = int(roles.span_of[word])
        span = roles.spans[number] if number >= 0 else RoleSpan(role, word, word)
        pooled[span] = pooled.get(span, 0.0) + float(shares[offset])
    best = max(pooled, key=lambda span: pooled[span])
    return best, pooled[best]
