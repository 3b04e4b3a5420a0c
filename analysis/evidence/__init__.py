"""The text behind the numbers: keywords in context, and the sentence of any row."""

from analysis.evidence.kwic import kwic as kwic
from analysis.evidence.sentences import with_sentences as with_sentences
