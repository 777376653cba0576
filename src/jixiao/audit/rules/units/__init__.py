"""Rules on units of measure and of money."""
