"""Mentions of the study's actors, by name, surname, office, capital or pronoun."""

from analysis.annotators.actors.mentions import find_mentions as find_mentions
