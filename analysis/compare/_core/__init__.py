"""What the comparisons share: intervals, groups, voices, ratios, units."""
