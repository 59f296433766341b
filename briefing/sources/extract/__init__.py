"""Captures from files: the text of a plain file, a saved web page or a PDF, one paragraph per line.

The package reads paragraphs and stated metadata from the bytes of a file. It never changes words. A new kind
of file is a module here and its line in ``kinds``. Commands read through ``boxed``, in a child
process.
"""
