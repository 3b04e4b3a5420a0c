"""Part of speech and lemma of tokens by the rules of spaCy's attribute ruler and lemmatizer, applied once per form.

The rules read nothing but a token's word, tag and dependency, and in a few cases those of its neighbour ("gon na").
spaCy applies all of them to every token anew. Here the result for a combination of word, tag and dependency is kept
for the life of the process: the attributes are the same, in a fifth of the time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

_RULER, _LEMMATIZER = "attribute_ruler", "lemmatizer"

_MOST = 100_000  # kept forms, about 30 MB; new ones never cease to appear
_Key = tuple[int, int, int]  # spaCy's numbers of word, tag and dependency


class Attributes(NamedTuple):
    """The attributes of a token by their names in spaCy, without the underscore."""

    lemma: str
    pos: str
    tag: str
    dep: str


class _Form(NamedTuple):
    """What the rules read of a token."""

    lower: str
    tag: str
    dep: str
    is_space: bool


_READ: Mapping[str, Callable[[_Form], Any]] = {
    "LOWER": attrgetter("lower"),
    "TAG": attrgetter("tag"),
    "DEP": attrgetter("dep"),
    "IS_SPACE": attrgetter("is_space"),
}


class _Rule(NamedTuple):
    """A rule of the attribute ruler: conditions for tokens in a row, and what the token `target` of them is given."""

    number: int
    conditions: tuple[Mapping[str, Any], ...]
    target: int
    given: Mapping[str, str]


class _Word(NamedTuple):
    """What the lemmatizer reads of a token."""

    orth: int
    text: str
    pos: str
    pos_: str
    morph: Any


class TokenAttributes:
    """Attributes of the tokens of documents that have been tagged and parsed.

    Parameters
    ----------
    pipeline : spacy.Language
        With an attribute ruler and a lemmatizer.

    Raises
    ------
    ValueError
        A rule of the attribute ruler has a condition of an unknown kind.
    """

    def __init__(self, pipeline: Any) -> None:
        self._vocab = pipeline.vocab
        self._lemmatizer = pipeline.get_pipe(_LEMMATIZER)
        known_words = self._lemmatizer.lookups.get_table("lemma_index")
        for pos, words in list(known_words.items()):
            known_words[pos] = frozenset(words)  # spaCy looks words up in a list of tens of thousands
        self._attributes: dict[_Key, Attributes | None] = {}
        self._rules_of: dict[_Form, list[_Rule]] = {}
        self._morphs: dict[str, Any] = {}
        self._by_word: dict[str, list[_Rule]] = defaultdict(list)
        self._by_tag: dict[str, list[_Rule]] = defaultdict(list)
        self._others: list[_Rule] = []
        self._words: list[re.Pattern[str]] = []
        for number, pattern in enumerate(pipeline.get_pipe(_RULER).patterns):
            for conditions in pattern["patterns"]:
                self._add(_Rule(number, tuple(conditions), pattern["index"], pattern["attrs"]))

    def of(self, doc: Any) -> list[Attributes]:
        """Return the attributes of the tokens of a document, in order."""
        keys = [(token.orth, token.tag, token.dep) for token in doc]
        kept = self._attributes
        if len(kept) > _MOST:
            kept.clear()
            self._lemmatizer.cache.clear()
        for key in set(keys).difference(kept):
            kept[key] = self._out_of_context(key)
        return [kept[key] or self._in_context(keys, number) for number, key in enumerate(keys)]

    def _add(self, rule: _Rule) -> None:
        """File a rule under the word or tag of the token that it changes."""
        for condition in rule.conditions:
            _check(condition)
        word, tag = (rule.conditions[rule.target].get(name, {}) for name in ("LOWER", "TAG"))
        if isinstance(word, str) or "IN" in word:
            for each in [word] if isinstance(word, str) else word["IN"]:
                self._by_word[each].append(rule)
        elif isinstance(tag, str) and not word:
            self._by_tag[tag].append(rule)
        else:
            self._others.append(rule)
            self._words += [re.compile(word["REGEX"])] if "REGEX" in word else []

    def _rules(self, form: _Form) -> list[_Rule]:
        """Return the rules that change a token, provided that its neighbours meet their conditions."""
        is_named = form.lower in self._by_word or any(word.search(form.lower) for word in self._words)
        form = form if is_named else form._replace(lower="")
        if form not in self._rules_of:
            filed = (self._by_word.get(form.lower, ()), self._by_tag.get(form.tag, ()), self._others)
            self._rules_of[form] = [
                rule for rules in filed for rule in rules if _holds(rule.conditions[rule.target], form)
            ]
        return self._rules_of[form]

    def _out_of_context(self, key: _Key) -> Attributes | None:
        """Return the attributes of a token; None if they depend on the neighbours."""
        form = self._form(key)
        rules = self._rules(form)
        return self._apply(rules, key, form) if all(len(rule.conditions) == 1 for rule in rules) else None

    def _in_context(self, keys: Sequence[_Key], number: int) -> Attributes:
        """Return the attributes of one token of a document."""

        def applies(rule: _Rule) -> bool:
            first = number - rule.target
            last = first + len(rule.conditions)
            forms = map(self._form, keys[first:last])
            return first >= 0 and last <= len(keys) and all(map(_holds, rule.conditions, forms))

        form = self._form(keys[number])
        return self._apply([rule for rule in self._rules(form) if applies(rule)], keys[number], form)

    def _apply(self, rules: list[_Rule], key: _Key, form: _Form) -> Attributes:
        """Apply rules to a token. If two rules give the same attribute, the later one counts."""
        given = {"TAG": form.tag, "DEP": form.dep, "POS": "", "MORPH": ""}
        for rule in sorted(rules, key=attrgetter("number")):
            given.update(rule.given)
        lemma = given.get("LEMMA") or self._lemma(key[0], given["POS"], given["MORPH"])
        return Attributes(lemma, given["POS"], given["TAG"], given["DEP"])

    def _lemma(self, orth: int, pos: str, morph: str) -> str:
        from spacy.tokens.morphanalysis import MorphAnalysis

        if morph not in self._morphs:
            self._morphs[morph] = MorphAnalysis(self._vocab, morph)
        word = _Word(orth, self._vocab.strings[orth], pos, pos, self._morphs[morph])
        lemma: str = self._lemmatizer.lemmatize(word)[0]
        return lemma

    def _form(self, key: _Key) -> _Form:
        strings = self._vocab.strings
        lexeme = self._vocab[key[0]]
        return _Form(lexeme.lower_, strings[key[1]], strings[key[2]], lexeme.is_space)


def _check(condition: Mapping[str, Any]) -> None:
    """Raise an error if a condition is of an unknown kind."""
    kinds = {kind for wanted in condition.values() if isinstance(wanted, dict) for kind in wanted}
    unknown = (condition.keys() - _READ.keys()) | (kinds - {"IN", "NOT_IN", "REGEX"})
    if unknown:
        raise ValueError(f"a rule of spaCy's attribute ruler has an unknown condition: {sorted(unknown)}")


def _holds(condition: Mapping[str, Any], form: _Form) -> bool:
    return all(_agrees(wanted, _READ[name](form)) for name, wanted in condition.items())


def _agrees(wanted: Any, value: Any) -> bool:
    """Whether a value is the wanted one, or meets all of several conditions."""
    if not isinstance(wanted, dict):
        return bool(value == wanted)
    return (
        ("IN" not in wanted or value in wanted["IN"])
        and ("NOT_IN" not in wanted or value not in wanted["NOT_IN"])
        and ("REGEX" not in wanted or re.search(wanted["REGEX"], value) is not None)
    )
