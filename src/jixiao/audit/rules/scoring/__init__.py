"""Weights of the indicators and what scoring will need."""
