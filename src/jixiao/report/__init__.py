"""Records, findings and reports on their way out."""
