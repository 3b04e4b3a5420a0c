"""A study folder: what to look for (codebook), who matters (actors), who publishes (outlets)."""
