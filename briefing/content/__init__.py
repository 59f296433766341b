"""Content: YAML and Markdown to records, and records to the library.

In go texts; out come the library and findings, each with its place. The types of the model decide what fits,
so a new field is a line in ``model`` and nothing here.
"""
