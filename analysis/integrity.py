"""Check the models and knowledge files of the toolkit against their SHA-256 checksums.

A damaged model gives other numbers without a word, or fails on every article. The checksums are in
`analysis/checksums.sha256`, in the format of the command sha256sum. After a model, the table of the world's actors or
a word list has changed, make the list again:

    python -m analysis.integrity
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from analysis.errors import FramingError

PACKAGE = Path(__file__).parent
LIST = "checksums.sha256"
_CHECKED = (
    "models/**/*.onnx",
    "models/**/*.json",
    "models/**/*.npz",
    "world/*.parquet",
    "world/*.csv",
    "annotators/lexicon/**/*.yml",
)
_BINARY = frozenset({".onnx", ".npz", ".parquet"})
_REMEDY = "reinstall the toolkit; if you changed the file on purpose, run: python -m analysis.integrity"


@cache
def check_files(package: Path = PACKAGE) -> None:
    """Check all models and knowledge files, once per process.

    Parameters
    ----------
    package : Path
        Folder of the package.

    Raises
    ------
    FramingError
        A file is missing, differs from its checksum, or has none.
    """
    try:
        lines = (package / LIST).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise FramingError(f"cannot be read: {error.strerror}", path=package / LIST, remedy=_REMEDY) from None
    listed = {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}
    found = dict(checksums(package))
    for name in sorted(listed.keys() | found.keys()):
        if listed.get(name) != found.get(name):
            trouble = "is missing" if name not in found else "is damaged or was changed: its checksum differs"
            raise FramingError(f"a file of the toolkit {trouble}", path=package / name, remedy=_REMEDY)


def checksums(package: Path = PACKAGE) -> Iterator[tuple[str, str]]:
    """Yield the files that are checked, as paths relative to the package, and their checksums."""
    for path in sorted({path for pattern in _CHECKED for path in package.glob(pattern)}):
        content = path.read_bytes()
        if path.suffix not in _BINARY:
            content = content.replace(b"\r\n", b"\n")  # git can change the line ends of text files
        yield path.relative_to(package).as_posix(), hashlib.sha256(content).hexdigest()


def write_list(package: Path = PACKAGE) -> None:
    """Write the list of checksums."""
    lines = [f"{checksum}  {name}\n" for name, checksum in checksums(package)]
    (package / LIST).write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_list()
