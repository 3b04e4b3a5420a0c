"""The codes of a REFI-QDA project: themes, voices, cues, tone towards actors, acts.

Some programs are stricter than the schema. QualCoder drops a code if another code anywhere in the tree has the same
name, so all names are unique. Some programs flatten the tree, so each name is understandable by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.figures._core.palette import CONFLICT, COOPERATION
from analysis.figures._core.style import FAINT, OWN_WORDS, side_colours
from analysis.schemas import CUE_CLASSES, OUTLET, QUADRANTS, UNATTRIBUTED
from analysis.study.formats.refi_qda import guid_of, with_patterns

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study.codebook import Codebook
    from analysis.tables import Tables

Key = tuple[str, ...]
THEMES, WORDS, CUES, TONE, ACTS = "Themes", "Whose words", "Sources and cues", "Tone towards actors", "Acts"
TONES = {-1: ("negative", "#B35806"), 0: ("neutral", "#9A9A9A"), 1: ("positive", "#2166AC")}
UNDECIDED = ("not decided", "#D9D9D9")
_SPEAKERS = "SELECT side, speaker, min(speaker_name) AS speaker_name FROM quotes GROUP BY side, speaker"


@dataclass
class Code:
    """A code with its sub-codes.

    Attributes
    ----------
    key : tuple of str
        Identifies the code; see `Codes`.
    name, description : str
    colour : str
        #RRGGBB.
    codable : bool
        False for a heading.
    """

    key: Key
    name: str
    colour: str = FAINT
    description: str = ""
    codable: bool = True
    children: list[Code] = field(default_factory=list)

    def with_all_below(self) -> Iterator[Code]:
        """The code and all its descendants."""
        yield self
        for child in self.children:
            yield from child.with_all_below()


class Codes:
    """The tree of codes, and the GUID of each code by its key.

    Keys are ("theme", id), ("words", side), ("words", side, speaker), ("source",), ("cue", class),
    ("tone", side, class) and ("act", quadrant).
    """

    def __init__(self, headings: list[Code], codebook_title: str) -> None:
        self.headings = headings
        taken: set[str] = set()
        self._guids: dict[Key, str] = {}
        for heading in headings:
            for code in heading.with_all_below():
                code.name = unique(code.name, taken)
                # themes have the same GUID as in the codebook exported as .qdc, so that both can be merged
                parts = (codebook_title, code.key[1]) if code.key[0] == "theme" else ("code", *code.key)
                self._guids[code.key] = guid_of(*parts)

    def guid(self, key: Key) -> str:
        """GUID of a code.

        Raises
        ------
        KeyError
            If there is no such code.
        """
        return self._guids[key]


def unique(name: str, taken: set[str]) -> str:
    """Number a name if it is already taken (ignoring case), and add it to `taken`."""
    number, made = 1, name
    while made.casefold() in taken:
        number += 1
        made = f"{name} ({number})"
    taken.add(made.casefold())
    return made


def codes(tables: Tables) -> Codes:
    """Make the codes for the tables, and for all themes of the codebook.

    Parameters
    ----------
    tables : Tables
        Without a study, codes are named by ids and themes have no hierarchy.

    Returns
    -------
    Codes
    """
    study = tables.study
    labels: Mapping[str, str] = study.side_labels if study else {}
    given: Mapping[str, str] = study.side_colours if study else {}
    quoted = tables.sql(_SPEAKERS)
    mentioned = set(tables.sql("SELECT DISTINCT side FROM mentions")["side"])
    sides = sorted({*quoted["side"], *mentioned}, key=_order(labels))
    colours = side_colours(sides, given)
    themes = _themes(study.codebook) if study else _found_themes(tables)
    return Codes(
        [
            Code(("heading", THEMES), THEMES, codable=False, children=themes),
            *(
                Code(("heading", name), name, codable=False, children=children)
                for name, children in (
                    (WORDS, _words(quoted, sides, labels, colours)),
                    (CUES, _cues()),
                    (TONE, _tone(mentioned, sides, labels, colours)),
                    (ACTS, _acts()),
                )
            ),
        ],
        study.codebook.title if study else "",
    )


def _order(labels: Mapping[str, str]) -> Callable[[str], tuple[int, str]]:
    places = {side: place for place, side in enumerate(labels)}
    return lambda side: (places.get(side, len(places)), side)


def _themes(codebook: Codebook) -> list[Code]:
    roots = [theme.id for theme in codebook.themes if theme.parent is None]
    colours = side_colours(roots, {})
    made = {}
    for theme in codebook.themes:
        above = codebook.ancestors(theme.id)
        made[theme.id] = Code(
            ("theme", theme.id),
            theme.label,
            colour=colours[above[-1] if above else theme.id],
            description=with_patterns(theme.definition, theme),
            codable=bool(theme.patterns),
        )
    for theme in codebook.themes:
        if theme.parent is not None:
            made[theme.parent].children.append(made[theme.id])
    return [made[theme_id] for theme_id in roots]


def _found_themes(tables: Tables) -> list[Code]:
    found = sorted(tables.sql("SELECT DISTINCT theme FROM themes")["theme"])
    colours = side_colours(found, {})
    return [Code(("theme", theme), theme, colour=colours[theme]) for theme in found]


def _words(
    quotes: pd.DataFrame, sides: Iterable[str], labels: Mapping[str, str], colours: Mapping[str, str]
) -> list[Code]:
    """Codes for the outlet's own words and for each side, with its known speakers as sub-codes."""
    made = [
        Code(
            ("words", OUTLET),
            labels.get(OUTLET, "Outlet's own words"),
            OWN_WORDS,
            "The outlet's own words: all text that is not attributed to anyone.",
        )
    ]
    for side in sides:
        here = quotes[quotes["side"] == side]
        if here.empty:
            continue
        label = labels.get(side, side)
        known = here.dropna(subset=["speaker"]).sort_values("speaker")
        speakers = [
            Code(
                ("words", side, speaker), f"Words of {name}", colours[side], f"actor {speaker}, side {label}"
            )
            for speaker, name in zip(
                known["speaker"], known["speaker_name"].fillna(known["speaker"]), strict=True
            )
        ]
        name = f"Words of side: {label}"
        about = f"Words attributed to this side ({side}). The sub-codes are actors of the study."
        if side == UNATTRIBUTED:
            name, about = (
                "Words of speakers without a known side",
                "Their side is missing data, not a side of its own.",
            )
        made.append(Code(("words", side), name, colours[side], about, children=speakers))
    return made


def _cues() -> list[Code]:
    about = "Cue of a quote, by the class of the verb."
    return [
        Code(("source",), "Source of a quote", "#5A5A5A", "The source of a quote, as written."),
        *(Code(("cue", name), f"Cue: {name}", "#8DB4D9", about) for name in CUE_CLASSES),
        Code(("cue", ""), "Cue: without a class", "#8DB4D9", about),
    ]


def _tone(
    found: set[str], sides: Iterable[str], labels: Mapping[str, str], colours: Mapping[str, str]
) -> list[Code]:
    return [
        Code(
            ("tone", side),
            f"Mentions of side: {labels.get(side, side)}",
            colours[side],
            codable=False,
            children=[
                Code(("tone", side, name), f"{labels.get(side, side)}: {name}", colour)
                for name, colour in (*TONES.values(), UNDECIDED)
            ],
        )
        for side in sides
        if side in found
    ]


def _acts() -> list[Code]:
    colours = {"cooperation": COOPERATION, "conflict": CONFLICT}
    about = "An act of one actor towards another. The comment of the segment names them."
    return [
        *(
            Code(("act", name), f"Act: {name.replace('_', ' ')}", colours[name.rpartition("_")[2]], about)
            for name in QUADRANTS
        ),
        Code(("act", ""), "Act: neutral", "#9A9A9A", about),
    ]
