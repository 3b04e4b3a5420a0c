"""Whether groups, outlets or voices differ: tests, intervals, corrections for many tests."""
