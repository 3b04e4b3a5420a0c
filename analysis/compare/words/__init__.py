"""Which words set groups apart: counts, keyness, log-odds, dispersion."""
