"""Redlines: two states of a brief in one text, every word kept, deleted or inserted.

In go two editions; out comes one tree of blocks, written as HTML, PDF, Markdown or Word. ``tree`` holds the
values. A new format is a module here and its line in ``write``.
"""
