"""Where the bundled study and the notebooks are: inside an installed package, or at the top of the repository."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import FramingError

_IN_A_WHEEL = Path(__file__).parent / "shipped"  # setup.py puts the folders there when it builds a wheel
_IN_THE_REPOSITORY = Path(__file__).parents[2]


def shipped_folder(name: str) -> Path:
    """Return the folder `data` or `notebooks` that comes with the toolkit.

    Raises
    ------
    FramingError
        The installation is incomplete.
    """
    for parent in (_IN_A_WHEEL, _IN_THE_REPOSITORY):
        if (parent / name).is_dir():
            return parent / name
    raise FramingError(
        f"this installation has no folder '{name}'",
        path=_IN_A_WHEEL,
        remedy="install the toolkit again: pip install --force-reinstall .",
    )


def empty_folder(folder: str | Path) -> Path:
    """Make a folder for a new study.

    Raises
    ------
    FramingError
        It holds files already, or cannot be made.
    """
    from analysis.files import make_folder

    made = make_folder(folder)
    if any(made.iterdir()):
        raise FramingError("this folder is not empty", path=made, remedy="give the name of a new folder")
    return made
