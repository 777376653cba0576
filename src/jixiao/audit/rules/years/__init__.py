"""Years and dates that do not belong to the year of the form."""
