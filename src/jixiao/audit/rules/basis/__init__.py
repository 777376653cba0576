"""Policy and estimate basis stated on the form."""
