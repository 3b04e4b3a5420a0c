"""The study in data/coverage, made again from the articles, which are not part of this repository."""
