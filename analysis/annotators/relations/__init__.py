"""Relations: acts of one actor of the study towards another."""

from analysis.annotators.relations.extract import find_relations as find_relations
