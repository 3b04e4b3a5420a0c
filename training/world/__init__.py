"""Re-makes the table of the world's actors."""
