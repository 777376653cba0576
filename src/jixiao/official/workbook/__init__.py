"""Official tables as a workbook: one sheet a form, drawn for the printer.

Excel neither grows the rows of merged cells nor prints more than 409 points of a row, so heights
are computed here; where pages end and which page a form begins on follows from them.
"""
