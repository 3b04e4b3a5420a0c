"""`python -m analysis` does what the console script `framing` does."""

from analysis.cli import main

main()
