"""Changes: what differs between two states, in facts, in words and by day.

In go two states or two texts; out come changes, the heaviest first, and their words. The table
``fact_fields`` has a line for each field of a fact: what is made of it here and above. A new kind of change
is a ``ChangeKind`` there, at its weight.
"""
