"""Composing: a brief and the library to an edition.

In go a brief, the library and the templates; out comes an edition, numbered and referenced, tied to no
format. A new form of a fact link is an entry in ``language.wording``; a new part of a brief is a section of
its template.
"""
