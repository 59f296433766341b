"""Changes: what differs between two states, in facts, in words and by day.

In go two states or two texts; out come changes, the heaviest first, and their words. A new kind of change is
a line in ``states`` at its weight and its words in ``in_words``.
"""
