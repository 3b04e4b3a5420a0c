"""How the toolkit's objects show themselves in a notebook: HTML made of escaped text, readable without colour."""
