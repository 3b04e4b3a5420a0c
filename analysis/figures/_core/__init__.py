"""Parts that all figures share: style, colours, marks, hotspots, saving, and the catalogue entry."""
