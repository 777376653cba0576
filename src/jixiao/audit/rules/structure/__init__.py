"""Rules on the skeleton of the table: fields, year, rows, headings."""
