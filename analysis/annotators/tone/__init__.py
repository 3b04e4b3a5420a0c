"""Tone towards each mentioned actor, by a model that does not see the actor's name; VADER per voice as a baseline.

`classifier` reads one sentence; `portrayal` judges how an article's own words present the actor.
"""

from analysis.annotators.tone.targets import target_sentiment as target_sentiment
from analysis.annotators.tone.targets import tone as tone
