"""Sources: captures, the terms in them, and the parts of them that facts cite.

The package finds the places of terms in captures, and what in them is cited, explained or open. A
new kind of file that can be a source is a module in ``extract``.
"""
