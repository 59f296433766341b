"""The preview: a project as it is at this moment, in the browser, while somebody writes.

Input: the texts of a project, again after every save. Output: the pages of one brief with what the checks
find at its sentences, for a browser of this machine only; nothing is written. ``session`` keeps the project
warm and lays out what is asked for, ``site_paths`` finds what makes a file of the site, ``spots`` and
``marks`` put findings onto a page, ``paper`` makes PDFs and their pictures, ``desk`` puts documents together,
``events`` reports changes to browsers, ``guard`` refuses who may not ask, ``routes`` are the addresses, and
``server`` runs them. A new thing to see is a view in ``session``; a new address is a line in ``routes``.
"""
