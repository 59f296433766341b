"""Charts as SVG: the same in print and in browsers, each in two widths.

The package takes a figure and gives a drawing. A new kind of chart is a module here and its line in
``chart``.
"""
