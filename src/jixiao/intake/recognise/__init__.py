"""From tables and lines to forms, by labels and structure, never by fixed positions."""
