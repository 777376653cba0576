"""Rules on effects that are claimed (BEN)."""
