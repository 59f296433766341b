"""The way from texts to files, in steps: a snapshot, the files that it calls for, and the action on each.

Input: the texts of a project. Output: findings, decisions with their reasons, and files. ``pipeline`` runs
all steps; ``steps`` has the first four: read, link, compose, check. A new maker of bytes goes into
``makers``.
"""
