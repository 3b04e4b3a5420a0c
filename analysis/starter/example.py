"""The studies that come with the toolkit, to be copied."""

from __future__ import annotations

import shutil
from pathlib import Path

from analysis.errors import FramingError
from analysis.starter.shipped import empty_folder, shipped_folder

EXAMPLES = {"russia-iran": "data"}
"""Name of each example and the folder that holds it."""


def example_folder(name: str = "russia-iran") -> Path:
    """Return the folder of an example study. Read it, and write elsewhere: it belongs to the installation.

    Parameters
    ----------
    name : str
        One of `EXAMPLES`.

    Raises
    ------
    FramingError
        There is no such example.

    Examples
    --------
    >>> from analysis.starter import example_folder
    >>> (example_folder() / "codebook.yml").is_file()
    True
    """
    if name not in EXAMPLES:
        raise FramingError(
            f"there is no example called '{name}'", remedy=f"choose one of: {', '.join(EXAMPLES)}"
        )
    return shipped_folder(EXAMPLES[name])


def copy_example(name: str, folder: str | Path) -> list[Path]:
    """Copy an example study, with its articles and their hand coding, into a new folder.

    Parameters
    ----------
    name : str
        One of `EXAMPLES`.
    folder : path
        Made where it is missing; it must be empty.

    Returns
    -------
    list of pathlib.Path
        The files and folders at the top of the new folder.

    Raises
    ------
    FramingError
        There is no such example, or the folder is not empty or cannot be written.
    """
    source, target = example_folder(name), empty_folder(folder)
    try:
        shutil.copytree(source, target, dirs_exist_ok=True)
    except (OSError, shutil.Error) as error:
        raise FramingError(f"the study cannot be copied: {error}", path=target) from None
    return sorted(target.iterdir())
