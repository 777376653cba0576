"""Rules on the target value as written: present, whole, possible."""
