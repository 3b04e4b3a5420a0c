"""A study folder: codebook, actors, outlets, and optional events and loaded terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import StudyError, expect

if TYPE_CHECKING:
    from analysis.study.actors import Actors
    from analysis.study.codebook import Codebook
    from analysis.study.events import Event
    from analysis.study.loaded_terms import LoadedTerms
    from analysis.study.outlets import Outlets
    from analysis.world import World

CODEBOOK = "codebook"  # with the suffix of a format in `analysis.study.formats`
FILES = ("codebook.yml", "actors.yml", "outlets.yml")
EVENTS = "events.yml"  # optional
LOADED_TERMS = "loaded_terms.yml"  # optional
WORLD = "world.tsv"  # optional
ARTICLES = "articles"  # folder for the articles that are measured with the study


@dataclass(frozen=True)
class Study:
    """A study, checked.

    Attributes
    ----------
    folder : pathlib.Path
    codebook : Codebook
    actors : Actors
    outlets : Outlets
    sources : tuple of (str, bytes)
        Names and contents of the files.
    events : tuple of Event
        Events that figures mark; empty without an events.yml.
    notes : tuple of str
        What was skipped or repaired in a codebook from another program.
    loaded_terms : LoadedTerms or None
        Terms that express a standpoint; None without a loaded_terms.yml.
    """

    folder: Path
    codebook: Codebook
    actors: Actors
    outlets: Outlets
    sources: tuple[tuple[str, bytes], ...]
    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()
    loaded_terms: LoadedTerms | None = None

    def __repr__(self) -> str:
        return (
            f"Study({str(self.folder)!r}: {len(self.codebook.themes)} themes, {len(self.actors.actors)} actors, "
            f"{len(self.outlets.outlets)} outlets)"
        )

    @property
    def articles_path(self) -> Path:
        """Folder of bundled articles, if the study has any."""
        return self.folder / ARTICLES

    @property
    def gold_path(self) -> Path:
        """Folder of human coding, if the study has any."""
        return self.folder / "gold"

    def fingerprint(self) -> str:
        """Hash of the files. Results from different files are not comparable."""
        from analysis.provenance import fingerprint

        return fingerprint(*(part for name, content in self.sources for part in (name, content)))

    def save(self, folder: str | Path) -> None:
        """Write the files unchanged into a folder, and remove optional files there that the study does not have."""
        from analysis.files import make_folder, write_file

        folder = make_folder(folder)
        for path in (*_codebooks(folder), folder / EVENTS, folder / LOADED_TERMS, folder / WORLD):
            if path.name not in dict(self.sources):
                path.unlink(missing_ok=True)
        for name, content in self.sources:
            write_file(folder / name, content)

    @property
    def world(self) -> World:
        """The world's actors, with the changes of the study's world.tsv if it has one."""
        content = dict(self.sources).get(WORLD)
        return _world(None if content is None else self.folder / WORLD, content)

    @cached_property
    def theme_labels(self) -> dict[str, str]:
        """Label of each theme by its id."""
        return {theme.id: theme.label for theme in self.codebook.themes}

    @cached_property
    def theme_groups(self) -> dict[str, str]:
        """Group of each theme by its id: issue, generic or relationship."""
        return {theme.id: theme.group for theme in self.codebook.themes}

    @cached_property
    def side_labels(self) -> dict[str, str]:
        """Label of each side by its id, and of the two voices that belong to no side."""
        labels = {side.id: side.label for side in self.actors.sides}
        return {"outlet": "Outlet's own words", "unattributed": "Side unknown", **labels}

    @cached_property
    def side_names(self) -> dict[str, str]:
        """Name of each side within a sentence, by its id: 'the United States'."""
        return {side.id: side.in_text or side.label for side in self.actors.sides}

    @cached_property
    def side_colours(self) -> dict[str, str]:
        """Colour of each side by its id."""
        return {side.id: side.colour for side in self.actors.sides}


def load_study(folder: str | Path) -> Study:
    """Read a study folder and check it.

    Parameters
    ----------
    folder : path
        A folder with `codebook.yml`, `actors.yml` and `outlets.yml`. The codebook may have any format in
        `analysis.study.formats` (`codebook.dic`, `codebook.cat`, ...). `events.yml` and `loaded_terms.yml` are
        optional.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        If the folder or a file is missing, or a file is not valid. The message has the file, the key or line, the
        problem and a remedy.

    Examples
    --------
    >>> study = analysis.load_study("data")
    >>> study.side_labels["iran"], study.theme_labels["payments_banking"]
    ('Iran', 'Payments and banking')
    >>> [theme.id for theme in study.codebook.themes if theme.group == "issue"][:3]
    ['syria_counterterrorism', 'afghanistan', 'sanctions']
    """
    from analysis.study.actors import Actors
    from analysis.study.events import Events
    from analysis.study.formats import read_codebook
    from analysis.study.loaded_terms import LoadedTerms
    from analysis.study.outlets import Outlets

    expect(
        folder,
        (str, Path),
        what="folder",
        expected="a path",
        remedy='for example analysis.load_study("data")',
    )
    folder = Path(folder)
    if not folder.is_dir():
        raise StudyError(
            "there is no such study folder",
            path=folder,
            remedy="name one with --study, or make one: framing init STUDY --example russia-iran",
        )
    paths: tuple[Path, ...] = (_codebook_path(folder), *(folder / name for name in FILES[1:]))
    events, terms, world = folder / EVENTS, folder / LOADED_TERMS, folder / WORLD
    paths += tuple(path for path in (events, terms, world) if path.is_file())
    read = read_codebook(paths[0])
    actors = Actors.load(paths[1])
    if world.is_file():
        _world(world, world.read_bytes())  # errors in it are errors of the study
    return Study(
        folder=folder,
        codebook=read.codebook,
        actors=actors,
        outlets=Outlets.load(paths[2]),
        sources=tuple((path.name, path.read_bytes()) for path in paths),
        events=Events.load(events).events if events.is_file() else (),
        notes=tuple(f"{paths[0].name}: {note}" for note in read.notes),
        loaded_terms=LoadedTerms.load(terms, sides=actors.side_ids) if terms.is_file() else None,
    )


def is_study_folder(folder: Path) -> bool:
    """Whether a folder has the files of a study, in whatever format its codebook is."""
    return all((folder / name).is_file() for name in FILES[1:])


@lru_cache(maxsize=4)
def _world(changes: Path | None, content: bytes | None) -> World:
    """The world with a file of changes; a file that has changed since is read again."""
    from analysis.world import load_world

    return load_world() if changes is None else load_world().with_changes(changes)


def _codebook_path(folder: Path) -> Path:
    found = _codebooks(folder)
    if not found:
        raise StudyError(
            "no such file",
            path=folder / FILES[0],
            remedy="every study folder needs a codebook: this file, or a dictionary such as codebook.dic",
        )
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise StudyError(
            f"more than one codebook: {names}", path=folder, remedy="keep one and move the others away"
        )
    return found[0]


def _codebooks(folder: Path) -> list[Path]:
    from analysis.study.formats import SUFFIXES

    return [path for suffix in SUFFIXES if (path := folder / f"{CODEBOOK}{suffix}").is_file()]
