"""Category and attribute of the project held against what it does."""
