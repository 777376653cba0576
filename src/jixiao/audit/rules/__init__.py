"""The rules, one file each, by family. `RULES` in audit/rule.py finds them."""
