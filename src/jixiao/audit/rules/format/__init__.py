"""Rules on how things are written: widths, signs, brackets."""
