"""Who speaks for whom: office holders and institutions of the world, with country, office and dates.

`load_world()` gives the table that the toolkit ships; `World` looks names and offices up in it. `CARD.md` says where
it comes from and how good it is.
"""

from __future__ import annotations

from analysis.world.rows import BODIES, ROLE_CLASSES, Candidate
from analysis.world.world import World, load_world

__all__ = ["BODIES", "ROLE_CLASSES", "Candidate", "World", "load_world"]
