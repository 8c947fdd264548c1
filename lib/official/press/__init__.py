"""The appendices of a PDF, set by ourselves: lists of thousands of rows in a second, page by page.

WeasyPrint sets what is read from the top; a list is lines and ruled tables and nothing else, and
there a general engine spends four milliseconds on every row. Here each row is measured, written
and forgotten, so time and memory grow with the pages and no faster. Looks, words and lengths are
those of the other writers; `bind` makes one tagged file of the two.
"""
