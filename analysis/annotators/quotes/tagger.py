"""Attributions of a text by the trained tagger: what was said, by whom, with which cue.

A conditional random field reads the roles of words (source, cue, content) off the network's scores. The words of each
content then say which word is their cue, and the cue which word is its source, if any; where such a word was read as
part of a cue or source, all of that is taken. Contents that share a cue are one attribution. Roles do not overlap, as
in PolNeAR (Newell, Margolin and Ruths 2018), on which the network was trained.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.onnx_encoder import Encoder, Pieces, load_encoder
from analysis.annotators.quotes.crf import Chain
from analysis.annotators.quotes.surface_features import surface_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "quotes"
_REACH = 120  # words; no link is longer, so that long texts take no longer per word
_LEAST_SHARE = 1e-3  # of a word that is considered at all
_PRIOR = 0.3  # weight of a word's role in the choice of cue and source


class Unit(NamedTuple):
    """Words `first` to `last`, the last included, in one role."""

    role: str
    first: int
    last: int


@dataclass(frozen=True)
class Scores:
    """What the network says of the words of a text.

    Parameters
    ----------
    tags : array of float, shape (words, tags)
    content, asking : array of float, shape (words, k)
    cue, source : array of float, shape (k, words)
        The product of a content's row with a cue's column scores their link; likewise a cue's (asking) with a
        source's.
    sourceless : array of float, shape (words,)
        Scores a cue without a source, on the same scale.
    paragraphs : array of int64, shape (words,)
    """

    tags: NDArray[np.float64]
    content: NDArray[np.floating]
    cue: NDArray[np.floating]
    asking: NDArray[np.floating]
    source: NDArray[np.floating]
    sourceless: NDArray[np.floating]
    paragraphs: NDArray[np.int64]


@dataclass(frozen=True)
class Rules:
    """How scores are read: the chain, and thresholds chosen on PolNeAR's dev split.

    Parameters
    ----------
    tags : tuple of str
        "O", then "B-role" and "I-role" for each role.
    chain : Chain
    outside : float
        Added to the score of "O": higher for fewer attributions.
    crossing : float
        Taken from the score of a link into another paragraph.
    sourceless : float
        Added to the score of "no source".
    least : float
        Attributions of a lower score are dropped.
    """

    tags: tuple[str, ...]
    chain: Chain
    outside: float
    crossing: float
    sourceless: float
    least: float

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Rules:
        """Read the rules from a model's config.json."""
        chain = Chain(*(np.array(config["chain"][part]) for part in ("transitions", "starts", "ends")))
        return cls(tags=tuple(config["tags"]), chain=chain, **config["rules"])


def attribute(text: str) -> list[Attribution]:
    """Attributions of a text, in the order of their contents.

    Parameters
    ----------
    text : str
        Of any length; line breaks of any kind end paragraphs.

    Returns
    -------
    list of Attribution
        Offsets are code points of `text`. Every attribution has content and cue.
        The same text gives the same list, whatever was read before.

    Raises
    ------
    FramingError
        The model's files are missing.
    """
    encoder = load_encoder(MODEL)
    pieces = encoder.cut(text)
    if not len(pieces):
        return []
    found = decode(pieces, word_scores(encoder, text, pieces), _rules())
    return [replace(item, source=tuple(_bare(text, span) for span in item.source)) for item in found]


def _bare(text: str, source: Span) -> Span:
    """A source without the emoji and direction marks at its edges, which are no part of a name."""
    named = [place for place in range(*source) if not _decorates(text[place])]
    return Span(named[0], named[-1] + 1) if named else source


def _decorates(character: str) -> bool:
    return (
        character.isspace() or character == "\ufe0f" or unicodedata.category(character) in ("So", "Sk", "Cf")
    )


@functools.cache
def _rules() -> Rules:
    return Rules.from_config(load_encoder(MODEL).config)


def word_scores(encoder: Encoder, text: str, pieces: Pieces) -> Scores:
    """Run the network; a word's scores are those of its first piece."""
    first = pieces.first
    columns = encoder.run(pieces, features=surface_features(text, pieces))[first]
    tags, content, cue, asking, source, sourceless = np.split(
        columns, np.cumsum(encoder.config["parts"])[:-1], axis=1
    )
    return Scores(
        tags=tags.astype(np.float64),
        content=content,
        cue=np.ascontiguousarray(cue.T),
        asking=asking,
        source=np.ascontiguousarray(source.T),
        sourceless=sourceless[:, 0],
        paragraphs=pieces.paragraphs[first],
    )


@dataclass(frozen=True)
class Reading:
    """The roles of the words of a text.

    Parameters
    ----------
    units : list of Unit
        In order, apart.
    unit_of : array of int64, shape (words,)
        Place of the word's unit in `units`, -1 where it has none.
    chances : dict of array of float, shape (words,)
        Probability of each role at each word.
    priors : dict of array of float, shape (words,)
        What a word's role adds to its score as an answer in a role; minus infinity for words in another one.
    paragraphs : array of int64, shape (words,)
    """

    units: list[Unit]
    unit_of: NDArray[np.int64]
    chances: dict[str, NDArray[np.float64]]
    priors: dict[str, NDArray[np.float64]]
    paragraphs: NDArray[np.int64]


def decode(pieces: Pieces, scores: Scores, rules: Rules) -> list[Attribution]:
    """Read attributions off the scores of the words.

    Parameters
    ----------
    pieces : Pieces
    scores : Scores
        Of the words of those pieces.
    rules : Rules

    Returns
    -------
    list of Attribution
    """
    reading = read_roles(scores, rules)
    first = pieces.first
    starts, ends = pieces.starts[first].tolist(), pieces.ends[np.append(first[1:], len(pieces)) - 1].tolist()

    def spans(units: Sequence[Unit]) -> tuple[Span, ...]:
        return tuple(Span(starts[unit.first], ends[unit.last]) for unit in units)

    attributions = []
    for cue, contents, share in link_contents(scores, reading, rules):
        source = link_source(scores, reading, cue, rules)
        words = np.concatenate([np.arange(unit.first, unit.last + 1) for unit in contents])
        score = float(reading.chances["content"][words].mean()) * share
        if score >= rules.least:
            found = () if source is None else (source,)
            attributions.append(Attribution(spans(contents), spans(found), spans((cue,)), round(score, 6)))
    return sorted(attributions, key=lambda item: (item.content, item.cue))


def read_roles(scores: Scores, rules: Rules) -> Reading:
    """The best roles, and how likely each is."""
    emissions = scores.tags.copy()
    emissions[:, 0] += rules.outside
    units = read_units(rules.chain.best(emissions, scores.paragraphs), rules.tags)
    unit_of = np.full(len(emissions), -1)
    for place, unit in enumerate(units):
        unit_of[unit.first : unit.last + 1] = place
    marginals = rules.chain.marginals(emissions, scores.paragraphs)
    chances = {
        role: marginals[:, [i for i, tag in enumerate(rules.tags) if tag.endswith(role)]].sum(axis=1)
        for role in ("source", "cue", "content")
    }
    role_of = np.array([unit.role for unit in units] + [""])[unit_of]  # -1 takes the last: none
    priors = {
        role: np.where((role_of == role) | (role_of == ""), _PRIOR * np.log(chances[role] + 1e-9), -np.inf)
        for role in ("source", "cue")
    }
    return Reading(units, unit_of, chances, priors, scores.paragraphs)


def read_units(tags: NDArray[np.int64], names: Sequence[str]) -> list[Unit]:
    """Runs of words in one role; each "B-" begins a new one."""
    inside = tags > 0
    anew = np.array([name.startswith("B-") for name in names])[tags]
    begins = inside & (anew | ~np.append(False, inside[:-1]))
    ends = inside & ~np.append((inside & ~begins)[1:], False)
    firsts, lasts = np.flatnonzero(begins), np.flatnonzero(ends)
    roles = [name.partition("-")[2] for name in names]
    return [
        Unit(roles[tag], first, last)
        for tag, first, last in zip(tags[firsts].tolist(), firsts.tolist(), lasts.tolist(), strict=True)
    ]


def link_contents(scores: Scores, reading: Reading, rules: Rules) -> list[tuple[Unit, list[Unit], float]]:
    """Give each content to the cue that its words ask for.

    Returns
    -------
    list of (cue, contents, share)
        With the mean probability of the links, in the order of the contents.
    """
    given: dict[Unit, list[tuple[Unit, float]]] = {}
    for unit in reading.units:
        if unit.role == "content":
            cue, share = _choose(scores.content, scores.cue, reading, unit, "cue", rules.crossing)
            if cue is not None:
                given.setdefault(cue, []).append((unit, share))
    return [
        (cue, [unit for unit, _ in parts], float(np.mean([share for _, share in parts])))
        for cue, parts in given.items()
    ]


def link_source(scores: Scores, reading: Reading, cue: Unit, rules: Rules) -> Unit | None:
    """The source that the first word of a cue asks for; None where it asks for none."""
    none = float(scores.sourceless[cue.first]) + rules.sourceless
    asking = cue._replace(last=cue.first)
    return _choose(scores.asking, scores.source, reading, asking, "source", rules.crossing, none)[0]


def _choose(
    askers: NDArray[np.floating],
    answers: NDArray[np.floating],
    reading: Reading,
    asking: Unit,
    role: str,
    crossing: float,
    none: float = -np.inf,
) -> tuple[Unit | None, float]:
    """The unit, or else the lone word, that the words of `asking` want in a role, and its share of what they want.

    Words in another role, and those that ask, are out of the question; `none` is the score of no answer.
    """
    start = max(0, asking.first - _REACH)
    near = slice(start, min(asking.last + 1 + _REACH, len(reading.unit_of)))
    bonus = reading.priors[role][near] - crossing * (
        reading.paragraphs[near] != reading.paragraphs[asking.first]
    )
    bonus[asking.first - start : asking.last + 1 - start] = -np.inf
    # einsum, not @: BLAS would start threads for this, which cost more than they save and fight with other workers
    wanted = np.einsum("ik,kj->ij", askers[asking.first : asking.last + 1], answers[:, near]) + bonus
    top = np.maximum(wanted.max(axis=1), none)
    if not np.isfinite(top).all():
        return None, 0.0
    shares = np.exp(wanted - top[:, None])
    absent = np.exp(none - top)
    totals = shares.sum(axis=1) + absent
    pooled: dict[Unit | None, float] = {None: float((absent / totals).mean())}
    shares = (shares / totals[:, None]).mean(axis=0)
    for place in np.flatnonzero(shares > _LEAST_SHARE).tolist():
        word = start + place
        number = int(reading.unit_of[word])
        unit = reading.units[number] if number >= 0 else Unit(role, word, word)
        pooled[unit] = pooled.get(unit, 0.0) + float(shares[place])
    best = max(pooled, key=lambda unit: pooled[unit])
    return best, pooled[best]
