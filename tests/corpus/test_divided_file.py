"""Rows in a temporary file, divided into parts."""

import numpy as np

from analysis.corpus.divided_file import DividedFile


def test_parts_come_back_in_the_order_of_their_rows():
    file = DividedFile(3, ("int64", "uint8"))
    file.add(np.array([2, 0, 2]), np.array([10, 11, 12]), np.array([1, 2, 3]))
    file.add(np.array([2, 1]), np.array([13, 14]), np.array([4, 5]))
    assert [column.tolist() for column in file.read(2)] == [[10, 12, 13], [1, 3, 4]]
    assert [column.tolist() for column in file.read(0)] == [[11], [2]]


def test_a_part_is_replaced_by_fewer_rows():
    file = DividedFile(2, ("int64",))
    for first in (0, 10):
        file.add(np.array([0, 1, 1]), np.arange(first, first + 3))
    file.replace(1, np.array([7, 8, 9]))
    assert file.read(1)[0].tolist() == [7, 8, 9] and file.read(0)[0].tolist() == [0, 10]
    file.replace(1, np.array([], dtype=int))
    assert file.read(1)[0].tolist() == [] and file.read(0)[0].tolist() == [0, 10]
