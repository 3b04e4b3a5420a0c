"""Classes of acts, the words that name them, and how the acts of several words combine.

The words stand in `lexicon/en/event_verbs.yml`. The classes follow PLOVER [3]_, the weights Goldstein's scale [1]_.

References
----------
.. [1] Goldstein, J. S. (1992). A conflict-cooperation scale for WEIS events data. Journal of Conflict Resolution
   36(2), 369-385.
.. [2] Schrodt, P. A. (2012). CAMEO: conflict and mediation event observations. Event and actor codebook.
.. [3] Halterman, A., Bagozzi, B. E., Beger, A., Schrodt, P. A., Scarborough, G. I. (2023). PLOVER and POLECAT: a new
   political event ontology and dataset. International Studies Association.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from analysis.annotators.lexicon import lexicon

NEUTRAL = "neutral"


class ActClass(NamedTuple):
    """A class of acts: its quadrant ("verbal_cooperation", ..., or "neutral") and its weight from -10 to 10."""

    name: str
    quadrant: str
    weight: float

    @property
    def sign(self) -> int:
        """1 for cooperation, -1 for conflict, 0 for neither."""
        return (self.weight > 0) - (self.weight < 0)

    @property
    def direction(self) -> str:
        """One of "cooperation", "conflict" and "neutral"."""
        return self.quadrant.rpartition("_")[2]


class LexiconEntry(NamedTuple):
    """What the lexicon says about a lemma: the act it names, how it changes the act that follows it, or both."""

    act: ActClass | None
    operator: str | None


@cache
def act_class(name: str) -> ActClass:
    """The class with this name; KeyError if there is none."""
    entry = lexicon("event_verbs")["classes"][name]
    return ActClass(name, entry["quadrant"], float(entry["weight"]))


@cache
def entries(part_of_speech: str) -> dict[str, LexiconEntry]:
    """All entries of one part of speech.

    Parameters
    ----------
    part_of_speech : {"verbs", "nouns", "adjectives"}

    Returns
    -------
    dict of str to LexiconEntry
        By lemma. A lemma contains a space if it is listed with a particle, a preposition or the first part of a
        compound.
    """
    data = lexicon("event_verbs")
    acts = {lemma: act_class(name) for name, lemmas in data[part_of_speech].items() for lemma in lemmas}
    operators = (
        {lemma: name for name, lemmas in data["operators"].items() for lemma in lemmas}
        if part_of_speech == "verbs"
        else {}
    )
    return {
        lemma: LexiconEntry(acts.get(lemma), operators.get(lemma)) for lemma in sorted({*acts, *operators})
    }


@cache
def relationship_quality() -> dict[str, str]:
    """Class of act by lemma for words that describe a relationship; "" for the relationship nouns themselves."""
    data = lexicon("event_verbs")
    return {
        **dict.fromkeys(data["relationship_good"], "support"),
        **dict.fromkeys(data["relationship_bad"], "distrust"),
        **dict.fromkeys(data["relationship_nouns"], ""),
    }


def verb_lemma(lemma: str, surface: str) -> str:
    """Correct the lemma of a verb if the lemmatiser dropped a silent e or kept part of an ending.

    Parameters
    ----------
    lemma, surface : str
        The parser's lemma, and the word as it stands in the text.

    Returns
    -------
    str
        The lemma in lower case.

    Examples
    --------
    >>> verb_lemma("wag", "waged"), verb_lemma("cordone", "cordoning"), verb_lemma("hop", "hopes")
    ('wage', 'cordon', 'hope')
    """
    lemma, surface = lemma.casefold(), surface.casefold()
    stem = next((surface[: -len(end)] for end in ("ing", "ed") if surface.endswith(end)), "")
    listed = entries("verbs")
    if (
        stem
        and f"{stem}e" in listed
        and (lemma not in listed or (lemma == stem and _doubles_consonant(stem)))
    ):
        return f"{stem}e"
    if lemma not in listed and surface == f"{lemma}es" and surface[:-1] in listed:
        return surface[:-1]  # "hopes", of which the lemma was "hop"
    corrected = f"{stem[:-1]}y" if stem.endswith("i") else stem
    return corrected if lemma not in listed and corrected in listed else lemma


def _doubles_consonant(stem: str) -> bool:
    """Whether a verb doubles its last letter before an ending: "rap, rapped", so "raped" is no form of "rap"."""
    return len(stem) > 2 and stem[-1] not in "aeiouwxy" and stem[-2] in "aeiou" and stem[-3] not in "aeiou"


def compose_acts(operator: str | None, outer: ActClass | None, inner: ActClass | None) -> ActClass | None:
    """Combine the act of a word with the act of the words that follow it.

    Parameters
    ----------
    operator : str or None
        How the first word changes the act that follows: one of the operators in `event_verbs.yml`.
    outer, inner : ActClass or None
        The acts of the first word and of the words that follow.

    Returns
    -------
    ActClass or None
        None if neither names an act.

    Examples
    --------
    >>> compose_acts("stop", act_class("sanction"), act_class("cooperate")).name  # "ended the cooperation with"
    'sanction'
    >>> compose_acts("refuse", act_class("reject"), act_class("sanction")).name  # "rejected the sanctions against"
    'support'
    """
    if inner is None or inner.sign == 0:
        return outer if inner is None or outer is not None else inner
    if operator == "carry":
        return inner
    if operator in ("promise", "wish"):
        return act_class("agree" if inner.sign > 0 else "threaten")
    if operator == "refuse":
        return act_class("reject" if inner.sign > 0 else "support")
    if operator == "stop":
        return act_class("sanction" if inner.sign > 0 else "retreat")
    if outer is None:
        return inner
    return _reaction(outer, inner)


def _reaction(outer: ActClass, inner: ActClass) -> ActClass | None:
    """An act about an act: condemning an attack on an actor supports the victim, praising the attack does not.

    Fear of a conflict takes no side.
    """
    if outer.name == "distrust" and inner.sign < 0:
        return None
    if outer.name == "concede":
        return outer
    protests = outer.name == "protest" or outer.quadrant == "verbal_conflict"
    if protests and outer.name not in ("threaten", "demand"):
        return act_class("support") if inner.sign < 0 else outer
    if outer.sign > 0 and inner.sign < 0:
        return act_class("accuse") if outer.quadrant == "verbal_cooperation" else inner
    return outer if outer.sign else inner


def negate(act: ActClass) -> ActClass:
    """The negated act: cooperation withheld is a rejection; conflict withheld, or no meeting, is neutral."""
    return act_class("reject" if act.sign > 0 and act.name != "consult" else "appeal")


def as_announced(act: ActClass) -> ActClass:
    """The act if it is only announced: as in PLOVER, a verbal act in place of a material one."""
    if act.sign > 0:
        return act if act.quadrant == "verbal_cooperation" else act_class("agree")
    return act if act.quadrant != "material_conflict" else act_class("threaten")
