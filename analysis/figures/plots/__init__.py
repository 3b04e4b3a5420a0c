"""One module per figure: plots/NAME.py draws NAME.svg and NAME.csv."""
