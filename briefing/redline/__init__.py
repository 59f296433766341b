"""Redlines: two states of a brief in one text, every word kept, deleted or inserted.

The package takes two editions and gives one tree of blocks, written as HTML, PDF, Markdown or Word. ``tree``
defines the values. A new format is a module here and its line in ``write``.
"""
