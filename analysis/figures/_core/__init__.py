"""What the figures share: style, colours, marks, saving, the registry."""
