"""Timeliness indicators and the period of the project."""
