"""Statistics are tested on the same examples each time, however busy the machine."""

from hypothesis import settings

settings.register_profile("compare", derandomize=True)
settings.load_profile("compare")
