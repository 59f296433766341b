"""Charts as SVG: the same in print and in browsers, each in two widths.

In goes a figure; out comes a drawing. A new kind of chart is a module here and its line in ``chart``.
"""
