"""The class of a role by its title, and CAMEO's codes in words."""

from __future__ import annotations

import re

_CLASSES = [
    (re.compile(pattern, re.IGNORECASE), role_class)
    for pattern, role_class in (
        (r"spokes|spokeperson|press secretary|communications director", "spokesperson"),
        (
            r"ambassador|permanent representative|envoy|consul general|chargé|\bhigh commissioner to\b",
            "diplomat",
        ),
        (
            r"central bank|reserve bank|bank of (?:england|japan|canada|israel|korea|russia)|national bank",
            "central_bank",
        ),
        (r"intelligence|security service|secret service", "intelligence"),
        (
            r"^(?:deputy )?ministers?\b|^federal minister|^minister-delegate|^coordinating minister",
            "minister",
        ),
        (
            r"general staff|joint chiefs|chiefs of staff|chief of defence|defence staff|commander|commandant",
            "military",
        ),
        (
            r"chief of (?:the )?(?:army|naval|navy|air)|army staff|inspector general of the|military cabinet",
            "military",
        ),
        (r"defence force|chief of staff of the (?:army|air)|vice chief of", "military"),
        (r"police|gendarmerie", "police"),
        (
            r"^(?:president|monarch|king|queen|emperor|emir|sultan|supreme leader|head of state|chief of state)$",
            "head_of_state",
        ),
        (
            r"^president of (?:the )?(?:republic|russia|iran|ukraine|france|turkey|iraq|syria|united states)",
            "head_of_state",
        ),
        (
            r"^supreme leader|^monarch|^chairman of the presidency|^captain regent|^king of|^president pro",
            "head_of_state",
        ),
        (
            r"^(?:acting )?prime minister|^taoiseach|^head of government|^federal chancellor|^premier$",
            "head_of_government",
        ),
        (
            r"^chairman of the (?:council|cabinet) of ministers|^premier of the (?:republic|people)",
            "head_of_government",
        ),
        (r"^premier|governor|mayor|prefect|minister-president|head of the republic|flemish|äkim", "regional"),
        (
            r"provincial|oblast|krai|region|district|state administration|executive committee|head of \w+$",
            "regional",
        ),
        (
            r"judge|justice of|chief justice|prosecutor|advocate|magistrate|supreme court|constitutional court",
            "judiciary",
        ),
        (r"under-?secretary", "minister"),
        (
            r"speaker|whip|president of the (?:senate|national assembly|chamber|council of states)",
            "legislator",
        ),
        (r"verkhovna rada", "legislator"),
        (
            r"parliament|assembly|senate|chamber of deputies|lords|commons|member of congress|leas-|cathaoirleach",
            "legislator",
        ),
        (
            r"\bminister\b|secretary of state|^secretary of|state secretary|^vice[- ]president|attorney[- ]general",
            "minister",
        ),
        (
            r"treasur|chancellor of the|solicitor[- ]general|paymaster|lord president|lord privy|secretary$",
            "minister",
        ),
        (r"party|kuomintang|leader of the opposition", "party"),
    )
]
# CAMEO's roles, the most telling first: what follows the country in a code.
_CAMEO = (
    ("SPY", "intelligence officer", "intelligence"),
    ("MIL", "officer of the armed forces or minister of defence", "military"),
    ("COP", "police", "police"),
    ("JUD", "member of the judiciary or minister of justice", "judiciary"),
    ("LEG", "legislator", "legislator"),
    ("REB", "member of an armed group", "armed_group"),
    ("INS", "member of an armed group", "armed_group"),
    ("OPP", "member of the opposition", "opposition"),
    ("ELI", "former office holder", "executive"),
    ("GOVBUS", "member of government (economy)", "executive"),
    ("GOVAGR", "member of government (agriculture)", "executive"),
    ("GOVEDU", "member of government (education)", "executive"),
    ("GOVMED", "member of government (information)", "executive"),
    ("GOVDEV", "member of government (development)", "executive"),
    ("GOVHLH", "member of government (health)", "executive"),
    ("GOVLAB", "member of government (labour)", "executive"),
    ("GOVENV", "member of government (environment)", "executive"),
    ("GOVHRI", "member of government (human rights)", "executive"),
    ("GOV", "member of government", "executive"),
    ("PTY", "party politician", "party"),
    ("MED", "journalist", "media"),
    ("BUS", "business person", "business"),
    ("EDU", "academic", "university"),
)


def role_class(role: str) -> str:
    """The class of an office by its title; "executive" where nothing tells."""
    return next((name for pattern, name in _CLASSES if pattern.search(role)), "executive")


def of_cameo(code: str) -> tuple[str, str] | None:
    """The role in words and its class, of a CAMEO code (three letters of country, then roles)."""
    roles = code[3:]
    return next(((words, name) for part, words, name in _CAMEO if part in roles), None)
