"""The line from texts to files, in steps: a snapshot, the files that it calls for, and what becomes of them.

In go the texts of a project; out come findings, decisions with their reasons, and files. ``pipeline`` is the
whole line, ``steps`` its first half: read, link, compose, check. A new maker of bytes goes into ``makers``.
"""
