"""Rows of numbers in a temporary file, divided into parts that are read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.files import Scratch

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class DividedFile:
    """Rows of numbers, divided into parts. The file vanishes with this object or this process, however it ends.

    Parameters
    ----------
    n_parts : int
    kinds : sequence of dtype
        Of the columns.
    """

    def __init__(self, n_parts: int, kinds: Sequence[npt.DTypeLike]) -> None:
        import numpy as np

        self._n_parts, self._kinds = n_parts, [np.dtype(kind) for kind in kinds]
        self._scratch = Scratch()
        self._places: list[list[int]] = []  # where each column begins, of all rows that were added together
        self._starts: list[npt.NDArray[np.int64]] = []  # first row of each part there
        self._counts: list[npt.NDArray[np.int64]] = []  # number of rows of each part there

    def add(self, part: npt.NDArray[Any], *columns: npt.NDArray[Any]) -> None:
        """Add rows.

        Parameters
        ----------
        part : numpy.ndarray of int, shape (rows,)
            The part to which each row belongs.
        *columns : numpy.ndarray, shape (rows,)
        """
        import numpy as np

        order = np.argsort(part, kind="stable")
        edges = np.searchsorted(part[order], np.arange(self._n_parts + 1))
        self._places.append(
            [
                self._scratch.append(column[order].astype(kind).tobytes())[0]
                for column, kind in zip(columns, self._kinds, strict=True)
            ]
        )
        self._starts.append(edges[:-1])
        self._counts.append(np.diff(edges))

    def read(self, part: int) -> list[npt.NDArray[Any]]:
        """Return the columns of a part, in the order in which its rows were added."""
        import numpy as np

        found: list[list[npt.NDArray[Any]]] = [[np.empty(0, kind)] for kind in self._kinds]
        for places, starts, counts in zip(self._places, self._starts, self._counts, strict=True):
            for column, kind, place in zip(found, self._kinds, places, strict=True):
                first, size = int(starts[part]) * kind.itemsize, int(counts[part]) * kind.itemsize
                column.append(np.frombuffer(self._scratch.read(place + first, size), dtype=kind))
        return [np.concatenate(column) for column in found]

    def replace(self, part: int, *columns: npt.NDArray[Any]) -> None:
        """Put at most as many rows in the place of those of a part, where these were."""
        done = 0
        for places, starts, counts in zip(self._places, self._starts, self._counts, strict=True):
            counts[part] = min(int(counts[part]), len(columns[0]) - done)
            some = slice(done, done + int(counts[part]))
            for column, kind, place in zip(columns, self._kinds, places, strict=True):
                self._scratch.write(
                    place + int(starts[part]) * kind.itemsize, column[some].astype(kind).tobytes()
                )
            done = some.stop
