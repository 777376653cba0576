"""Money lines of the form: sums, unusable figures, budget and history."""
