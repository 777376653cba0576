"""What keeps the house: set-up, the sample run, generated pages, new rules, accuracy."""
