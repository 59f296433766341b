"""Files of the site for other programs: data files, feeds, the calendar, pictures and the site map.

The package takes the printer and the library, and gives prepared files. A new file for machines is a module
here and its line in ``pages.SECTIONS``; about all pages, in ``pages.ABOUT_PAGES``.
"""
