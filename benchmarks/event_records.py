"""Public event-coding sentences, split into a development half and a held-out half.

Three collections of the Open Event Data Alliance are read: the PLOVER gold standard records (JSON; actors are
words of the text), and the unit tests of PETRARCH-2 and the validation records of UniversalPetrarch (XML;
actors are codes, which `NAMES` translates). The sentences may not be published here, so the folder that holds
them is an argument.

The words of a sentence decide its half: the parity of the SHA-256 of its letters in lower case. A sentence that
is in two collections is therefore in the same half of both, and is scored once.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COOPERATION, CONFLICT = "cooperation", "conflict"

EVENTS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal_cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material_cooperation"),
    **dict.fromkeys(("INVESTIGATE", "DEMAND", "DISAPPROVE", "REJECT", "THREATEN"), "verbal_conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "FIGHT"), "material_conflict"),
}
"""Quadrant of each PLOVER event. INVESTIGATE is with ACCUSE, as in the conversion table of 2021."""

ROOTS = {
    **dict.fromkeys(("03", "04", "05"), "verbal_cooperation"),
    **dict.fromkeys(("06", "07"), "material_cooperation"),
    "08": "verbal_cooperation",
    **dict.fromkeys(("09", "10", "11", "12", "13"), "verbal_conflict"),
    **dict.fromkeys(("14", "15", "16", "17", "18", "19", "20"), "material_conflict"),
}
"""Quadrant of each CAMEO root. 01 (statement) and 02 (appeal) have no place in PLOVER and are left out."""

NAMES = {
    "AFG": "Afghan", "ARN": "Arnor", "AUS": "Australia", "BIL": "Bilbo", "BRA": "Brazil", "BRE": "Bree",
    "CAL": "Calenardhon", "CHE": "Swiss|Switzerland", "CHN": "China|Chinese|Beijing",
    "DAG": "Dagolath", "DNK": "Denmark|Danish", "DOL": "Dol Amroth", "EGY": "Egypt",
    "ELF": "Elf|Elves|Caras Galadhon", "ELR": "Elrond", "ERI": "Eriador",
    "ETH": "Ethiopia", "FOR": "Fornost", "FRA": "France|French|Paris|Chirac",
    "FRO": "Frodo", "GAL": "Galadriel", "GBR": "Brit|London", "GEO": "Georgia", "GON": "Gondor|Minas Tirith",
    "GUY": "Guyan", "HOB": "Hobbit", "IGO": "United Nations|UN|U\\.N\\.", "IRN": "Iran|Tehran", "IRQ": "Iraq|Baghdad",
    "ISR": "Israel", "ITH": "Ithilien", "KEN": "Kenya", "KOR": "South Korea|Seoul", "KUW": "Kuwait",
    "LBN": "Leban|Beirut|Hezbollah", "LBY": "Libya", "MMR": "Myanmar|Burm", "MOR": "Mordor", "MYS": "Malaysia",
    "NGA": "Nigeria", "NZE": "New Zealand", "ORC": "Orc", "OSG": "Osgiliath", "PAK": "Pakistan",
    "PHL": "Philippine|Manila", "PRK": "North Korea|Pyongyang", "PSE": "Palestin|Hamas|Abbas", "QAT": "Qatar",
    "ROH": "Rohan", "RUS": "Russia|Moscow|Putin|Kremlin|Medvedev", "RWA": "Rwanda", "SAM": "Sam", "SHR": "Shire",
    "SOM": "Somali", "SYR": "Syria|Damascus", "TUN": "Tunisia", "UKR": "Ukrain|Kiev|Kyiv",
    "USA": "United States|U\\.S\\.|US|America|Washington|Bush|Obama|Trump|Pentagon",
}  # fmt: skip
"""How the actors behind the codes of the XML files are called in the sentences."""


@dataclass(frozen=True)
class Record:
    """One coded event: a sentence, the places of source and target in it, and the quadrant."""

    collection: str
    record_id: str
    text: str
    source: tuple[int, int]
    target: tuple[int, int]
    quadrant: str

    @property
    def direction(self) -> str:
        """Cooperation or conflict."""
        return self.quadrant.split("_")[1]

    @property
    def held_out(self) -> bool:
        """Whether the sentence is in the half that is reported, not looked at."""
        letters = "".join(character for character in self.text.casefold() if character.isalnum())
        return hashlib.sha256(letters.encode()).digest()[0] % 2 == 1


def load(folder: Path, *, held_out: bool) -> list[Record]:
    """The records of one half, in order, each sentence with one pair of actors and one direction once.

    Parameters
    ----------
    folder : path
        With the subfolders plover, petrarch2 and universalpetrarch.
    held_out : bool

    Returns
    -------
    list of Record
        Records whose actors cannot be found in the sentence, or whose code has no direction, are left out.
    """
    found: dict[tuple[Any, ...], Record] = {}
    for record in (*_plover(folder / "plover" / "PLOVER_GSR_CAMEO.txt"), *_petrarch(folder)):
        key = (record.text, *sorted((record.source, record.target)), record.direction)
        if record.held_out == held_out:
            found.setdefault(key, record)
    return list(found.values())


def _plover(path: Path) -> Iterator[Record]:
    for entry in json.loads(path.read_text(encoding="utf-8")):
        if entry["event"] not in EVENTS:
            continue
        text = " ".join(entry["text"].split())
        actors = [
            [
                span
                for actor in _listed(entry.get(role))
                if (span := _place(text, re.escape(actor["actorText"])))
            ]
            for role in ("source", "target")
        ]
        sources, targets = actors
        if not targets and len(sources) > 1:  # "Hungarian and Romanian officials agreed"
            sources, targets = sources[:1], sources[1:]
        for source in sources[:1]:
            for target in targets[:1]:
                if source != target:
                    yield Record("plover", entry["id"], text, source, target, EVENTS[entry["event"]])


def _listed(actors: Any) -> list[dict[str, str]]:
    """The actors of a role; a few records hold one actor without a list around it."""
    found = actors if isinstance(actors, list) else [actors]
    return [actor for actor in found if isinstance(actor, dict) and actor.get("actorText")]


def _petrarch(folder: Path) -> Iterator[Record]:
    for collection, name in (
        ("petrarch2", "PETR.UnitTest.records.xml"),
        ("universalpetrarch", "PETR2_GSR_validation.xml"),
    ):
        content = (folder / collection / name).read_text(encoding="utf-8", errors="replace")
        for block in content.split("<Sentence ")[1:]:
            block = re.sub(r"<!--.*?-->", "", block, flags=re.DOTALL)
            words = re.search(r"<Text>(.*?)</Text>", block, re.DOTALL)
            named = re.search(r'id\s*=\s*"([^"]*)"', block)
            if words is None or named is None:
                continue
            text = " ".join(html.unescape(words[1]).split())
            for coding in re.findall(r"<EventCoding([^>]*)>", block):
                yield from _coded(
                    collection, named[1], text, dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', coding))
                )


def _coded(collection: str, name: str, text: str, codes: dict[str, str]) -> Iterator[Record]:
    quadrant = ROOTS.get(codes.get("eventcode", "")[:2])
    source, target = (
        _place(text, NAMES[code[:3]]) if (code := codes.get(role, ""))[:3] in NAMES else None
        for role in ("sourcecode", "targetcode")
    )
    if quadrant and source and target and source != target:
        yield Record(collection, name, text, source, target, quadrant)


def _place(text: str, pattern: str) -> tuple[int, int] | None:
    """The first place of a name, to the end of the word it begins."""
    found = re.search(rf"\b(?:{pattern})", text, re.IGNORECASE if pattern.islower() else 0)
    if found is None:
        return None
    rest = re.compile(r"[^\W_]*").match(text, found.end())
    return found.start(), rest.end() if rest else found.end()
