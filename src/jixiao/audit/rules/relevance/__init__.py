"""Rules on goal, project and indicators fitting one another (REL)."""
