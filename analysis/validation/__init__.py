"""How good the measurement is: samples, coding sheets, agreement, scores, and estimates corrected by hand coding."""
