"""Cleans the rows of each source: names, titles, roles, countries; what cannot be used is left out."""

# ruff: noqa: SIM905  (lists of words read better in one string)
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from analysis.world.names import fold
from analysis.world.offices import office
from training.world.role_classes import of_cameo, role_class
from training.world.rows import Row

_SMALL = frozenset("of the and for in on to de des du la le el y e und der di da for against with".split())
_REGNAL = re.compile(r"\b(?:Ii|Iii|Iv|Vi|Vii|Viii|Ix|Xi|Xiv)$")
_PEER = re.compile(
    r"(?P<name>[^,]+), (?:\d+(?:st|nd|rd|th) )?(?P<rank>Baron|Baroness|Viscount|Viscountess|Earl|Countess|Marquess|"
    r"Duke|Lord|Lady)(?: of)? (?P<title>.+)"
)
_ADDRESS = {"Baron": "Lord", "Lord": "Lord", "Baroness": "Baroness", "Viscount": "Lord", "Lady": "Lady"}
_STYLED = re.compile(r"(?P<style>Lord|Baroness|Lady) (?P<title>[^,]+?)(?P<place> of .+)?$")
_TITLE = re.compile(
    r"(?:Co-?[Pp]rince|Bishop|Archbishop|Sir|Dame|Sheikh|Sheik|Dr\.?|Capt\.?|Col\.?|Gen\.?|General|Lt\.?|Maj\.?|"
    r"Prof\.?|Emperor|Grand Duke|Interim|Acting|Co-Vice|Vice|President|Prime|Minister|Ministers|Ratu|Gnu|"
    r"Taliban Leader|Mullah|Governor|Governor[- ]General|Lieutenant[- ]Governor|"
    r"Chief Minister|Chief Executive|Administrator|"
    r"Commissioner|High Commissioner|Bailiff|Australia|New Zealand|China|Mann King|"
    r"Swiss Confederation|Affairs Commission|People's Assembly|Her Majesty|His Majesty|King|"
    r"Queen|Engineer|Hajj?i?|Maulana|Madam)\s+(?=\w)"
)
_GOVERNOR = re.compile(r"Governor|Administrator|Commissioner|Bailiff|Chief (?:Minister|Executive)")
_FOREIGN_CROWNS = {
    "Charles III": "GB",
    "Donald J. Trump": "US",
    "Emmanuel Macron": "FR",
    "Xi Jinping": "CN",
    "Guy Parmelin": "CH",
}
_ONE_WORD = frozenset({"Naruhito", "Philippe", "Akihito", "Mayawati", "Siddaramaiah", "Pratikno"})
_ROLES = {
    "prez": ("President", "head_of_state", "White House"),
    "viceprez": ("Vice President", "minister", "White House"),
    "senator": ("US Senator", "legislator", "US Senate"),
    "representative": ("US Representative", "legislator", "US House of Representatives"),
    "United States senator": ("US Senator", "legislator", "US Senate"),
    "United States representative": ("US Representative", "legislator", "US House of Representatives"),
    "non-voting member of the House of Representatives": (
        "US Representative",
        "legislator",
        "US House of Representatives",
    ),
    "Member of the House of Lords": ("Member of the House of Lords", "legislator", "House of Lords"),
}
_OF_BODY = {
    "Judge of the International Court": "UN",
    "President of the International Court": "UN",
    "Vice President of the International Court": "UN",
    "President of the United Nations": "UN",
    "Deputy Secretary-General of the United Nations": "UN",
    "Under-Secretary-General of the United Nations": "UN",
    "Secretary-General of the United Nations": "UN",
    "Director-General of the World Trade": "XX",
    "OSCE": "XO",
    "Speaker of the Arab Parliament": "XL",
}
_SEPARATISTS = re.compile(r"People's Council|Chairman of the Council of Ministers|Civil Defence, Emergencies")
_SEPARATIST_NAMES = frozenset(
    "Aleksandr Bednov|Alexander Kofman|Alexandru Caraman|Ekaterina Gubareva|Igor Girkin|Ihor Plotnytskiy|"
    "Nataliya Nikonorova|Oleg Bugrov|Vladimir Kononov|Vladislav Daynego".split("|")
)
_INSTITUTION = re.compile(
    r"\b(?:agency|alliance|army|assembly|association|authority|bank|bureau|brigades?|center|centre|church|club|college|"
    r"commission|committee|community|conference|congress|council|court|federation|force|forces|foundation|forum|front|"
    r"fund|group|institute|institution|international|league|liberation|movement|nations|network|office|organi[sz]ation|"
    r"parliament|party|programme?|school|society|trust|union|university|watch|jihad|brotherhood|council)\b",
    re.IGNORECASE,
)
_NGO_COUNTRY = {
    "USA": "US",
    "GBR": "GB",
    "JPN": "JP",
    "DEU": "DE",
    "FRA": "FR",
    "ITA": "IT",
    "CAN": "CA",
    "CHN": "CN",
    "IND": "IN",
    "CHE": "CH",
    "ESP": "ES",
    "NLD": "NL",
    "BEL": "BE",
    "RUS": "RU",
    "AUS": "AU",
    "PAK": "PK",
    "SWE": "SE",
    "AUT": "AT",
    "NOR": "NO",
    "DNK": "DK",
    "ISR": "IL",
    "IRN": "IR",
}
_FOOTNOTE = re.compile(r"\[\d+\]")


def cleaned(raw: Mapping[str, str], gender_of: Mapping[str, str]) -> Row | None:
    """A row of `roles.tsv.gz` as a row of the table, None where it cannot be used.

    Parameters
    ----------
    raw : mapping of str to str
    gender_of : mapping of str to str
        "m" or "f" by folded name.
    """
    row = _SOURCES[raw["source"]](raw)
    if row is None or not row.name or not _is_latin(row.name):
        return None
    gender = gender_of.get(fold(raw["name"]), "") if row.kind == "person" else ""
    return replace(row, gender=row.gender or gender)


def _wikidata(raw: Mapping[str, str]) -> Row | None:
    name, role, country = re.sub(r"\s*\([^)]*\)", "", raw["name"]), raw["role"], raw["country"]
    if "Parliamentary Assembly of the Council of Europe" in role or role.startswith("spouse"):
        return None  # the source gives the assembly's country, not the member's
    if country == "RU" and (_SEPARATISTS.search(role) or name in _SEPARATIST_NAMES):
        return None  # offices of the Donetsk and Luhansk "republics", which the source files under Russia
    if country == "INT":
        country = next((body for start, body in _OF_BODY.items() if role.startswith(start)), "")
    if not country or re.fullmatch(r"Q\d+", name):
        return None
    aliases = _aliases(raw)
    loose: tuple[str, ...] = ()
    if peer := _PEER.fullmatch(name):
        name = peer["name"]
        if address := _ADDRESS.get(peer["rank"]):
            loose = (f"{address} {peer['title']}", f"{address} {peer['title'].split(' of ')[0]}")
    named, klass, organisation = _role(role, raw["kind"], country)
    return _row(raw, name=name, aliases=aliases, loose=loose, country=country, role=named, role_class=klass,
                organisation=organisation)  # fmt: skip


def _role(role: str, kind: str, country: str) -> tuple[str, str, str]:
    """A title in the words of the table, its class, and the organisation that it tells."""
    if role in _ROLES:
        return _ROLES[role]
    if country == "IN" and role == "Minister of Foreign Affairs":  # the source means the civil servant
        return "Foreign Secretary", "diplomat", "Ministry of External Affairs"
    role = "Foreign Ministry spokesperson" if role == "Foreign Ministry Spokeperson" else role
    if re.match(r"Member of the \d+\w+ Parliament of the United Kingdom", role):
        return "Member of Parliament", "legislator", "House of Commons"
    klass = "legislator" if kind == "legislator" else role_class(role)
    if klass == "executive" and office(role, country) == "president":
        klass = "head_of_state"
    if found := re.match(r"(?i)(?:member|deputy|representative|senator) of (?:the )?(?P<body>[A-Z].+)", role):
        return role, klass, found["body"] if klass == "legislator" else ""
    if found := re.match(r"Minister (?:of|for) (?P<field>.+)", role):
        return role, klass, f"Ministry of {found['field']}"
    return role, klass, ""


def _congress(raw: Mapping[str, str]) -> Row | None:
    role, klass, organisation = _ROLES[raw["role"]]
    aliases = []
    for alias in _aliases(raw):
        if found := re.fullmatch(r"(\S+) \((\S+)\) (.+)", alias):
            aliases += [f"{found[1]} {found[3]}", f"{found[2]} {found[3]}"]
        else:
            aliases.append(alias)
    return _row(raw, name=raw["name"].replace(", Jr.", " Jr."), aliases=tuple(aliases), role=role, role_class=klass,
                organisation=organisation)  # fmt: skip


def _britain(raw: Mapping[str, str]) -> Row | None:
    if raw["kind"] == "org":
        return _row(raw, name=raw["name"], kind="institution", role=raw["role"], role_class="executive")
    klass = role_class(raw["role"])
    names = [raw["name"], *_aliases(raw)]
    styled = [found for name in names if (found := _STYLED.fullmatch(name))]
    plain = [name for name in names if not _STYLED.fullmatch(name)]
    loose = [form for found in styled for form in (found[0], f"{found['style']} {found['title']}")]
    gender = "f" if any(found["style"] != "Lord" for found in styled) else "m" if styled else ""
    return _row(raw, name=(plain or names)[0], aliases=tuple(plain[1:]), loose=tuple(loose), role=raw["role"],
                role_class=klass if klass in ("legislator", "regional") else "minister", gender=gender)  # fmt: skip


def _factbook(raw: Mapping[str, str]) -> Row | None:
    name = _REGNAL.sub(lambda found: found[0].upper(), raw["name"])
    governor = _GOVERNOR.search(name) is not None
    name = _bare(re.sub(r"\b[A-Z]{3,}\b", lambda found: found[0].title(), name))
    if (" " not in name and name not in _ONE_WORD) or _FOREIGN_CROWNS.get(name, raw["country"]) != raw[
        "country"
    ]:
        return None
    state = raw["role"] == "chief of state"
    klass = "regional" if governor else "head_of_state" if state else "head_of_government"
    return _row(raw, name=name, role="governor" if governor else raw["role"], role_class=klass)


def _phoenix(raw: Mapping[str, str]) -> Row | None:
    return _phoenix_institution(raw) if raw["kind"] == "org" else _phoenix_person(raw)


def _phoenix_person(raw: Mapping[str, str]) -> Row | None:
    found = of_cameo(raw["role"])
    name = _REGNAL.sub(lambda part: part[0].upper(), _bare(raw["name"].replace("_", " ")))
    if (
        found is None
        or raw["country"] == "INT"
        or not 2 <= len(name.split()) <= 6
        or _INSTITUTION.search(name)
    ):
        return None
    aliases = tuple(bare for alias in _aliases(raw) if " " in (bare := _bare(alias.replace("_", " "))))
    return _row(raw, name=name, aliases=aliases, role=found[0], role_class=found[1])


def _phoenix_institution(raw: Mapping[str, str]) -> Row | None:
    code = raw["role"]
    names = sorted(
        (_title_case(name) for name in (raw["name"], *_aliases(raw)) if " " in name), key=len, reverse=True
    )
    if not names or (code[:3] in ("IGO", "IMG") and not _INSTITUTION.search(names[0])):
        return None  # one word is an acronym or a name that means several; the codes mix people into these groups
    country = raw["country"]
    if country == "INT":
        country = _NGO_COUNTRY.get(code[3:6], "XX")
    if code.startswith("NGO"):
        role, klass = "association", "ngo"
    elif code.startswith("IGO"):
        country, role, klass = ("UN" if "UNO" in code else "XX"), "organisation of states", "international"
    elif code.startswith("IMG") or "REB" in code:
        role, klass = "armed group", "armed_group"
    else:
        role, klass = next(((words, name) for part, words, name in _ORGANISATIONS if part in code), ("", ""))
    if not klass:
        return None
    return _row(raw, name=names[0], aliases=tuple(names[1:]), kind="institution", country=country, role=role,
                role_class=klass)  # fmt: skip


_ORGANISATIONS = (
    ("MED", "news outlet", "media"),
    ("BUS", "company", "business"),
    ("EDU", "university", "university"),
    ("PTY", "party", "party"),
    ("OPP", "opposition group", "opposition"),
    ("MIL", "armed forces", "military"),
    ("COP", "police", "police"),
    ("SPY", "intelligence agency", "intelligence"),
    ("JUD", "court", "judiciary"),
    ("LEG", "parliament", "legislator"),
    ("GOV", "part of the government", "executive"),
)


def _misp(raw: Mapping[str, str]) -> Row | None:
    name = _FOOTNOTE.sub("", raw["name"]).strip()
    aliases = tuple(alias for alias in _aliases(raw) if re.fullmatch(r"[A-Z]{3,}", alias))
    klass = "police" if re.search(r"(?i)police|crim", name) else "intelligence"
    return _row(raw, name=name, aliases=aliases, kind="institution", role=raw["role"], role_class=klass)


def _row(
    raw: Mapping[str, str],
    *,
    name: str,
    role: str,
    role_class: str,
    aliases: tuple[str, ...] = (),
    loose: tuple[str, ...] = (),
    country: str = "",
    kind: str = "person",
    organisation: str = "",
    gender: str = "",
) -> Row:
    return Row(
        name=name.strip(),
        aliases=aliases,
        country=country or raw["country"],
        kind=kind,
        organisation=organisation,
        role=role,
        role_class=role_class,
        start=_day(raw["from"]),
        end=_day(raw["to"]),
        gender=gender,
        source=raw["source"],
        loose=loose,
    )


def _aliases(raw: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(alias for alias in raw["aliases"].split("|") if alias and alias != raw["name"])
    )


def _day(text: str) -> str:
    return text if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text) else text[:4]


def _bare(name: str) -> str:
    """A name without the titles in front of it."""
    while found := _TITLE.match(name):
        name = name[found.end() :]
    return name.strip()


def _title_case(name: str) -> str:
    words = re.sub(r"'S\b", "'s", name.replace("_", " ")).split()
    return " ".join(
        word.lower() if place and word.lower() in _SMALL else word for place, word in enumerate(words)
    )


def _is_latin(name: str) -> bool:
    return all(
        not letter.isalpha() or "LATIN" in unicodedata.name(letter, "") or letter in "ʻʼ" for letter in name
    )


_SOURCES: dict[str, Callable[[Mapping[str, str]], Row | None]] = {
    "congress-legislators": _congress,
    "factbook": _factbook,
    "ifg-uk": _britain,
    "misp": _misp,
    "phoenix": _phoenix,
    "wikidata-eps": _wikidata,
}
