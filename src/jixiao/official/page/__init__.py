"""Official tables as a web page: real tables, one style sheet, nothing that a strict policy bars.

`tables` gives the table of one sheet alone and `style_sheet` the rules it needs, for whoever
embeds it; `document` makes a page that stands for itself on screen, phone and paper.
"""
