"""The actor and the side behind the source of a quote."""

from analysis.annotators.speakers.resolver import resolve_speakers as resolve_speakers
