"""Tone towards each mentioned actor, by a model that never sees the name; VADER per voice beside it."""

from analysis.annotators.tone.targets import tone as tone
from analysis.annotators.tone.targets import towards as towards
