"""What a reader can read: size, no label cut off, none that runs into another, in print and on slides."""

import pytest

from tests.figures.conftest import NAMES
from tests.figures.placed import cut_off, overlapping


def test_nothing_is_cut_off(sheet):
    assert cut_off(sheet.figure, sheet.texts) == []


def test_no_text_runs_into_another_or_into_a_legend(sheet):
    assert overlapping(sheet.figure, sheet.texts) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_type_below_7_points_and_all_of_it_larger_on_slides(name, sheets):
    printed, shown = (
        sorted(text.get_fontsize() for text in sheets[look, name].texts) for look in ("print", "slides")
    )
    assert printed[0] >= 7
    assert shown[0] >= 1.15 * 7 - 1e-9
    assert shown[-1] > printed[-1]
