"""The build: texts to findings, decisions and files.

In go the texts of a project and a request; out come decisions, each with its reason, and files. ``pipeline``
is the whole line on one page. A new step of the line goes there; a new slow maker goes into ``makers``.
"""
