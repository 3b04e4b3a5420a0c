"""Attributions of a text by the trained tagger: what was said, by whom, with which cue.

A conditional random field reads the roles of words (source, cue, content) off the network's scores. Each piece of
content is then linked to a cue, each cue to a source or to none; the pieces of content that share a cue are one
attribution. Roles do not overlap, as in PolNeAR (Newell, Margolin and Ruths 2018), on which the network was trained.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.annotate.chain import Chain
from analysis.annotate.document import Attribution, Span
from analysis.annotate.encoder import Encoder, Pieces, load_encoder
from analysis.annotate.surface import surface_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "quotes"
_REACH = 200  # words; no link is longer, so that long texts take no longer per word


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
    content, cue, asking, source : array of float, shape (words, k)
        The product of a content's row with a cue's row scores their link; likewise a cue's (asking) with a source's.
    sourceless : array of float, shape (words,)
        Scores a cue without a source, on the same scale.
    paragraphs : array of int64, shape (words,)
    """

    tags: NDArray[np.float64]
    content: NDArray[np.float64]
    cue: NDArray[np.float64]
    asking: NDArray[np.float64]
    source: NDArray[np.float64]
    sourceless: NDArray[np.float64]
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
    sourceless : float
        Added to the score of "no source".
    least : float
        Attributions of a lower score are dropped.
    """

    tags: tuple[str, ...]
    chain: Chain
    outside: float
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
        Offsets are code points of `text`. Every attribution has content and cue; no source is better than a guess.
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
    return decode(pieces, word_scores(encoder, text, pieces), _rules())


@functools.cache
def _rules() -> Rules:
    return Rules.from_config(load_encoder(MODEL).config)


def word_scores(encoder: Encoder, text: str, pieces: Pieces) -> Scores:
    """Run the network; a word's scores are those of its first piece."""
    first = pieces.first
    columns = encoder.run(pieces, features=surface_features(text, pieces))[first].astype(np.float64)
    tags, content, cue, asking, source, sourceless = np.split(
        columns, np.cumsum(encoder.config["parts"])[:-1], axis=1
    )
    return Scores(tags, content, cue, asking, source, sourceless[:, 0], pieces.paragraphs[first])


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
    emissions = scores.tags.copy()
    emissions[:, 0] += rules.outside
    tags = rules.chain.best(emissions, scores.paragraphs)
    units = read_units(tags, rules.tags)
    sure = np.take_along_axis(rules.chain.marginals(emissions, scores.paragraphs), tags[:, None], axis=1)[
        :, 0
    ]
    contents, cues, sources = (
        [unit for unit in units if unit.role == role] for role in ("content", "cue", "source")
    )
    first = pieces.first
    starts, ends = pieces.starts[first].tolist(), pieces.ends[np.append(first[1:], len(pieces)) - 1].tolist()

    def spans(found: Sequence[Unit]) -> tuple[Span, ...]:
        return tuple(Span(starts[unit.first], ends[unit.last]) for unit in found)

    attributions = []
    for cue, parts, link in link_contents(scores, contents, cues):
        source = link_source(scores, cue, sources, rules.sourceless)
        words = np.concatenate([np.arange(unit.first, unit.last + 1) for unit in parts])
        score = float(sure[words].mean()) * link
        if score >= rules.least:
            found = () if source is None else (source,)
            attributions.append(Attribution(spans(parts), spans(found), spans((cue,)), round(score, 6)))
    return sorted(attributions, key=lambda item: (item.content, item.cue))


def read_units(tags: NDArray[np.int64], names: Sequence[str]) -> list[Unit]:
    """Runs of words in one role; each "B-" begins a new one."""
    units: list[Unit] = []
    for word in np.flatnonzero(tags).tolist():
        position, role = names[tags[word]].split("-")
        if position == "I" and units and units[-1].last == word - 1:
            units[-1] = units[-1]._replace(last=word)
        else:
            units.append(Unit(role, word, word))
    return units


def link_contents(
    scores: Scores, contents: Sequence[Unit], cues: Sequence[Unit]
) -> list[tuple[Unit, list[Unit], float]]:
    """Give each content to the cue that its words ask for.

    Returns
    -------
    list of (cue, contents, float)
        With the mean probability of the links. Content out of reach of any cue is left out.
    """
    heads = np.array([cue.first for cue in cues], dtype=np.int64)
    given: dict[int, list[tuple[Unit, float]]] = {}
    for unit in contents:
        low, high = np.searchsorted(heads, [unit.first - _REACH, unit.last + _REACH])
        if low == high:
            continue
        asked = scores.content[unit.first : unit.last + 1] @ scores.cue[heads[low:high]].T
        shares = np.exp(asked - asked.max(axis=1, keepdims=True))
        shares = (shares / shares.sum(axis=1, keepdims=True)).mean(axis=0)
        given.setdefault(int(low + shares.argmax()), []).append((unit, float(shares.max())))
    return [
        (cues[i], [unit for unit, _ in parts], float(np.mean([share for _, share in parts])))
        for i, parts in sorted(given.items())
    ]


def link_source(scores: Scores, cue: Unit, sources: Sequence[Unit], sourceless: float) -> Unit | None:
    """The source that a cue asks for; None where it asks for none."""
    near = [unit for unit in sources if abs(unit.first - cue.first) <= _REACH]
    if not near:
        return None
    asked = scores.source[[unit.first for unit in near]] @ scores.asking[cue.first]
    best = int(asked.argmax())
    return near[best] if asked[best] > scores.sourceless[cue.first] + sourceless else None
