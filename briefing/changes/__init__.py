"""Changes: the differences between two states, in facts, in words and by day.

The package compares two states or two texts and returns changes, the heaviest first, and their words. The
table ``fact_fields`` has an entry for each field of a fact, which says how all packages treat it. A new kind
of change is a ``ChangeKind`` there, placed by its weight.
"""
