"""Copies within a form and between forms of one unit (DUP)."""
