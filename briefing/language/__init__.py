"""All code that knows a natural language: blocks, sentences, words, numbers, and values in words.

It reads running text into blocks, sentences, numbers, names and claims, each with its place. A new
language is a file in ``words``, and one in ``lexicons`` that its prose may be checked.
"""
