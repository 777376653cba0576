"""Rules on vague wording of values and goals (QUA)."""
