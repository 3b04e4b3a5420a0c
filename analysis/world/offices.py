"""Offices by the title that a text gives them: "the foreign minister", "head of MI5"."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.world.names import fold

_REPLACED = [
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\b(?:the|a|an|acting|interim|caretaker)\b ?", ""),
        (r"\bdefense\b", "defence"),
        (
            r"\b(?:foreign commonwealth and development|foreign and commonwealth|external) affairs\b",
            "foreign",
        ),
        (r"\bforeign and european affairs\b|\bforeign affairs\b|\bforeign relations\b", "foreign"),
        (r"\b(?:defence and armed forces logistics|national defence)\b", "defence"),
        (r"\b(?:home|internal) affairs\b|\bhome\b(?= secretary)", "interior"),
        (r"\b(?:petroleum|petroleum and natural gas)\b", "oil"),
        (r"\b(?:economic affairs and finance|economy and finance|finances)\b", "finance"),
        (r"\bspokes(?:man|woman|person|people)\b|\bpress secretary\b", "spokesperson"),
        (r"\bchair(?:man|woman|person)\b", "chair"),
        (r"\badvisor\b", "adviser"),
        (r"\bcommander in chief\b", "commander"),
        (r"\bunited states of america\b|\bunited states\b|\bus\b", "united states"),
        (r"\bpermanent representative to united nations\b", "ambassador to united nations"),
        (r"\brevolutionary guards?(?: corps)?\b|\bislamic revolutionary guard corps\b", "irgc"),
        (r"\bstate departments? spokesperson\b", "state department spokesperson"),
    )
]
_OF = re.compile(r"(?:secretary of state|minister|secretary) (?:of|for) (?P<field>.+)")
_FIELD = re.compile(r"(?P<field>.+) (?:minister|secretary)")
_HEAD = re.compile(
    r"(?:head|leader|director general|director|chief|chair|commander|president|governor) of (?P<body>.+)"
)
_HEAD_AFTER = re.compile(r"(?P<body>.+) (?:head|director general|director|chief|chair|commander|boss|leader)")
_GOVERNMENT = frozenset(
    {"prime minister", "premier", "taoiseach", "head of government", "federal chancellor"}
)
_STATE = frozenset({"head of state", "chief of state", "state chief", "state head"})
_CHANCELLOR = {"DE": "prime minister", "AT": "prime minister", "GB": "finance minister"}
_CIVIL = frozenset({"BD", "IN", "NP", "PK"})  # where a foreign secretary is a diplomat below the minister
_KEPT = frozenset({"secretary of state", "secretary general", "cabinet secretary", "minister of state"})
_ARMED_FORCES = re.compile(
    r"(?<=minister of )armed forces|(?<=minister for )armed forces|armed forces(?= minister)"
)
_OF_COUNTRY = re.compile(
    r"(?P<title>president|prime minister|premier|supreme leader|foreign minister|"
    r"minister of foreign|king|emir|sultan|"
    r"(?:chair|president) of (?:council|cabinet) of ministers) of "
    r"(?!.*\b(?:senate|assembly|council|chamber|chambers|parliament|court|bank|commission|"
    r"union|house|university|board|"
    r"government|diet|bundestag|office|duma|association|general|service|coalition|academy|"
    r"agency|federal|kashmir|region|"
    r"state|party|kurdistan|company|group|corporation|institute|institution)\b).+"
)
_REGIONS = frozenset({"CH", "ES", "FR", "IQ", "IT", "RU"})  # countries with presidents of regions


@lru_cache(maxsize=65_536)
def office(title: str, country: str = "") -> str:
    """One form for the titles of an office.

    Parameters
    ----------
    title : str
        As a text or a source has it.
    country : str
        Its two letters; "chancellor" is the head of government in Germany, and of the treasury in Britain.

    Returns
    -------
    str

    Examples
    --------
    >>> office("Minister of Foreign Affairs"), office("Foreign Minister"), office("Secretary of State for Defence")
    ('foreign minister', 'foreign minister', 'defence minister')
    >>> office("Director General of MI5"), office("MI5 chief")
    ('head of mi5', 'head of mi5')
    """
    text = fold(title).casefold()
    for pattern, word in _REPLACED:
        text = pattern.sub(word, text)
    if country != "GB":  # where the armed forces have a minister beside that of defence
        text = _ARMED_FORCES.sub("defence", text)
    text = " ".join(text.split())
    text = re.sub(r"\b(?:of|for|to) (?=(?:of|for|to)\b)", "", text)
    whole = None if country in _REGIONS else _OF_COUNTRY.fullmatch(text)
    plain = whole["title"] if whole else text
    if plain in _GOVERNMENT:
        return "prime minister"
    if plain in _STATE:
        return "head of state"
    if plain == "chancellor of exchequer":
        return "finance minister"
    if plain == "chancellor":
        return _CHANCELLOR.get(country, plain)
    if plain in _KEPT or plain == "president":
        return plain
    if not plain.startswith("minister of state") and (found := _OF.fullmatch(plain)):
        return f"{found['field']} minister"
    if found := _HEAD.fullmatch(plain):
        return f"head of {found['body']}"
    if plain == "foreign secretary" and country in _CIVIL:
        return plain
    if (found := _FIELD.fullmatch(plain)) and not plain.startswith(("deputy", "under", "assistant", "vice")):
        return f"{found['field']} minister"
    if found := _HEAD_AFTER.fullmatch(plain):
        return f"head of {found['body']}"
    return plain
