"""Faults of the text itself: repeated, glued, outdated or uneven words (TXT)."""
