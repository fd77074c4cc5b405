"""A world as rules: what they look at, whose turn it is, and what a world limits."""
