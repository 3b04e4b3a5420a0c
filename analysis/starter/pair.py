"""A study folder for a pair of countries, or of any two parties, to be filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.errors import FramingError
from analysis.files import in_a_command, make_folder, write_file
from analysis.ingest.countries import country_name
from analysis.letters import ascii_id
from analysis.starter.example import example_folder
from analysis.starter.shipped import empty_folder
from analysis.world.states import states

_TEMPLATES = Path(__file__).with_name("pair")
_COLOURS = ("#0072B2", "#E69F00")
_GENERAL_SIDES = ("us", "europe", "china", "expert", "media", "other")
_POWERS = ("us", "europe", "china")  # general sides with institutions and people of their own
_EVERYBODY_ELSE = "other"
_GENERAL_KINDS = ("state", "organisation", "think_tank", "media")
_HINTS = {  # by kind of actor
    "state": (
        ("aliases", "other names, as in [Republic of X, the Xs]"),
        ("metonyms", "the capital, as in [London]"),
        ("demonyms", "adjective and people, as in [British, Britons]; the adjective first"),
        ("places", "cities and regions, as in [Leeds, Wales]"),
    ),
    "organisation": (
        ("aliases", "other names, as in [Green Party, the Greens]"),
        ("metonyms", "a place that stands for its leaders, as in [Downing Street]"),
        ("demonyms", "adjective and members, as in [Green, Greens]; the adjective first"),
        ("places", "places whose people speak for this side; none for most parties"),
    ),
}
_NAME_KEYS = ("aliases", "metonyms", "demonyms", "places")
_TAKES_THE = re.compile(
    r"United |.*(States|Republic|Islands|Emirates|Union|Netherlands|Philippines|Maldives|Bahamas|Gambia)$"
)
_VOICES = ("outlet", "unattributed")  # what the tables call the voices that are no side
_LIKE = 0.8  # similarity of two names, 0 to 1, from which one may be a misspelling of the other
_NAME = re.compile(r"[\w .,'’&-]*[^\W\d_][\w .,'’&-]*")  # what may stand in a pattern and in a YAML comment


@dataclass
class _Party:
    """One of the pair: its name, the actor that bears it, and the other actors on its side."""

    name: str
    id: str
    state: dict[str, Any]
    members: list[dict[str, Any]] = field(default_factory=list)

    @property
    def in_text(self) -> str:
        """The name within a sentence: "the United States"."""
        return f"the {self.name}" if _TAKES_THE.match(self.name) else self.name

    @property
    def words(self) -> list[str]:
        """Name, capitals and adjective: what a pattern about the party looks for."""
        names = [self.name, *self.state.get("metonyms", ()), *self.state.get("demonyms", ())[:1]]
        return list(dict.fromkeys(re.sub(r"[^\w' -]", "", name) for name in names))


def write_pair(one: str, other: str, folder: str | Path) -> list[Path]:
    """Write a study folder about two countries, or two parties of any kind.

    It holds the name, capital and adjective of a country, and its people and institutions if the bundled study lists
    them; the actors, outlets and themes that do not depend on the pair; and comments that say what to fill in.
    `analysis.load_study` reads it as it is.

    Parameters
    ----------
    one, other : str
        Names as a reader knows them. Codes and long forms of countries become the usual name: "TR" is Turkey.
    folder : path
        Made where it is missing; it must be empty.

    Returns
    -------
    list of pathlib.Path
        The files, and the folder for articles.

    Raises
    ------
    FramingError
        The names are the same or hold signs that a pattern cannot, or the folder is not empty or cannot be written.
    """
    from analysis.study.yaml_files import load_yaml

    names = [country_name(" ".join(name.split())) for name in (one, other)]
    _check(names)
    bundled = load_yaml(example_folder() / "actors.yml")
    parties = [_party(name, bundled) for name in names]
    name = Path(folder).name
    context = {
        "one": parties[0],
        "other": parties[1],
        **_actors_context(parties, bundled),
        **_pattern_words(parties),
        "outlets": _real_outlets(),
        "folder": in_a_command(name),
        "articles": in_a_command(f"{name}/articles"),
        "codebook": in_a_command(f"{name}/codebook.yml"),
    }
    files = {path.stem: _rendered(path, context) for path in sorted(_TEMPLATES.glob("*.j2"))}
    target = empty_folder(folder)
    make_folder(target / "articles")
    for name, text in files.items():
        write_file(target / name, text.encode("utf-8"))
    return sorted(target.iterdir())


def state_like(name: str) -> str:
    """Return the state that a name may be a misspelling of: 'Russia' for 'Rusia'.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        Empty if the name is a state's own, or resembles none.
    """
    usual = country_name(" ".join(name.split()))
    known = {own: state.name for state in states().values() for own in state.names}
    near = [] if usual in known else get_close_matches(usual, known, n=1, cutoff=_LIKE)
    return known[near[0]] if near else ""


def _check(names: list[str]) -> None:
    for name in names:
        if not _NAME.fullmatch(name):
            raise FramingError(
                f"'{name}' cannot be the name of a side",
                remedy="use letters, digits, spaces, hyphens, apostrophes, commas, full stops and &",
            )
    ids = [_slug(name) for name in names]
    if ids[0] == ids[1]:
        raise FramingError(f"both sides are called '{names[0]}'", remedy="name two different ones")


def _slug(name: str) -> str:
    """An id: lower-case ASCII letters, digits and underscores, a letter first."""
    slug = ascii_id(name)
    if slug[:1].isalpha() and slug not in _VOICES:
        return slug
    return f"side_{slug or name.encode().hex()[:8]}"


def _party(name: str, bundled: dict[str, Any]) -> _Party:
    """What is known of a party, from the bundled study or from the list of states."""
    party_id = _slug(name)
    known = next(
        (actor for actor in bundled["actors"] if name in (actor["name"], *actor.get("aliases", ()))), None
    )
    if known is None:
        state = {"id": party_id, "name": name, "kind": "organisation", **_state(name)}
        return _Party(name, party_id, {**state, "side": party_id})
    labels = {side["id"]: side["label"] for side in bundled["sides"]}
    own_side = labels[known["side"]] == known["name"]
    adjectives = tuple(f"{word} " for word in known.get("demonyms", ()))
    members = [
        {**actor, "side": party_id}
        for actor in bundled["actors"]
        if actor is not known and actor["side"] == known["side"] and (own_side or _titled(actor, adjectives))
    ]
    return _Party(name, party_id, {**known, "side": party_id}, members)


def _titled(actor: dict[str, Any], adjectives: tuple[str, ...]) -> bool:
    """Whether an actor's offices or names begin with one of the adjectives, as in "French president"."""
    titles = [role["title"] for role in actor.get("roles", ())]
    return any(text.startswith(adjectives) for text in (*titles, actor["name"], *actor.get("aliases", ())))


def _state(name: str) -> dict[str, Any]:
    known = next((state for state in states().values() if state.name == name), None)
    if known is None:
        return {}
    return {"kind": "state", "metonyms": list(known.capitals), "demonyms": list(known.demonyms)}


def _actors_context(parties: list[_Party], bundled: dict[str, Any]) -> dict[str, Any]:
    """What the template of actors.yml needs; the parties lose names that another actor has."""
    pair = [
        {
            "id": party.id,
            "label": party.name,
            "colour": colour,
            **({"in_text": party.in_text} if party.in_text != party.name else {}),
        }
        for party, colour in zip(parties, _COLOURS, strict=True)
    ]
    taken = {side[key] for side in pair for key in ("id", "label")}
    sides = [
        side
        for side in bundled["sides"]
        if side["id"] in _GENERAL_SIDES and not taken & {side["id"], side["label"]}
    ]
    own = {actor["id"] for party in parties for actor in (party.state, *party.members)}
    general = [
        {**actor, "side": _side_of(actor, sides)}
        for actor in bundled["actors"]
        if actor["id"] not in own and _is_general(actor)
    ]
    return {
        "hints": _HINTS,
        "sides": [*pair, *sides],
        "general": _without_shared_names(parties, general),
        "not_actors": bundled["not_actors"],
    }


def _side_of(actor: dict[str, Any], sides: list[dict[str, Any]]) -> str:
    """The actor's own side if the study has it, else the side for everybody else."""
    ids = {side["id"] for side in sides}
    return str(actor["side"]) if actor["side"] in ids else _EVERYBODY_ELSE


def _without_shared_names(parties: list[_Party], general: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The general actors; a name that two actors have stays with the first, and the pair comes first."""
    owners: dict[str, str] = {party.state["name"].casefold(): party.state["id"] for party in parties}
    for party in parties:
        for actor in (party.state, *party.members):
            _drop_taken(actor, owners)
    kept = [actor for actor in general if owners.get(actor["name"].casefold(), actor["id"]) == actor["id"]]
    for actor in kept:
        _drop_taken(actor, owners)
    return kept


def _drop_taken(actor: dict[str, Any], owners: dict[str, str]) -> None:
    """Remove names that belong to another actor, and claim the rest."""
    owners.setdefault(actor["name"].casefold(), actor["id"])
    for key in _NAME_KEYS:
        if key in actor:
            actor[key] = [
                name for name in actor[key] if owners.setdefault(name.casefold(), actor["id"]) == actor["id"]
            ]
    if "ambiguous" in actor:
        names = (actor["name"], *actor.get("aliases", ()), *actor.get("short", ()))
        actor["ambiguous"] = [name for name in actor["ambiguous"] if name in names]


def _is_general(actor: dict[str, Any]) -> bool:
    """Whether an actor of the bundled study belongs into any study."""
    if actor["kind"] in _GENERAL_KINDS:
        return True
    return actor["side"] in _POWERS and (actor["kind"] == "institution" or "roles" in actor)


def _pattern_words(parties: list[_Party]) -> dict[str, str]:
    """Alternatives for patterns about the pair."""
    return {
        "words": "|".join(f"{word}*" for party in parties for word in party.words),
        "states": "|".join(party.words[0] for party in parties),
        "possessives": "|".join(f"{party.words[0]}'s" for party in parties),
    }


def _real_outlets() -> list[dict[str, Any]]:
    from analysis.study.yaml_files import load_yaml

    outlets = load_yaml(example_folder() / "outlets.yml")["outlets"]
    return [outlet for outlet in outlets if not outlet.get("invented")]


def _rendered(template: Path, context: dict[str, Any]) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(  # YAML and Markdown, not HTML: nothing to escape
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters["flow"] = _flow
    return environment.from_string(template.read_text(encoding="utf-8")).render(context)


def _flow(value: Any) -> str:
    """A value as YAML on one line."""
    import yaml

    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6)
    return text.removesuffix("...\n").strip()
