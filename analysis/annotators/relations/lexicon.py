"""What words say of how one actor treats another: the list in `event_verbs.yml`, ready to be looked up.

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
    """A kind of act: its quadrant ("verbal_cooperation", ..., or "neutral") and its weight from -10 to 10."""

    name: str
    quadrant: str
    weight: float

    @property
    def sign(self) -> int:
        """1 for cooperation, -1 for conflict, 0 for neither."""
        return (self.weight > 0) - (self.weight < 0)

    @property
    def direction(self) -> str:
        """cooperation, conflict or neutral."""
        return self.quadrant.rpartition("_")[2]


class Word(NamedTuple):
    """What the list says of a word: the act it names, how it changes the act that follows it, or both."""

    act: ActClass | None
    operator: str | None


@cache
def act_class(name: str) -> ActClass:
    """A class by its name; KeyError where there is none."""
    entry = lexicon("event_verbs")["classes"][name]
    return ActClass(name, entry["quadrant"], float(entry["weight"]))


@cache
def words(form: str) -> dict[str, Word]:
    """The list of one form.

    Parameters
    ----------
    form : {"verbs", "nouns", "adjectives"}

    Returns
    -------
    dict of str to Word
        By lemma; with a space where a particle, a preposition or the first part of a compound belongs to it.
    """
    acts = {
        lemma: act_class(name) for name, lemmas in lexicon("event_verbs")[form].items() for lemma in lemmas
    }
    operators = (
        {lemma: name for name, lemmas in lexicon("event_verbs")["operators"].items() for lemma in lemmas}
        if form == "verbs"
        else {}
    )
    return {lemma: Word(acts.get(lemma), operators.get(lemma)) for lemma in sorted({*acts, *operators})}


def verb_lemma(lemma: str, surface: str) -> str:
    """The lemma of a verb, mended where the lemmatiser dropped a silent e or kept half an ending.

    Parameters
    ----------
    lemma, surface : str
        As the parser gives it, and as it stands in the text.

    Returns
    -------
    str
        The lemma in lower case.

    Examples
    --------
    >>> verb_lemma("wag", "waged"), verb_lemma("cordone", "cordoning"), verb_lemma("sign", "signed")
    ('wage', 'cordon', 'sign')
    """
    lemma, surface = lemma.casefold(), surface.casefold()
    stem = next((surface[: -len(end)] for end in ("ing", "ed") if surface.endswith(end)), "")
    listed = words("verbs")
    if stem and f"{stem}e" in listed and (lemma not in listed or (lemma == stem and _would_double(stem))):
        return f"{stem}e"
    mended = f"{stem[:-1]}y" if stem.endswith("i") else stem
    return mended if lemma not in listed and mended in listed else lemma


def _would_double(stem: str) -> bool:
    """Whether a verb of this form doubles its last letter: "rap, rapped"; so "raped" is no form of it."""
    return len(stem) > 2 and stem[-1] not in "aeiouwxy" and stem[-2] in "aeiou" and stem[-3] not in "aeiou"


@cache
def mutual() -> frozenset[str]:
    """Lemmas of what two subjects do with one another."""
    return frozenset(lexicon("event_verbs")["mutual"])


@cache
def feeling() -> frozenset[str]:
    """Words that somebody is the object of after "about" and "over": "concern about Iran"."""
    return frozenset(lexicon("event_verbs")["feeling"])


@cache
def arms() -> frozenset[str]:
    """Nouns that are an attack where they are fired and goods where they are handed over."""
    return frozenset(lexicon("event_verbs")["arms"])


@cache
def light() -> frozenset[str]:
    """Nouns that leave the act to what they are of: "a series of attacks"."""
    return frozenset(lexicon("event_verbs")["light"])


@cache
def standing() -> dict[str, str]:
    """What ties and relations are by the words beside them: the class by lemma; "" for the nouns themselves."""
    data = lexicon("event_verbs")
    return {
        **dict.fromkeys(data["standing_good"], "support"),
        **dict.fromkeys(data["standing_bad"], "distrust"),
        **dict.fromkeys(data["standing"], ""),
    }


@cache
def stative() -> frozenset[str]:
    """Verbs whose participle says how its subject stands to another: "is opposed to", "is allied with"."""
    return frozenset(lexicon("event_verbs")["stative"])


def after(operator: str | None, outer: ActClass | None, inner: ActClass | None) -> ActClass | None:
    """The act of a word and of what follows it, taken together.

    Parameters
    ----------
    operator : str or None
        What the first word does to the act that follows.
    outer, inner : ActClass or None
        The acts the two words name.

    Returns
    -------
    ActClass or None
        None where neither names an act.

    Examples
    --------
    >>> after("stop", act_class("sanction"), act_class("cooperate")).name  # "ended the cooperation with"
    'sanction'
    >>> after("refuse", act_class("reject"), act_class("sanction")).name  # "rejected the sanctions against"
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
    return _judged(outer, inner)


def _judged(outer: ActClass, inner: ActClass) -> ActClass:
    """An act about an act: to condemn an attack on somebody is to support them, to praise it is not."""
    if outer.name == "concede":
        return outer
    if outer.quadrant == "verbal_conflict" and outer.name not in ("threaten", "demand"):
        return act_class("support") if inner.sign < 0 else outer
    if outer.sign > 0 and inner.sign < 0:
        return act_class("accuse") if outer.quadrant == "verbal_cooperation" else inner
    return outer if outer.sign else inner


def negated(act: ActClass) -> ActClass:
    """The act that was not done: cooperation withheld is a rejection, conflict withheld is neither."""
    return act_class("reject" if act.sign > 0 else "appeal")


def not_yet(act: ActClass) -> ActClass:
    """An act that is announced: words instead of deeds, as in PLOVER."""
    if act.sign > 0:
        return act if act.quadrant == "verbal_cooperation" else act_class("agree")
    return act if act.quadrant != "material_conflict" else act_class("threaten")
