"""Files to captures: the text of a plain file, a saved web page or a PDF, one paragraph a line.

In go the bytes of a file; out come paragraphs and what the file states about itself. Words are never changed.
A new kind of file is a module here and its line in ``kinds``.
"""
