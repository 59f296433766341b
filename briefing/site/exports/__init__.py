"""What the site gives to other programs: data files, feeds, the calendar, pictures, a map of it all.

In go the printer and the library; out come prepared files. A new file for machines is a module here and its
line in ``pages.prepare``.
"""
