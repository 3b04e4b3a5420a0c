"""One module per figure: NAME.py holds the function NAME, which draws NAME.svg, and its catalogue entry."""
