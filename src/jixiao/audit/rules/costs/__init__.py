"""Cost indicators held against the money and against the outputs."""
