"""Errors a user can act on: each says where, what was found, and the remedy."""

from __future__ import annotations

from pathlib import Path


class FramingError(ValueError):
    """Input or a setting that the toolkit cannot work with.

    Parameters
    ----------
    message : str
        What was found and what was expected.
    path : path, optional
        The file or folder at fault.
    where : str, optional
        The place in it: a row, a line, a key.
    remedy : str, optional
        What the reader can do about it.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        where: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.path = Path(path) if path is not None else None
        self.where = where
        self.remedy = remedy
        place = ", ".join(str(part) for part in (path, where) if part is not None)
        super().__init__("".join((f"{place}: " if place else "", message, f" ({remedy})" if remedy else "")))


def expect(value: object, kinds: type | tuple[type, ...], *, what: str, expected: str, remedy: str) -> None:
    """Refuse an argument of another type before something deep inside trips over it.

    Parameters
    ----------
    value : object
        The argument as it was given.
    kinds : type or tuple of type
        What it may be.
    what, expected, remedy : str
        Name of the argument, what it should be in words, and what to write instead.

    Raises
    ------
    FramingError
        It is of another type.
    """
    if not isinstance(value, kinds):
        given = "None" if value is None else f"of type {type(value).__name__}"
        raise FramingError(f"{what} is {given}, not {expected}", remedy=remedy)


def expect_text(value: object) -> None:
    """Refuse what is not one text; see `expect`."""
    remedy = (
        "decode it first: data.decode('utf-8')"
        if isinstance(value, bytes)
        else "give one article or sentence as a str"
    )
    expect(value, str, what="text", expected="a text", remedy=remedy)


class StudyError(FramingError):
    """A study folder (codebook.yml, actors.yml, outlets.yml) with a missing, invalid or contradictory file."""


class ReadError(FramingError):
    """A source of articles that cannot be read at all, as opposed to one bad article in it."""


class RejectedArticles(UserWarning):
    """Some articles were refused; the rest went on."""


class StaleCorrections(UserWarning):
    """Some corrections by hand do not fit the tables any more; the others were applied."""
