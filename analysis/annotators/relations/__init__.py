"""Acts of one actor on another: who does what to whom."""

from analysis.annotators.relations.extract import find_relations as find_relations
