"""Names folded to the keys they are looked up by."""

# ruff: noqa: SIM905  (lists of words read better in one string)
from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.letters import without_accents

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness viscount earl the hon honourable "
    "honorable president vice prime minister foreign defence defense secretary chancellor premier senator sen "
    "representative rep congressman congresswoman governor gov mayor ambassador general gen lieutenant lt "
    "colonel col major maj captain capt admiral adm brigadier brig commander marshal sergeant king queen "
    "prince princess emir sheikh sheik sultan shah ayatollah hojatoleslam grand imam mullah seyyed seyed "
    "sayyed sayyid pope patriarch bishop archbishop cardinal rev reverend judge justice spokesman spokeswoman "
    "spokesperson former acting deputy retired".split()
)
_ACRONYM = re.compile(r"[A-Z]{2,3}")
_POSSESSIVE = re.compile(r"[’'`]s\b")
_DROPPED = re.compile(r"[.,’'`ʼʻ\"“”]")
_APART = re.compile(r"[^\w+&]+")
_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ə": "a"}
)
_EXCHANGED = str.maketrans("eiouyghqcdzwfx", "aaaaakkkkjjvps")
_AFTER_INITIAL = re.compile(r"(?<=\S)\S+| ")  # all but the first letter of each word
_ARTICLES = frozenset({"al", "el", "ul"})
_SUFFIXES = frozenset({"jr", "sr"})
_REGNAL = frozenset({"ii", "iii", "iv"})
_FAMILY_FIRST = frozenset({"CN", "KP", "KR", "TW", "HK", "MO"})  # the family name comes first

# One spelling for each sound that English writes in several ways; applied in this order.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\bm[ou]h?a?m+[ae]d\b", "mohamad"),
        (r"\b(?:y|j)?ev?gen\w*\b", "evgen"),
        (r"\b(?:v|w)[lo]+[dy]*[ad]*[iy]m[iy]r\b", "vladimir"),
        (r"\b(?:al(?:e|i)?(?:x|ks)(?:a|e)?nd(?:e)?r|oleksandr|alyaksandr)\b", "aleksandr"),
        (r"\b(?:o|a)le(?:ks|x)(?:ei|ey|iy|ii|i|y)\b", "aleksei"),
        (r"\bs(?:e|ie)r(?:ge|gi|hi|he)[iyj]*\b", "sergei"),
        (r"\b(?:my|mi)k(?:h)?a(?:i|y)lo?\b", "mikhail"),
        (r"\bmykola|nikola[iy]\b", "nikolai"),
        (r"\bdm[iy]t(?:r[iy]*|ro)\b", "dmitri"),
        (r"\bh?[uo]s+e[iy]n\b", "hosein"),
        (r"\bha[sz]+an\b", "hasan"),
        (r"dzh|dj", "j"),
        (r"zh", "j"),
        (r"shch", "sch"),
        (r"gh|q|kh", "k"),
        (r"ck|c(?![eih])", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ph", "f"),
        (r"ou|oo|u", "u"),
        (r"ee|[iy]+", "i"),
        (r"(?<=[aeiou])i", "i"),
        (r"ie|e+i?", "e"),
        (r"h\b", ""),
        (r"([a-z])\1", r"\1"),
        (r"(?:i|e)\b", "i"),
    )
]


def fold(name: str) -> str:
    """The key of a name: no accents, case, points, apostrophes, hyphens, middle initials or Arabic articles.

    A word of two or three capitals stays as it is, so that "IS" is not "is".

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        Words with one space between them; empty where the name holds no letter.

    Examples
    --------
    >>> fold("James R. Clapper, Jr."), fold("Bashar al-Assad"), fold("Mevlüt Çavuşoğlu"), fold("FSB")
    ('james clapper', 'bashar assad', 'mevlut cavusoglu', 'FSB')
    """
    name = name.strip()
    if _ACRONYM.fullmatch(name):
        return name
    text = _POSSESSIVE.sub("", name.casefold())
    if not text.isascii():
        text = without_accents(text.translate(_STROKES))
    words = _APART.sub(" ", _DROPPED.sub("", text)).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 2 and (words[-1] in _SUFFIXES or words[-1] in _REGNAL):
        words.pop()
    last = len(words) - 1
    return " ".join(
        word
        for place, word in enumerate(words)
        if place == 0 or (word not in _ARTICLES and (len(word) > 1 or place == last or not word.isalpha()))
    )


def without_titles(key: str) -> str:
    """A folded name without the titles in front: "gen mark milley" gives "mark milley"."""
    words = key.split()
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    return " ".join(words)


def spelling(key: str) -> str:
    """One spelling for the many that English has for a Russian, Persian, Arabic or Turkish name.

    It is coarse: two names with the same spelling are the same person only where something else says so too,
    such as the country.

    Parameters
    ----------
    key : str
        A folded name.

    Examples
    --------
    >>> spelling("sergey shoygu") == spelling("sergei shoigu")
    True
    """
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    return key


def spellings(keys: Sequence[str]) -> list[str]:
    """The spelling of each of many folded names, all at once because that is much faster."""
    return spelling("\n".join(keys)).split("\n") if keys else []


def initials(key: str) -> str:
    """The first letters of a folded name's words, alike for letters that transliterations exchange."""
    return _AFTER_INITIAL.sub("", key).translate(_EXCHANGED)


def family_name(key: str, country: str) -> str:
    """The word of a folded name that stands alone in a text: the first in China and Korea, else the last."""
    words: Sequence[str] = key.split()
    return words[0] if country in _FAMILY_FIRST else words[-1]
