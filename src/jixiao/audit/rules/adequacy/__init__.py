"""Whether outputs and target values are in proportion."""
