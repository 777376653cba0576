"""Reads, audits and tracks the performance targets of public budgets."""
