"""Changes: what differs between two states, in facts, in words and by day.

In go two states or two texts; out come changes, the heaviest first, and their words. What is made of a field
of a fact, here and above, is its line in the table ``fact_fields``; a new kind of change is a ``Turn`` there,
at its weight.
"""
