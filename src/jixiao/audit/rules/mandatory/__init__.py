"""Rules on what must be filled in."""
