"""All that knows a natural language: words, numbers, sentences, and values in words.

In goes running text; out come numbers, names, sentences and claims, each with its place. A new language is a
file in ``lexicons`` and a vocabulary in ``wording``.
"""
