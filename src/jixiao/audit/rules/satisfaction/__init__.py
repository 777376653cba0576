"""Rules on satisfaction (SAT)."""
