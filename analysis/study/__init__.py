"""A study folder: what to look for (codebook), who matters (actors), who publishes (outlets)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import StudyError, expect

if TYPE_CHECKING:
    from analysis.study.actors import Actors
    from analysis.study.codebook import Codebook
    from analysis.study.events import Event
    from analysis.study.loaded_terms import LoadedTerms
    from analysis.study.outlets import Outlets

CODEBOOK = "codebook"  # with the suffix of any format that `analysis.study.formats` reads
FILES = ("codebook.yml", "actors.yml", "outlets.yml")
EVENTS = "events.yml"  # optional
LOADED_TERMS = "loaded_terms.yml"  # optional


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
        The files as they were read.
    events : tuple of Event
        Days that figures mark; none where the study has no events.yml.
    notes : tuple of str
        What was skipped or repaired in a codebook of another program.
    loaded_terms : LoadedTerms or None
        Words that take a side; None where the study has no loaded_terms.yml.
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
        """Folder of the bundled articles, if the study has any."""
        return self.folder / "articles"

    @property
    def gold_path(self) -> Path:
        """Folder of the hand coding, if the study has any."""
        return self.folder / "gold"

    def fingerprint(self) -> str:
        """Fingerprint of the files: another codebook is another measurement."""
        from analysis.provenance import fingerprint

        return fingerprint(*(part for name, content in self.sources for part in (name, content)))

    def save(self, folder: str | Path) -> None:
        """Write the files, as they were read, into a folder; what another study left of them there is removed."""
        from analysis.files import make_folder, write_file

        folder = make_folder(folder)
        for path in (*_codebooks(folder), folder / EVENTS, folder / LOADED_TERMS):
            if path.name not in dict(self.sources):
                path.unlink(missing_ok=True)
        for name, content in self.sources:
            write_file(folder / name, content)

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
        """Label of each side by its id, and of the two voices that are no side."""
        labels = {side.id: side.label for side in self.actors.sides}
        return {"outlet": "Outlet's own words", "unattributed": "Side unknown", **labels}

    @cached_property
    def side_colours(self) -> dict[str, str]:
        """Colour of each side by its id, as actors.yml gives it."""
        return {side.id: side.colour for side in self.actors.sides}


def load_study(folder: str | Path) -> Study:
    """Read a study folder and check it.

    Parameters
    ----------
    folder : path
        With `codebook.yml`, `actors.yml` and `outlets.yml`; the codebook may have any format that
        `analysis.study.formats` reads (`codebook.dic`, `codebook.cat`, ...). An `events.yml` and a
        `loaded_terms.yml` are read where there are any.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        The folder or a file is missing, or a file does not hold what it should; the message names file, key and what
        was expected.

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
        remedy='for instance analysis.load_study("data")',
    )
    folder = Path(folder)
    if not folder.is_dir():
        raise StudyError(
            "there is no such study folder",
            path=folder,
            remedy="name one with --study, or make one: framing init STUDY --example russia-iran",
        )
    paths: tuple[Path, ...] = (_codebook_path(folder), *(folder / name for name in FILES[1:]))
    events, terms = folder / EVENTS, folder / LOADED_TERMS
    paths += tuple(path for path in (events, terms) if path.is_file())
    read = read_codebook(paths[0])
    actors = Actors.load(paths[1])
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


def _codebook_path(folder: Path) -> Path:
    found = _codebooks(folder)
    if not found:
        raise StudyError(
            "no codebook: no such file",
            path=folder / FILES[0],
            remedy="a study folder holds this file, or a dictionary such as codebook.dic",
        )
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise StudyError(
            f"{names} are both codebooks", path=folder, remedy="a study has one; move the other away"
        )
    return found[0]


def _codebooks(folder: Path) -> list[Path]:
    from analysis.study.formats import SUFFIXES

    return [path for suffix in SUFFIXES if (path := folder / f"{CODEBOOK}{suffix}").is_file()]
