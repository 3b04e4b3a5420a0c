"""Hits of a codebook's patterns, with the words that matched."""

from analysis.annotators.themes.extract import find_themes as find_themes
from analysis.annotators.themes.extract import themes as themes
