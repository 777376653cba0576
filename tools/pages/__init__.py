"""The generated pages, one module for each part of `docs/`; each yields path → text."""
