"""What figures take from a study: its first two sides, and labels that can be drawn."""

import dataclasses

import pytest

from analysis.errors import FramingError
from analysis.figures._core.study_labels import side_label, theme_label, towards, two_side_names, two_sides


def test_the_first_two_sides_are_the_pair(bundled, study):
    assert two_sides(bundled) == ("russia", "iran") and two_side_names(study) == ["Russia", "Iran"]


def test_a_study_with_one_side_has_no_pair(bundled, study):
    actors = study.actors.model_copy(update={"sides": study.actors.sides[:1]})
    alone = dataclasses.replace(bundled, study=dataclasses.replace(study, actors=actors))
    with pytest.raises(FramingError, match="fewer than two sides"):
        two_sides(alone)


def test_unknown_ids_are_their_own_labels(study):
    assert (side_label(study, "russia"), side_label(study, "$x")) == ("Russia", r"\$x")
    assert (side_label(study, "us"), towards(study, "us")) == ("United States", "towards the United States")
    assert theme_label(study, "no_such_theme") == "no_such_theme"
