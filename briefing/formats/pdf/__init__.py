"""An edition as a PDF: prepared, typeset, tagged for PDF/UA-1 and declared as PDF/A-3a.

The package takes a page for print and gives the bytes of a PDF. A worker imports ``typeset`` only, so that
module must not import the rest of the program.
"""
