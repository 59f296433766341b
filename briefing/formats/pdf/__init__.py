"""An edition as a PDF: prepared, typeset, tagged for PDF/UA-1 and declared as PDF/A-3a.

In goes a page for print; out come the bytes of a PDF. ``typeset`` is what a worker imports, so nothing in it
may import the rest of the program.
"""
