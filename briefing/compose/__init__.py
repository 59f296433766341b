"""Composing: an edition from a brief and the library.

The package takes a brief, the library and the templates, and makes an edition with numbered notes and
references, independent of any format. A new form of a fact link is an entry in ``language.wording``; a new
part of a brief is a section of its template.
"""
