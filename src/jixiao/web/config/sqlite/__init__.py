"""SQLite as Django knows it, with a queue in front of the one writer there can be."""
