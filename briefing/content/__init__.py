"""Content: from YAML and Markdown to records, and from records to the library.

Input: texts. Output: the library, and findings with their places. The types of the model decide which values
are valid, so a new field needs a line in ``model`` and nothing here.
"""
