"""What only shows when the forms of one unit are read side by side (XPR)."""
