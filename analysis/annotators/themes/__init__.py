"""Theme hits: where the patterns of a codebook match."""

from analysis.annotators.themes.extract import find_themes as find_themes
from analysis.annotators.themes.extract import themes as themes
